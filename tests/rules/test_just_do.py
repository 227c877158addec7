"""The lines of a programme, the questions made of them, and what is outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.just_do import CHANGE_KINDS, change_outcome, check_inside, lines, questions
from workshop.rules.refusals import Refused

FOUND = lines(("words", "times"), 50, 7, 40, "Medicine\nA person’s record")
RIGHT = {one.key: one.right for one in questions(FOUND)}


def test_every_line_becomes_a_question_and_so_does_each_thing_that_is_never_allowed() -> None:
    assert [(one.key, one.value, one.right) for one in questions(FOUND)] == [
        ("money", 50, "yes"),
        ("days", 7, "yes"),
        ("people", 40, "yes"),
        ("harm", "", "no"),
        ("never_0", "Medicine", "no"),
        ("never_1", "A person’s record", "no"),
    ]


@given(kind=st.sampled_from(sorted(CHANGE_KINDS)), wrong=st.sets(st.sampled_from(sorted(RIGHT))))
def test_one_answer_outside_is_enough(kind: str, wrong: set[str]) -> None:
    turned = {"yes": "no", "no": "yes"}
    answers = {key: turned[right] if key in wrong else right for key, right in RIGHT.items()}
    if kind in FOUND.kinds and not wrong:
        check_inside(FOUND, kind, answers)
    else:
        with pytest.raises(Refused, match="outside_lines"):
            check_inside(FOUND, kind, answers)


@given(st.sampled_from(sorted(RIGHT)))
def test_a_question_without_an_answer_is_asked_again(key: str) -> None:
    for answer in ("", "perhaps"):
        with pytest.raises(Refused, match="missing_answers"):
            check_inside(FOUND, "words", {**RIGHT, key: answer})


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"kinds": ()}, "unknown_choice"),
        ({"kinds": ("everything",)}, "unknown_choice"),
        ({"money": -1}, "not_whole"),
        ({"days": 366}, "not_whole"),
        ({"people": 10**7}, "not_whole"),
        ({"never": "\n".join("abcdefghi")}, "many_never"),
        ({"never": "x" * 801}, "too_long"),
    ],
)
def test_lines_out_of_reason_are_refused(given: dict[str, object], code: str) -> None:
    whole = {"kinds": ("words",), "money": 0, "days": 1, "people": 1, "never": "", **given}
    with pytest.raises(Refused, match=code):
        lines(**whole)  # type: ignore[arg-type]  # wrong on purpose


def test_an_outcome_is_keep_change_or_drop() -> None:
    assert change_outcome("drop") == "drop"
    with pytest.raises(Refused, match="unknown_choice"):
        change_outcome("")
