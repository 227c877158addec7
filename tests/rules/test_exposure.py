"""Everybody meets the ideas in an order of their own, and the unseen come first."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.exposure import laid_out, minimum_exposures, order, put_first, too_few_exposures

IDEAS = list(range(1, 11))
ideas_and_seen = st.dictionaries(st.integers(1, 500), st.integers(0, 300), max_size=40)


@given(ideas_and_seen, st.text())
def test_everybody_sees_every_idea_exactly_once(seen: dict[int, int], seed: str) -> None:
    assert sorted(order(seen, seed, seen)) == sorted(seen)


@given(ideas_and_seen, st.text())
def test_the_same_person_gets_the_same_order_however_the_ideas_came_in(
    seen: dict[int, int], seed: str
) -> None:
    assert order(list(seen), seed, seen) == order(sorted(seen, reverse=True), seed, seen)


@given(ideas_and_seen, st.text(), st.integers(501, 600))
def test_a_new_idea_leaves_the_others_where_they_were(
    seen: dict[int, int], seed: str, new: int
) -> None:
    after = order([*seen, new], seed, seen)
    assert [idea for idea in after if idea != new] == order(seen, seed, seen)


def test_in_a_fresh_room_every_idea_comes_first_about_equally_often() -> None:
    firsts = Counter(order(IDEAS, f"person {n}", {})[0] for n in range(4_000))
    assert all(firsts[idea] == pytest.approx(400, abs=80) for idea in IDEAS)


def test_an_idea_comes_first_in_proportion_to_its_weight() -> None:
    seen = {1: 0, 2: 1, 3: 3}
    firsts = Counter(order(seen, f"person {n}", seen)[0] for n in range(7_000))
    assert firsts[1] == pytest.approx(4_000, abs=200)
    assert firsts[2] == pytest.approx(2_000, abs=200)
    assert firsts[3] == pytest.approx(1_000, abs=200)


@pytest.mark.parametrize(
    ("room", "needed"), [(0, 0), (3, 3), (5, 5), (12, 5), (25, 5), (26, 6), (300, 60)]
)
def test_an_idea_is_seen_by_five_people_or_a_fifth_of_the_room(room: int, needed: int) -> None:
    assert minimum_exposures(room) == needed


def test_an_idea_nobody_was_shown_has_too_few_exposures() -> None:
    assert too_few_exposures([1, 2, 3], {1: 4, 2: 5}, room=20) == {1, 3}


@given(st.lists(st.integers(1, 60), unique=True, max_size=20), st.data())
def test_late_ideas_join_behind_what_was_seen_and_move_nothing(
    before: list[int], data: st.DataObject
) -> None:
    met = data.draw(st.sets(st.sampled_from(before)) if before else st.just(set()))
    new = data.draw(st.lists(st.integers(61, 90), unique=True, max_size=6))
    after = laid_out(before, new, met)
    assert [idea for idea in after if idea not in new] == before
    assert [idea for idea in after if idea in new] == new
    if met and new:
        assert max(map(after.index, met)) < min(map(after.index, new))


@given(st.lists(st.integers(1, 60), unique=True, max_size=20), st.data())
def test_ideas_to_look_at_come_first_only_for_whoever_has_not_seen_them(
    ideas: list[int], data: st.DataObject
) -> None:
    some = st.sets(st.sampled_from(ideas)) if ideas else st.just(set())
    asked, met = data.draw(some), data.draw(some)
    after = put_first(ideas, asked, met)
    ahead = [idea for idea in ideas if idea in asked - met]
    assert after[: len(ahead)] == ahead
    assert after[len(ahead) :] == [idea for idea in ideas if idea not in ahead]
