"""A Pabulib file is read as it stands, written back whole, and refused in one plain sentence."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.formats import FORMATS, BadFile
from workshop.formats.elections import VOTE_TYPES, Election, Project, Vote
from workshop.formats.files import LARGEST_FILE
from workshop.formats.pabulib import parse, read, write

APPROVAL = """META
key;value
description;A small town
budget;2500
vote_type;approval
PROJECTS
project_id;cost;votes;name;selected
1;600;2;"Benches; and ""shade""\";0
2;800.50;1;Swings;1
VOTES
voter_id;age;vote
a;34;1,2
b;51;1
"""


def changed(old: str, new: str) -> str:
    assert old in APPROVAL
    return APPROVAL.replace(old, new)


def complaint(text: str) -> str:
    with pytest.raises(BadFile) as wrong:
        parse(text)
    return wrong.value.remark.words()


def test_a_file_is_read_with_exact_money_and_quoted_names() -> None:
    election = parse(APPROVAL)
    assert election.budget == 2500
    assert election.projects[0].facts["name"] == 'Benches; and "shade"'
    assert election.projects[1].cost == Fraction(1601, 2)
    assert election.votes[0] == Vote("a", ("1", "2"), (), {"age": "34"})
    assert election.remarks == ()


def test_the_official_outcome_is_never_read() -> None:
    assert "selected" not in parse(APPROVAL).projects[0].facts
    assert parse(changed('shade""";0', 'shade""";1')) == parse(APPROVAL)


def test_spaces_empty_lines_windows_line_ends_and_a_byte_order_mark_do_no_harm(
    tmp_path: Path,
) -> None:
    loose = APPROVAL.replace(";", " ; ").replace("Benches ;  and", "Benches; and")
    path = tmp_path / "loose.pb"
    path.write_bytes(b"\xef\xbb\xbf" + loose.replace("\n", "\r\n\r\n").encode())
    assert read(path) == parse(APPROVAL)


def test_points_come_in_the_order_of_the_projects() -> None:
    election = parse(
        "META\nkey;value\nbudget;10\nvote_type;cumulative\nmax_sum_points;5\n"
        "PROJECTS\nproject_id;cost\nx;1\ny;2\n"
        "VOTES\nvoter_id;vote;points\n1;y,x;3,2\n2;;\n"
    )
    assert election.votes[0].choices == ("y", "x")
    assert election.votes[0].points == (Fraction(3), Fraction(2))
    assert election.votes[1].choices == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1: The section META is missing."),
        ("hello\n", "Line 1: The file should start with the word META."),
        (changed("VOTES\n", "VOTE\n"), "Line 13: The section VOTES is missing."),
        (APPROVAL[: APPROVAL.index("VOTES")], "Line 9: The section VOTES is missing."),
        (changed("VOTES\n", "META\n"), "Line 10: There is a second META here."),
        (changed("approval", "shouting"), "Line 5: We don’t know the vote type “shouting”."),
        (changed("vote_type", "votetype"), "Line 2: We don’t know the vote type “”."),
        (changed("budget;2500\n", ""), "Line 2: META names no budget."),
        (changed("2500", "lots"), "Line 4: “lots” isn’t a number (budget)."),
        (changed("2500", "1e999999999"), "Line 4: “1e999999999” isn’t a number (budget)."),
        (changed("2500", "NaN"), "Line 4: “NaN” isn’t a number (budget)."),
        (changed("800.50", "-8"), "Line 9: Money can’t be below zero (cost)."),
        (changed(";cost;", ";price;"), "Line 7: The column cost is missing."),
        (changed("2;800.50", "1;800.50"), "Line 9: Project 1 is here twice."),
        (changed("b;51;1", "b;51;7"), "Line 13: Project 7 isn’t in PROJECTS."),
        (changed("b;51;1", "b;51"), "Line 13: This row and its header have different columns."),
        (changed("b;51;1", "b;51;1;x"), "Line 13: This row and its header have different columns."),
        (changed("approval", "scoring"), "Line 11: The column points is missing."),
    ],
)
def test_a_broken_file_gets_one_sentence_with_its_line(text: str, words: str) -> None:
    assert complaint(text) == words


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ("3", "Line 10: A ballot needs as many points as projects."),
        ("3,-1", "Line 10: Points can’t be below zero."),
        ("3,many", "Line 10: “many” isn’t a number (points)."),
        ("", "Line 10: This ballot has no points."),
    ],
)
def test_broken_points_get_one_sentence_with_their_line(points: str, words: str) -> None:
    text = (
        "META\nbudget;10\nvote_type;cumulative\nPROJECTS\nproject_id;cost\nx;1\ny;2\n"
        f"VOTES\nvoter_id;vote;points\n1;y,x;{points}\n"
    )
    assert complaint(text) == words


def test_a_quotation_mark_that_never_ends_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "endless.pb"
    path.write_text(changed("a;34;1,2", 'a;34;"1,2' + "x" * 200_000))
    with pytest.raises(BadFile, match="Line 12: A cell here never ends"):
        read(path)


def test_a_hundred_megabytes_are_refused_before_they_are_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.pb"
    with path.open("wb") as huge:
        huge.truncate(100_000_000)
    assert LARGEST_FILE < 100_000_000
    with pytest.raises(BadFile, match=r"huge\.pb is too big\. The biggest file we read is 64 MB"):
        read(path)


def test_a_missing_file_and_one_that_is_not_text_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"can’t find or open nowhere\.pb"):
        read(tmp_path / "nowhere.pb")
    (tmp_path / "picture.pb").write_bytes(b"META\n\xff\xd8")
    with pytest.raises(BadFile, match="Line 2: This isn’t text"):
        read(tmp_path / "picture.pb")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            changed("budget;2500", "budget;2500\nnum_votes;3"),
            "META says num_votes is 3, but we counted 2.",
        ),
        (
            changed("budget;2500", "budget;2500\nnum_projects;9"),
            "META says num_projects is 9, but we counted 2.",
        ),
        (changed("800.50;1;", "800.50;5;"), "2: the file says 5 votes, we counted 1."),
        (
            changed("budget;2500", "budget;2500\nmax_length;1"),
            "1 ballots break max_length (1); they are counted as cast.",
        ),
        (
            changed("budget;2500", "budget;2500\nmax_sum_cost;1000"),
            "1 ballots break max_sum_cost (1000); they are counted as cast.",
        ),
        (
            changed("b;51", "a;51"),
            "1 voter ids appear more than once; each row counts as a ballot.",
        ),
        (
            changed("a;34;1,2", "a;34;1,2,1"),
            "Line 12: A project is named twice; it counts once.",
        ),
    ],
)
def test_what_looks_odd_is_said_and_the_file_is_read(text: str, words: str) -> None:
    assert [remark.words() for remark in parse(text).remarks] == [words]


def test_limits_on_points_are_checked_ballot_by_ballot() -> None:
    election = parse(
        "META\nbudget;10\nvote_type;cumulative\nmax_sum_points;5\nmax_points;3\nmin_points;1\n"
        "PROJECTS\nproject_id;cost;score\nx;1;4\ny;2;99\n"
        "VOTES\nvoter_id;vote;points\n1;y,x;4,2\n2;x;2\n3;y;0\n"
    )
    assert [remark.words() for remark in election.remarks] == [
        "y: the file says 99 score, we counted 4.",
        "1 ballots break min_points (1); they are counted as cast.",
        "1 ballots break max_points (3); they are counted as cast.",
        "1 ballots break max_sum_points (5); they are counted as cast.",
    ]


def test_the_format_is_in_the_table() -> None:
    assert FORMATS["pabulib"].suffix == ".pb"


words = st.text(st.sampled_from('ab "“;,\nä'), min_size=1, max_size=8).map(
    lambda text: " ".join(text.replace(",", " ").split())
)
keys = st.text(st.sampled_from("abcXYZ019-"), min_size=1, max_size=4)
money = st.integers(0, 10**9).map(lambda cents: Fraction(cents, 100))


@st.composite
def elections(pick: st.DrawFn) -> Election:
    names = pick(st.lists(keys, min_size=1, max_size=5, unique=True))
    projects = tuple(Project(name, pick(money), {"name": pick(words)}) for name in names)
    vote_type = pick(st.sampled_from(VOTE_TYPES))
    votes = []
    for voter in range(1, pick(st.integers(1, 5)) + 1):
        choices = tuple(pick(st.lists(st.sampled_from(names), unique=True)))
        pointed = vote_type in ("cumulative", "scoring")
        points = tuple(pick(money) for _ in choices) if pointed else ()
        votes.append(Vote(f"v{voter}", choices, points, {"sex": pick(words)}))
    budget = pick(money)
    meta = {"budget": f"{float(budget):.2f}", "vote_type": vote_type, "description": pick(words)}
    return Election(meta, vote_type, Fraction(meta["budget"]), projects, tuple(votes))


@given(elections())
def test_writing_then_reading_gives_the_same_election(election: Election) -> None:
    assert parse(write(election)) == election
