"""Files that people bring: told apart, unpacked with care, and refused in one clear sentence."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from tests.formats.test_pabulib import APPROVAL
from tests.formats.test_polis import FILES
from workshop.formats import BadFile
from workshop.formats.brought import read_brought
from workshop.rules import imports

POINTS = """META
key;value
budget;10
vote_type;scoring
PROJECTS
project_id;cost
1;1
2;1
VOTES
voter_id;vote;points
a;1,2;{first},1
"""


def packed(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


POLIS = {name: text.encode() for name, text in FILES.items()}


def complaint(*files: tuple[str, bytes]) -> str:
    with pytest.raises(BadFile) as wrong:
        read_brought(files)
    return wrong.value.remark.words()


def test_a_vote_on_projects_becomes_ideas_and_approvals() -> None:
    found = read_brought([("town.PB", APPROVAL.encode())])
    assert found.title == "A small town"
    assert list(found.ideas) == ['Benches; and "shade"', "Swings"]
    assert (found.method, list(found.ballots)) == ("approval", [{0: 1, 1: 1}, {0: 1}])
    assert list(found.remarks) == []


def test_counts_in_the_file_that_its_ballots_do_not_give_are_told() -> None:
    found = read_brought([("a.pb", APPROVAL.replace("600;2;", "600;7;").encode())])
    (remark,) = found.remarks
    assert (remark["values"]["said"], remark["values"]["found"]) == ("7", 2)


@pytest.mark.parametrize(
    ("first", "method"), [("3", "dots"), ("0", "dots"), ("1.5", None), ("-2", None)]
)
def test_points_are_votes_only_where_they_can_be(first: str, method: str | None) -> None:
    found = read_brought([("a.pb", POINTS.format(first=first).encode())])
    assert found.method == method
    assert bool(found.remarks) is (method is None)
    assert len(found.ideas) == 2


def test_a_conversation_comes_packed_or_as_several_files() -> None:
    together = read_brought(list(POLIS.items()))
    assert together == read_brought([("polis.zip", packed(POLIS))])
    assert together == read_brought([(f"export/{name}", data) for name, data in POLIS.items()])
    assert together.title == "Parks, and paths"
    # The statement that its moderators took off, and the one vote that was only on it, stay out.
    assert list(together.ideas) == ['More, "better" benches']
    assert (together.method, list(together.ballots)) == ("sweep", [{0: -1}])
    assert any("taken off" in one["sentence"] for one in together.remarks)


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "Please pick a file first."),
        ([("", b"")], "Please pick a file first."),
        ([("notes.txt", b"Hello")], "This is neither."),
        ([("a.pb", b"META\nkey;value\n")], "is missing"),
        ([("a.pb", APPROVAL.replace("approval", "shouting").encode())], "Line 5: We don’t know"),
        ([("a.pb", APPROVAL.replace("800.50", "-1").encode())], "Line 9: Money can’t be below"),
        ([("a.pb", b"META\nkey;value\nname;\xff\n")], "Line 3: This isn’t text"),
        ([("votes.csv", POLIS["votes.csv"])], "comments.csv is missing"),
        (
            [*POLIS.items(), ("votes.csv", b"timestamp\n\xff")],
            "Line 2: votes.csv isn’t text we can read",
        ),
        ([("a.zip", packed({"export/comments.csv": b""}))], "There is a folder in it."),
        ([("a.zip", packed({"../comments.csv": b""}))], "There is a folder in it."),
        ([("a.zip", packed({"C:comments.csv": b""}))], "There is a folder in it."),
        ([("a.zip", packed({f"{n}.csv": b"" for n in range(13)}))], "There are 13 files in it."),
        ([("a.zip", b"PK\x03\x04 and then nothing")], "This packed file is broken."),
        ([("a.zip", packed({"x.csv": bytes(41 << 20)}))], "Unpacked, this is over 40 MB."),
    ],
)
def test_a_wrong_file_gets_one_clear_sentence(files: list[tuple[str, bytes]], words: str) -> None:
    said = complaint(*files)
    assert words in said
    assert "\n" not in said


def test_a_packed_file_that_lies_about_its_size_is_not_unfolded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workshop.formats.brought.MOST_UNPACKED", 1000)
    data = packed({"comments.csv": bytes(50_000)})
    honest = (50_000).to_bytes(4, "little")
    assert honest in data
    assert "broken" in complaint(("a.zip", data.replace(honest, (900).to_bytes(4, "little"))))


def test_too_many_ideas_or_ballots_are_told_with_the_most_there_may_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("workshop.formats.as_import.MOST_IDEAS", 1)
    assert complaint(("a.pb", APPROVAL.encode())) == "It has 2 ideas. We take up to 1."
    monkeypatch.setattr("workshop.formats.as_import.MOST_IDEAS", imports.MOST_IDEAS)
    monkeypatch.setattr("workshop.formats.as_import.MOST_BALLOTS", 1)
    assert complaint(("a.pb", APPROVAL.encode())) == "It has 2 ballots. We take up to 1."
