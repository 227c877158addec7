"""The smaller answers of a card: what a form asks and what a card keeps are the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.cards import (
    DOES_FIELDS,
    LIMIT_OF,
    NEED_FIELDS,
    NEEDS,
    QUESTIONS,
    does_of,
    fields_of,
    needs_of,
)
from workshop.rules.tongues import TONGUES
from workshop.rules.wording import LIMITS

SAID = st.text(st.sampled_from("ab "), max_size=3)
FORMS = st.dictionaries(st.sampled_from([*DOES_FIELDS, *NEED_FIELDS]), SAID)


@given(FORMS)
def test_what_a_card_keeps_fills_the_form_that_it_came_from(form: dict[str, str]) -> None:
    does, needs = does_of(form), needs_of(form)
    again = fields_of(does, needs)
    assert (does_of(again), needs_of(again)) == (does, needs)


@given(FORMS)
def test_a_row_that_says_nothing_is_not_kept(form: dict[str, str]) -> None:
    assert all(any(row) for row in does_of(form))
    assert all(words for _, words in needs_of(form))


def test_money_is_asked_last() -> None:
    assert list(NEEDS)[-1] == "money"
    assert QUESTIONS["idea"][0] == "better_for"
    assert QUESTIONS["idea"][-1] == "need_money"


def test_every_answer_in_words_has_its_bound() -> None:
    asked = {name for names in QUESTIONS.values() for name in names} - {"evidence"}
    assert asked == LIMIT_OF.keys()
    assert set(LIMIT_OF.values()) <= LIMITS.keys()


def test_every_language_is_a_tag_and_a_name() -> None:
    assert all(code.isascii() and code.islower() and name for code, name in TONGUES.items())
