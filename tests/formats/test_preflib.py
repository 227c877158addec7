"""PrefLib files in both generations, and what is printed about pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.formats import FORMATS, BadFile
from workshop.formats.agreements import pairwise_file
from workshop.formats.preflib import read

MODERN = """# FILE NAME: town.toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 9
# ALTERNATIVE NAME 1: Benches
# ALTERNATIVE NAME 2: Swings: new
# ALTERNATIVE NAME 3: Trees
4: 1,2,3
3: 3,{1,2}
2: {2, 3}
"""
OLDER = "3\n1,Benches\n2,Swings: new\n3,Trees\n9,9,3\n4,1,2,3\n3,3,{1,2}\n2,{2,3}\n"


def told(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "town.toi"
    path.write_text(text)
    return path


@pytest.mark.parametrize("text", [MODERN, OLDER])
def test_both_generations_of_the_format_say_the_same(tmp_path: Path, text: str) -> None:
    rankings = read(told(tmp_path, text))
    assert rankings.names == {1: "Benches", 2: "Swings: new", 3: "Trees"}
    assert rankings.orders == (
        ({1: 1, 2: 2, 3: 3}, 4),
        ({3: 1, 1: 2, 2: 2}, 3),
        ({2: 1, 3: 1}, 2),
    )
    assert rankings.remarks == ()


def test_pairs_are_counted_and_what_is_not_named_is_below(tmp_path: Path) -> None:
    said = pairwise_file(told(tmp_path, MODERN))
    assert said["pairwise"] == {
        "1": {"2": 4, "3": 4},
        "2": {"1": 2, "3": 4},
        "3": {"1": 5, "2": 3},
    }
    assert said["order"] == [2, 3, 1]
    assert said["places"] == {"2": 1, "3": 1, "1": 3}
    assert sum(said["strengths"].values()) == pytest.approx(0)
    assert json.dumps(said)


def test_a_cycle_is_broken_at_its_weakest_link(tmp_path: Path) -> None:
    head = "# NUMBER ALTERNATIVES: 3\n"
    said = pairwise_file(told(tmp_path, head + "7: 1,2,3\n5: 2,3,1\n4: 3,1,2\n"))
    assert said["order"] == [1, 2, 3]
    assert said["names"]["1"] == "1"


def test_level_alternatives_share_a_place(tmp_path: Path) -> None:
    said = pairwise_file(told(tmp_path, "# NUMBER ALTERNATIVES: 2\n3: 1,2\n3: 2,1\n"))
    assert said["places"] == {"1": 1, "2": 1}


def test_a_wrong_number_of_voters_is_a_warning(tmp_path: Path) -> None:
    said = pairwise_file(told(tmp_path, MODERN.replace("VOTERS: 9", "VOTERS: 90")))
    assert said["warnings"] == ["The file says 90 people voted, but we counted 9."]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Line 1: town.toi is empty."),
        ("# TITLE: x\n1: 1\n", "Line 1: The number of alternatives is missing."),
        (MODERN.replace("3,{1,2}", "3,{1,2"), "Line 8: We can’t read this order."),
        (MODERN.replace("4: 1,2,3", "4: one"), "Line 7: We can’t read this order."),
        (MODERN.replace("4: 1,2,3", "4:"), "Line 7: We can’t read this order."),
        (MODERN.replace("4: 1,2,3", "x: 1,2,3"), "Line 7: “x” isn’t a whole number."),
        (
            MODERN.replace("4: 1,2,3", "4: 1,2,7"),
            "Line 7: Alternative 7 is named twice or isn’t in the list.",
        ),
        (
            MODERN.replace("4: 1,2,3", "4: 1,2,1"),
            "Line 7: Alternative 1 is named twice or isn’t in the list.",
        ),
        (MODERN.replace("IVES: 3", "IVES: 0"), "Line 2: We count from 1 to 1000 alternatives."),
        (OLDER[:20], "Line 3: The list of alternatives ends too soon."),
        ("many\n", "Line 1: “many” isn’t a whole number."),
    ],
)
def test_a_broken_file_gets_one_sentence_with_its_line(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(BadFile) as wrong:
        read(told(tmp_path, text))
    assert wrong.value.remark.words() == words


def test_the_format_is_in_the_table() -> None:
    assert ".soi" in FORMATS["preflib"].suffix
