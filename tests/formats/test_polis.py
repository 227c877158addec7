"""A Polis export is read by column names, the last vote wins, and its own counts are checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from workshop.formats import FORMATS, BadFile
from workshop.formats.conversations import VoteEvent
from workshop.formats.polis import read

FILES = {
    "summary.csv": 'topic,"Parks, and paths"\nviews,27\nconversation-description,\n',
    "comments.csv": (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '20,Wed,7,9,1,1,1,"More, ""better""\nbenches"\n'
        "10,Wed,3,1,2,0,-1,Fewer cars\n"
    ),
    "votes.csv": (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "12,Wed,3,1,1\n30,Wed,3,2,0\n15,Wed,3,2,1\n21,Wed,7,1,1\n21,Wed,7,1,-1\n"
    ),
    "participants-votes.csv": (
        "participant,xid,group-id,n-comments,n-votes,n-agree,n-disagree,3,7\n"
        "1,,0,1,2,1,1,1,-1\n2,,,0,1,0,0,0,\n"
    ),
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def change(export: Path, name: str, old: str, new: str) -> None:
    text = (export / name).read_text()
    assert old in text
    (export / name).write_text(text.replace(old, new))


def test_statements_keep_their_commas_quotes_and_line_breaks(export: Path) -> None:
    statements = read(export).statements
    assert [statement.key for statement in statements] == [3, 7]
    assert statements[1].body == 'More, "better"\nbenches'
    assert (statements[0].author, statements[0].moderated, statements[0].written) == (1, -1, 10)


def test_votes_come_in_the_order_of_time_not_of_the_file(export: Path) -> None:
    assert read(export).events[:2] == (VoteEvent(12, 3, 1, 1), VoteEvent(15, 3, 2, 1))


def test_the_last_vote_of_a_voter_on_a_statement_wins(export: Path) -> None:
    assert read(export).last_votes() == {1: {3: 1, 7: -1}, 2: {3: 0}}


def test_an_empty_xid_column_moves_nothing(export: Path) -> None:
    first, second = read(export).participants
    assert (first.group, first.answers) == ("0", {3: 1, 7: -1})
    assert (second.group, second.votes) == (None, 1)
    change(export, "participants-votes.csv", "participant,xid,", "participant,")
    change(export, "participants-votes.csv", ",,0,1,", ",0,1,")
    assert read(export).participants == (first, second)


def test_an_export_that_agrees_with_itself_has_no_remarks(export: Path) -> None:
    conversation = read(export)
    assert conversation.remarks == ()
    assert conversation.summary["topic"] == "Parks, and paths"


def test_counts_that_disagree_with_the_votes_are_remarked_on(export: Path) -> None:
    change(export, "comments.csv", "9,1,1,1", "9,5,1,1")
    change(export, "participants-votes.csv", "1,,0,1,2,1,1", "1,,0,1,2,2,1")
    assert [remark.words() for remark in read(export).remarks] == [
        "Statement 7: the file says 5/1, we counted 1/1.",
        "Voter 1: the file says 2/2/1, we counted 2/1/1.",
    ]


def test_votes_on_statements_that_are_not_there_are_left_out_and_said(export: Path) -> None:
    change(export, "votes.csv", "12,Wed,3,1,1\n", "12,Wed,3,1,1\n13,Wed,99,1,1\n")
    assert [remark.words() for remark in read(export).remarks] == [
        "1 votes are on statements that aren’t here. We left them out."
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("votes.csv", "3,2,0", "3,2,2", "Line 3: votes.csv: a vote is 1, 0 or -1, not “2”."),
        (
            "votes.csv",
            "voter-id",
            "person",
            "Line 2: votes.csv: the column voter-id is missing.",
        ),
        (
            "votes.csv",
            "30,Wed,3",
            "30,Wed,x",
            "Line 3: votes.csv: “x” isn’t a whole number (comment-id).",
        ),
        (
            "comments.csv",
            "10,Wed,3",
            "ten,Wed,3",
            "Line 4: comments.csv: “ten” isn’t a whole number (timestamp).",
        ),
        (
            "participants-votes.csv",
            "0,1,0,0,0,",
            "0,1,0,0,9,",
            "Line 3: participants-votes.csv: a vote is 1, 0 or -1, not “9”.",
        ),
        (
            "votes.csv",
            "12,Wed",
            '12,"Wed' + "x" * 140_000,
            "Line 2: votes.csv: a cell here never ends. Is a quotation mark missing?",
        ),
    ],
)
def test_a_broken_row_gets_one_sentence_with_file_and_line(
    export: Path, name: str, old: str, new: str, words: str
) -> None:
    change(export, name, old, new)
    with pytest.raises(BadFile) as wrong:
        read(export)
    assert wrong.value.remark.words() == words


@pytest.mark.parametrize("name", ["comments.csv", "votes.csv", "participants-votes.csv"])
def test_a_missing_or_empty_file_is_named(export: Path, name: str) -> None:
    (export / name).write_text("")
    with pytest.raises(BadFile, match=f"Line 1: {name} is empty"):
        read(export)
    (export / name).unlink()
    with pytest.raises(BadFile, match=f"can’t find or open {name}"):
        read(export)


def test_an_export_without_a_summary_only_lacks_its_title(export: Path) -> None:
    (export / "summary.csv").unlink()
    assert read(export).summary == {}


def test_the_format_is_in_the_table() -> None:
    assert FORMATS["polis"].reads
