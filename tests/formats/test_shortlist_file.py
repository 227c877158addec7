"""Choosing from a file: the plain list, Equal Shares, and who is left out by each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.formats import BadFile
from workshop.formats.checks import committee_file, shortlist_file

HEAD = "META\nbudget;6\nvote_type;{kind}\nPROJECTS\nproject_id;cost\nA;3\nB;3\nC;2\n"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Four people want A and B, two want only C: the plain list leaves those two out."""
    rows = [f"{n};A,B" for n in range(4)] + ["4;C", "5;C"]
    path = tmp_path / "town.pb"
    path.write_text(HEAD.format(kind="approval") + "VOTES\nvoter_id;vote\n" + "\n".join(rows))
    return path


def test_the_plain_list_says_whom_it_leaves_out(town: Path) -> None:
    said = shortlist_file(town, rule="plain")
    assert (said["rule"], sorted(said["winners"]), said["cost"]) == ("plain", ["A", "B"], 6)
    assert said["exclusion"] == {"plain": 1 / 3, "shortlist": 1 / 3}


def test_equal_shares_leaves_fewer_out(town: Path) -> None:
    said = shortlist_file(town, rule="equal-shares")
    assert said["rule"] == "equal-shares/add1"
    assert len(said["winners"]) == 2
    assert "C" in said["winners"]
    assert said["exclusion"] == {"plain": 1 / 3, "shortlist": 0.0}
    assert json.dumps(said)


def test_a_shortlist_of_so_many_does_not_look_at_costs(town: Path) -> None:
    town.write_text(town.read_text().replace("A;3", "A;99").replace("B;3", "B;99"))
    said = shortlist_file(town, rule="equal-shares", top=3)
    assert said["rule"] == "equal-shares/phragmen"
    assert sorted(said["winners"]) == ["A", "B", "C"]
    assert len(shortlist_file(town, rule="plain", top=2)["winners"]) == 2
    assert shortlist_file(town, rule="plain")["winners"] == ["C"]


def test_phragmen_can_fill_up_a_budget(town: Path) -> None:
    said = shortlist_file(town, rule="equal-shares", completion="phragmen")
    assert said["rule"] == "equal-shares/phragmen"
    assert len(said["winners"]) == 2
    assert said["cost"] == 5


def test_add1_can_complete_a_shortlist_of_so_many(town: Path) -> None:
    said = shortlist_file(town, rule="equal-shares", completion="add1", top=3)
    assert sorted(said["winners"]) == ["A", "B", "C"]


def test_a_project_below_the_threshold_of_the_file_is_not_bought(town: Path) -> None:
    town.write_text(town.read_text().replace("META\n", "META\nmin_project_score_threshold;3\n"))
    assert sorted(shortlist_file(town, rule="equal-shares")["winners"]) == ["A", "B"]


def test_points_weigh_what_people_pay(tmp_path: Path) -> None:
    path = tmp_path / "points.pb"
    votes = "VOTES\nvoter_id;vote;points\n1;A,C;3,1\n2;A,C;3,1\n3;B;4\n"
    path.write_text(HEAD.format(kind="cumulative") + votes)
    said = shortlist_file(path, rule="equal-shares")
    assert said["scores"] == {"A": 6, "B": 4, "C": 2}
    assert said["winners"][0] == "A"


def test_no_points_are_no_support(tmp_path: Path) -> None:
    path = tmp_path / "points.pb"
    votes = "VOTES\nvoter_id;vote;points\n1;A,C;3,0\n2;B,C;2,0\n"
    path.write_text(HEAD.format(kind="cumulative") + votes)
    said = shortlist_file(path, rule="equal-shares", top=3)
    assert sorted(said["winners"]) == ["A", "B"]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile.json"


def told(path: Path, candidates: object, approvals: object) -> Path:
    path.write_text(json.dumps({"candidates": candidates, "approvals": approvals}))
    return path


PEOPLE: list[list[int]] = [[0, 1, 2]] * 6 + [[3]] * 3 + [[]]


def test_approval_voting_takes_the_most_approved(profile: Path) -> None:
    assert committee_file(told(profile, 4, PEOPLE), rule="av", size=3) == {"winners": [0, 1, 2]}


@pytest.mark.parametrize("rule", ["seqphragmen", "equal-shares"])
def test_proportional_rules_give_the_small_group_its_seat(profile: Path, rule: str) -> None:
    assert committee_file(told(profile, 4, PEOPLE), rule=rule, size=3) == {"winners": [0, 1, 3]}


@pytest.mark.parametrize("rule", ["av", "seqphragmen", "equal-shares"])
def test_a_committee_is_always_full(profile: Path, rule: str) -> None:
    assert committee_file(told(profile, 4, [[2], []]), rule=rule, size=3) == {"winners": [2, 0, 1]}


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("{", "Line 1: This isn’t JSON"),
        ("[]", "needs “candidates” and “approvals”"),
        ({"candidates": 0, "approvals": []}, "needs a number of candidates"),
        ({"candidates": True, "approvals": []}, "needs a number of candidates"),
        ({"candidates": 2, "approvals": [[0], [2]]}, "Ballot 2 should list candidates from 0 to 1"),
        ({"candidates": 2, "approvals": [[0, "1"]]}, "Ballot 1 should list"),
        ({"candidates": 2, "approvals": [[0, 1]]}, "only 2 candidates"),
    ],
)
def test_a_broken_profile_gets_one_sentence(profile: Path, said: object, words: str) -> None:
    profile.write_text(said if isinstance(said, str) else json.dumps(said))
    with pytest.raises(BadFile, match=words):
        committee_file(profile, rule="av", size=3)
