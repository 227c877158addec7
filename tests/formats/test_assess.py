"""The assessment file: the figures it gives, and one plain sentence for each slip."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from workshop.formats.assess import assess_file
from workshop.formats.assess_reading import read_assessments
from workshop.formats.files import BadFile
from workshop.rules.scoring.portfolio import ADVICE

FIVE = [[60, 70, 80]] * 5
CALM = {"delivery": [1, 1], "safeguarding": [1, 1], "legal": [1, 1], "acceptance": [1, 1]}
ITEM: dict[str, Any] = {
    "name": "Results by text",
    "scores": [FIVE, FIVE, FIVE],
    "evidence": 4,
    "reversible": "weeks",
    "effort": 2,
    "risks": CALM,
}


def write(folder: Path, *items: dict[str, Any], **more: object) -> Path:
    path = folder / "ideas.json"
    path.write_text(json.dumps({"items": list(items), **more}), encoding="utf-8")
    return path


def changed(**more: object) -> dict[str, Any]:
    return copy.deepcopy(ITEM) | more


def said(path: Path) -> str:
    with pytest.raises(BadFile) as bad:
        assess_file(path, 1)
    return bad.value.remark.words()


def test_every_item_gets_its_figures_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, changed(name="B"), changed(name="A", evidence=0))
    rows = assess_file(path, 3)
    assert [row["name"] for row in rows] == ["B", "A"]
    for row in rows:
        assert list(row) == ["name", "R", "K", "p_reward", "evpi", "class", "gates"]
        assert row["R"] == sorted(row["R"])
        assert row["K"] == sorted(row["K"])
    assert rows[0]["R"][1] == pytest.approx(70, abs=1)
    assert rows[0]["class"] == "quick win"
    assert assess_file(path, 3) == rows
    assert assess_file(path, 4) != rows


@pytest.mark.parametrize(
    ("item", "advice"),
    [
        ({}, "quick win"),
        ({"effort": 3.5}, "safe bet"),
        ({"risks": {"delivery": [4, 4]}}, "bold bet"),
        ({"scores": [[[30, 52, 80]] * 5] * 3, "evidence": 0}, "learn first"),
        ({"scores": [[[40, 50, 60]] * 5, [[85, 90, 95]] * 5]}, "learn first"),
        ({"scores": [FIVE, [*FIVE[:4], [0, 5, 10]]]}, "learn first"),
        ({"scores": [FIVE, [*FIVE[:4], [40, 45, 50]]]}, "quick win"),
        ({"scores": [[[5, 10, 20]] * 5]}, "not now"),
        ({"risks": {"legal": [2, 5]}}, "stop until mitigated"),
    ],
)
def test_the_advice_follows_the_figures(
    tmp_path: Path, item: dict[str, object], advice: str
) -> None:
    [row] = assess_file(write(tmp_path, changed(**item)), 1)
    assert row["class"] == advice
    assert row["class"] in {one.method for one in ADVICE.values()}
    assert row["gates"] == (["legal"] if advice.startswith("stop") else [])


def test_neither_order_nor_company_changes_an_items_figures(tmp_path: Path) -> None:
    one, other = changed(name="one"), changed(name="other", evidence=1)

    forwards = assess_file(write(tmp_path, one, other), 1)
    assert assess_file(write(tmp_path, other, one), 1) == forwards[::-1]
    assert assess_file(write(tmp_path, other), 1) == forwards[1:]


def test_scaled_weights_and_default_weights_written_out_change_nothing(tmp_path: Path) -> None:
    written = {"outcome": 30, "equity": 20, "empowerment": 20, "staff": 15, "learning": 15}

    plain = assess_file(write(tmp_path, ITEM), 1)
    assert assess_file(write(tmp_path, ITEM, weights=written), 1) == plain
    assert assess_file(write(tmp_path, ITEM, weights={"outcome": 1}), 1) != plain
    assert assess_file(write(tmp_path, ITEM, weights=None), 1) == plain


def test_an_empty_list_is_an_empty_answer(tmp_path: Path) -> None:
    assert assess_file(write(tmp_path), 1) == []


def test_two_items_of_one_name_have_draws_of_their_own(tmp_path: Path) -> None:
    first, second = assess_file(write(tmp_path, ITEM, ITEM), 1)
    assert first["name"] == second["name"]
    assert first["R"] != second["R"]


def without(field: str) -> dict[str, Any]:
    return {key: value for key, value in ITEM.items() if key != field}


@pytest.mark.parametrize(
    ("item", "sentence"),
    [
        (7, "Item 1 isn’t an object."),
        (changed(name="  "), "Item 1 has no name."),
        (without("risks"), "“Results by text” has no “risks”."),
        (
            changed(scores=[FIVE, [[60, 50, 80], *FIVE[1:]]]),
            (
                "“Results by text”, assessor 2, outcome: "
                "“Low” can’t be more than “likely”. Please check the two numbers."
            ),
        ),
        (
            changed(scores=[[*FIVE[:4], [0, 50, 101]]]),
            "“Results by text”, assessor 1, learning: Please use a number from 0 to 100.",
        ),
        (
            changed(scores=[FIVE[:4]]),
            (
                "“Results by text”, assessor 1: give 5 scores, in the order "
                "outcome, equity, empowerment, staff, learning."
            ),
        ),
        (changed(scores=[]), "“Results by text” needs scores from one assessor or more."),
        (
            changed(scores=[[*FIVE[:4], [1, "2", 3]]]),
            "“Results by text”, assessor 1, learning: give three numbers, [low, likely, high].",
        ),
        (changed(evidence=6), "“Results by text”: “evidence” is a whole number from 0 to 5."),
        (changed(evidence=True), "“Results by text”: “evidence” is a whole number from 0 to 5."),
        (
            changed(reversible="soon"),
            (
                "“Results by text”: “reversible” is one of: "
                "same day, weeks, months, hard, irreversible."
            ),
        ),
        (
            changed(effort=-1),
            "“Results by text”: “effort” is a number of person-months, 0 or more.",
        ),
        (
            changed(effort=10**400),
            "“Results by text”: “effort” is a number of person-months, 0 or more.",
        ),
        (changed(risks=[]), "“Results by text”: “risks” should hold [band, impact] by factor."),
        (
            changed(risks={"weather": [1, 1]}),
            "“Results by text”: “weather” isn’t a risk factor we know.",
        ),
        (
            changed(risks={"legal": [0, 1]}),
            "“Results by text”, legal: give [band, impact], each a whole number from 1 to 5.",
        ),
        (
            changed(risks={"legal": 3}),
            "“Results by text”, legal: give [band, impact], each a whole number from 1 to 5.",
        ),
    ],
)
def test_a_slip_in_an_item_is_said_with_its_place(
    tmp_path: Path, item: dict[str, Any], sentence: str
) -> None:
    assert said(write(tmp_path, item)) == sentence


@pytest.mark.parametrize(
    ("weights", "sentence"),
    [
        ({"outcome": 0}, "Weights: Please give at least one question a weight above zero."),
        ({"outcome": -1}, "Weights: A weight is a number, zero or more."),
        ({"savings": 1}, "Weights: Savings are kept and shown. They never change the order."),
        ({"beauty": 1}, "“beauty” in “weights” isn’t a criterion we know."),
        ({"outcome": "1"}, "The weight of “outcome” isn’t a number."),
        ([1, 2], "“weights” should hold a number for each criterion."),
    ],
)
def test_a_slip_in_the_weights_is_said(tmp_path: Path, weights: object, sentence: str) -> None:
    assert said(write(tmp_path, ITEM, weights=weights)) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{\n  nonsense", "Line 2: This isn’t JSON we can read."),
        ("", "Line 1: This isn’t JSON we can read."),
        ("[" * 100_000, "This isn’t JSON we can read."),
        ("[]", "This file should be an object with “items” in it."),
        ("{}", "This file has no list called “items”."),
        ('{"items": {}}', "This file has no list called “items”."),
    ],
)
def test_a_file_that_is_something_else_says_so(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "ideas.json"
    path.write_text(text, encoding="utf-8")
    assert said(path) == sentence


@pytest.mark.parametrize("wild", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_numbers_that_are_none_are_turned_down_wherever_they_stand(
    tmp_path: Path, wild: str
) -> None:
    for field in ("scores", "evidence", "effort", "risks"):
        item = json.dumps(changed(**{field: "WILD"}))
        if field == "scores":
            item = item.replace('"WILD"', json.dumps([[["WILD"] * 3] * 5]))
        path = tmp_path / "ideas.json"
        path.write_text('{"items": [' + item.replace('"WILD"', wild) + "]}", encoding="utf-8")

        assert said(path).startswith("“Results by text”")


def remarks(path: Path) -> list[str]:
    return [one.words() for one in read_assessments(path).remarks]


def test_what_stops_nothing_is_still_remarked(tmp_path: Path) -> None:
    item = changed(scores=[FIVE], colour="red")

    assert remarks(write(tmp_path, item, author="me")) == [
        "We don’t know “author”, so we left it out.",
        "We don’t know “colour”, so we left it out.",
        "“Results by text” has 1 of the 3 assessors it should have.",
        "“Results by text” says nothing about dependency: taken as no risk.",
    ]
    whole = changed(risks={**CALM, "dependency": [1, 1]})
    assert remarks(write(tmp_path, whole)) == []


def test_no_broken_file_ends_in_anything_but_a_sentence(tmp_path: Path) -> None:
    odd: list[object] = [None, True, -1, 3.5, "x", [], {}, [[]], [None] * 5, {"delivery": None}]
    fine: list[tuple[str, object]] = [("name", "x"), ("effort", 3.5), ("risks", {})]
    for field in ITEM:
        for value in odd:
            if (field, value) not in fine:
                assert said(write(tmp_path, changed(**{field: value})))
