"""Words that seem to name somebody are hinted at; everyday words are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.naming import HINTS, PATTERNS, names_somebody


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Ask Dr Patel’s surgery to stop losing forms", "name"),
        ("Dr. Okonkwo never rings back", "name"),
        ("my nurse Jane is kind", "name"),
        ("My social worker Ade left", "name"),
        ("Frau Müller am Empfang", "name"),
        ("Pani Kowalska z recepcji", "name"),
        ("моя медсестра Олена", "name"),
        ("Η κυρία στο γκισέ, Κυρία Ελένη", "name"),
        ("Write to ann@example.org", "address"),
        ("Ring 07700 900123 after six", "number"),
        ("+44 (0)20 7946 0000", "number"),
        ("My number is 943 476 5919", "number"),
    ],
)
def test_what_seems_to_name_somebody_is_hinted_at(text: str, kind: str) -> None:
    assert names_somebody(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "The doctor said No",
        "my GP I think",
        "We wait 3 weeks, 4 days and 20 minutes",
        "It opens 2026-11-28 10:30",
        "my nurse is kind",
        "It costs £1,000,000,000",
        "I can’t read @ in the letter",
        "NHS letters come late",
        "उनकी नर्स अच्छी है",
        "",
    ],
)
def test_everyday_words_are_left_alone(text: str) -> None:
    assert names_somebody(text) == ""


def test_every_sign_has_its_words_and_is_read_by_a_browser_alike() -> None:
    assert HINTS.keys() == PATTERNS.keys()
    only_here = ("(?P", "(?<", "(?i", "\\A", "\\Z", "(?#")
    for pattern in (one for patterns in PATTERNS.values() for one in patterns):
        assert not any(sign in pattern for sign in only_here), pattern


@given(st.text(max_size=2_000))
def test_any_text_gets_an_answer(text: str) -> None:
    assert names_somebody(text) in {"", *HINTS}


@pytest.mark.parametrize("text", ["1 " * 250, "a" * 499 + "@", "my nurse " * 55, "Dr " * 166])
def test_no_text_keeps_it_busy(text: str) -> None:
    assert names_somebody(text * 20) in {"", *HINTS}
