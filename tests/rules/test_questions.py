"""A first wording for a question: it fits, and it never makes up what nobody said."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.characters import letters
from workshop.rules.questions import suggest
from workshop.rules.wording import LIMITS


@pytest.mark.parametrize(
    ("problems", "question"),
    [
        ([], ""),
        ([("I wait.", "Have the tablets ready!")], "How might we have the tablets ready?"),
        ([("I wait", " "), ("Doors", "A ramp")], "How might we a ramp?"),
        ([("I wait for tablets.", "")], "How might we change this: I wait for tablets?"),
        ([("I wait", "GP visits at home")], "How might we GP visits at home?"),
    ],
)
def test_the_wish_comes_before_the_complaint(
    problems: list[tuple[str, str]], question: str
) -> None:
    assert suggest(problems) == question


@given(st.lists(st.tuples(st.text(max_size=600), st.text(max_size=400)), max_size=3))
def test_a_suggestion_fits_its_field(problems: list[tuple[str, str]]) -> None:
    assert letters(suggest(problems)) <= LIMITS["question"]


@given(st.text(max_size=100))
def test_words_are_never_taken_for_places_to_fill(text: str) -> None:
    suggest([(text, f"%(better)s {text} %s")])
