"""Counting a file from its ballots: the scores, the order, and what the budget pays for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.formats import BadFile
from workshop.formats.checks import tally_file

PROJECTS = "PROJECTS\nproject_id;cost\nA;600\nB;800\nC;1400\nD;100\n"


@pytest.fixture
def vote(tmp_path: Path) -> Path:
    return tmp_path / "vote.pb"


def told(path: Path, vote_type: str, ballots: str, *meta: str) -> Path:
    points = ";points" if vote_type in ("cumulative", "scoring") else ""
    head = "\n".join(["META", "key;value", "budget;1600", f"vote_type;{vote_type}", *meta])
    path.write_text(f"{head}\n{PROJECTS}VOTES\nvoter_id;vote{points}\n{ballots}\n")
    return path


def test_most_votes_first_and_what_no_longer_fits_is_skipped(vote: Path) -> None:
    said = tally_file(told(vote, "approval", "1;C,A\n2;C,A\n3;C,D\n4;B"))
    assert said["order"] == ["C", "A", "D", "B"]
    assert said["scores"] == {"A": 2, "B": 1, "C": 3, "D": 1}
    assert (said["winners"], said["cost"]) == (["C", "D"], 1500)
    assert said["rule"] == "approval"
    assert json.dumps(said)


def test_a_project_below_the_threshold_of_the_file_cannot_win(vote: Path) -> None:
    ballots = "1;C,A\n2;C,A\n3;C,D\n4;B"
    said = tally_file(told(vote, "approval", ballots, "min_project_score_threshold;2"))
    assert said["winners"] == ["C"]
    assert said["order"] == ["C", "A", "D", "B"]


def test_a_project_right_at_the_threshold_can_win(vote: Path) -> None:
    path = told(vote, "approval", "1;C,A\n2;C,A\n3;C\n4;B", "min_project_score_threshold;2")
    path.write_text(path.read_text().replace("budget;1600", "budget;9000"))
    assert tally_file(path)["winners"] == ["C", "A"]


def test_at_most_so_many_winners_as_were_asked_for(vote: Path) -> None:
    path = told(vote, "approval", "1;A\n2;B,A\n3;D")
    assert tally_file(path, top=2)["winners"] == ["A", "D"]


def test_points_are_added_up(vote: Path) -> None:
    said = tally_file(told(vote, "cumulative", "1;A,B;3,2\n2;B;2.5"))
    assert said["scores"] == {"A": 3, "B": 4.5, "C": 0, "D": 0}
    assert said["rule"] == "dots"


def test_the_same_points_counted_as_approvals(vote: Path) -> None:
    said = tally_file(told(vote, "cumulative", "1;A,B;3,2\n2;B;2\n3;A,D;1,0"), method="approval")
    assert said["scores"] == {"A": 2, "B": 2, "C": 0, "D": 0}


def test_a_scoring_file_gives_its_default_to_what_a_ballot_leaves_out(vote: Path) -> None:
    said = tally_file(told(vote, "scoring", "1;A,B;-1,2\n2;B;2", "default_score;1"))
    assert said["scores"] == {"A": 0, "B": 4, "C": 2, "D": 2}


def test_the_first_place_of_a_ranking_scores_the_longest_ballot(vote: Path) -> None:
    said = tally_file(told(vote, "ordinal", "1;A,B,C\n2;B", "max_length;3"))
    assert said["scores"] == {"A": 3, "B": 5, "C": 1, "D": 0}
    assert said["rule"] == "ranked"


def test_without_a_longest_ballot_the_first_place_scores_the_number_of_projects(
    vote: Path,
) -> None:
    assert tally_file(told(vote, "ordinal", "1;A,B"))["scores"]["A"] == 4


def test_points_are_ranked_by_size_where_a_ranking_is_asked_for(vote: Path) -> None:
    said = tally_file(told(vote, "cumulative", "1;A,B;1,4", "max_length;2"), method="ranked")
    assert said["scores"] == {"A": 1, "B": 2, "C": 0, "D": 0}


def test_approvals_cannot_be_counted_as_rankings(vote: Path) -> None:
    with pytest.raises(BadFile, match="in no order"):
        tally_file(told(vote, "approval", "1;A"), method="ranked")


def test_level_projects_go_by_lower_cost_and_then_by_the_printed_seed(vote: Path) -> None:
    path = told(vote, "approval", "1;B,A")
    assert tally_file(path)["order"][:2] == ["A", "B"]
    path.write_text(path.read_text().replace("B;800", "B;600"))
    orders = {tuple(tally_file(path, seed=str(n))["order"][:2]) for n in range(20)}
    assert orders == {("A", "B"), ("B", "A")}


def test_money_in_cents_is_exact(vote: Path) -> None:
    path = told(vote, "approval", "1;A,B")
    path.write_text(path.read_text().replace("A;600", "A;800.10").replace("B;800", "B;799.90"))
    assert tally_file(path)["winners"] == ["B", "A"]
    assert tally_file(path)["cost"] == 1600


def test_warnings_go_along_with_the_count(vote: Path) -> None:
    said = tally_file(told(vote, "approval", "1;A", "num_votes;7"))
    assert said["warnings"] == ["META says num_votes is 7, but we counted 1."]
