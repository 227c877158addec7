"""Opinion groups found in answers: only from enough people, stable, and named as before."""

from __future__ import annotations

import numpy as np
import pytest

from workshop.rules.fairness.clusters import kmeans, silhouette
from workshop.rules.fairness.groups_found import FoundGroups, Person, find_groups, positions

Answers = dict[Person, dict[int, int]]


def camps(sizes: tuple[int, ...], ideas: int = 12, seed: int = 1) -> Answers:
    """Camps that answer by their own pattern, one time in ten otherwise, three quarters seen."""
    chance = np.random.default_rng(seed)
    patterns = [chance.choice([-1, 1], size=ideas) for _ in sizes]
    people: Answers = {}
    for camp, size in enumerate(sizes):
        for number in range(size):
            said = np.where(chance.random(ideas) < 0.1, 0, patterns[camp])
            shown = chance.permutation(ideas)[: ideas * 3 // 4]
            people[f"{camp}-{number}"] = {int(idea): int(said[idea]) for idea in shown}
    return people


def found_in(answers: Answers, previous: FoundGroups | None = None) -> FoundGroups:
    found = find_groups(answers, previous=previous.members if previous else None)
    assert found is not None
    return found


def test_somebody_who_answered_little_is_moved_outwards_for_it() -> None:
    """Filled gaps lie on the mean, so a quarter of the answers gives a quarter of the way out."""
    people = [dict.fromkeys(range(8), 1), dict.fromkeys(range(8), -1)] * 10
    placed = positions([*people, {0: 1, 1: 1}])
    full, few = float(placed[0, 0]), float(placed[-1, 0])
    assert few / full == pytest.approx(0.25 * 2, rel=0.1)


def test_two_camps_are_told_apart_and_the_larger_is_a() -> None:
    found = found_in(camps((20, 12)))
    assert {who: group for who, group in found.members.items() if group == "A"}.keys() == {
        f"0-{number}" for number in range(20)
    }
    assert set(found.members.values()) == {"A", "B"}
    assert found.silhouette > 0.5


def test_three_camps_make_three_groups() -> None:
    assert len(set(found_in(camps((15, 14, 13), ideas=20)).members.values())) == 3


def test_there_are_no_groups_among_too_few_people_or_too_few_answers() -> None:
    answers = camps((10, 9))
    assert find_groups(answers) is None
    few: Answers = {who: dict(list(said.items())[:6]) for who, said in camps((20, 12)).items()}
    assert find_groups(few) is None


def test_people_with_few_answers_belong_to_no_group() -> None:
    answers = camps((20, 12)) | {"quiet": {1: 1, 2: -1}}
    assert "quiet" not in found_in(answers).members


def test_nobody_is_put_into_a_group_of_fewer_than_five() -> None:
    found = found_in(camps((20, 14, 3), ideas=20))
    sizes = [list(found.members.values()).count(group) for group in set(found.members.values())]
    assert min(sizes) >= 5


def test_the_order_of_people_changes_nothing() -> None:
    answers = camps((20, 12))
    assert found_in(dict(reversed(answers.items()))) == found_in(answers)


def test_a_group_keeps_its_letter_when_it_becomes_the_smaller_one() -> None:
    before = found_in(camps((20, 12)))
    after = found_in(camps((20, 32)), previous=before)
    assert after.members["0-0"] == "A"
    assert after.members["1-0"] == after.members["1-31"] == "B"
    assert found_in(camps((20, 32))).members["1-0"] == "A"


def test_a_room_of_one_mind_can_still_be_asked() -> None:
    same: Answers = {f"p{n}": dict.fromkeys(range(9), 1) for n in range(25)}
    assert find_groups(same) is None


def test_clusters_that_stand_apart_are_found_whatever_the_seed() -> None:
    chance = np.random.default_rng(2)
    points = np.concatenate([chance.normal(centre, 0.1, size=(30, 2)) for centre in (0, 3, 9)])
    for seed in range(5):
        labels = kmeans(points, 3, seed)
        assert sorted(np.bincount(labels).tolist()) == [30, 30, 30]
        assert silhouette(points, labels, seed) > 0.9


def test_the_silhouette_of_a_case_worked_by_hand() -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [4.0, 0.0]])
    labels = np.array([0, 0, 1])
    assert silhouette(points, labels, 0) == pytest.approx(((4 - 1) / 4 + (3 - 1) / 3 + 0) / 3)
