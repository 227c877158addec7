"""What people write comes out clean, and is measured as a person would measure it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.characters import letters
from workshop.rules.refusals import Refused
from workshop.rules.wording import LIMITS, clean, code_of

FAMILY = "👨‍👩‍👧‍👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def refusal(text: object, limit: int = 40, **how: bool) -> str:
    with pytest.raises(Refused) as no:
        clean(text, limit, **how)
    return no.value.code


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  More   chairs \n please ", "More chairs please"),
        ("cafe\u0301", "café"),
        ("Ann\u202egnihton\u202c", "Anngnihton"),
        ("zero\u200bwidth\ufeff and so\u00adft", "zerowidth and soft"),
        ("nul\x00 bell\x07", "nul bell"),
        ("left\u2066right\u2069", "leftright"),
        ("a\u200db", "ab"),
        ("\u3164Ann\u3164", "Ann"),
        ("<b>=1+1</b>", "<b>=1+1</b>"),
    ],
)
def test_what_could_hide_or_reorder_words_is_taken_out(typed: str, stored: str) -> None:
    assert clean(typed, 100) == stored


@pytest.mark.parametrize("emoji", [FAMILY, ENGLAND, "👩🏽‍⚕️", "❤️‍🔥", "1️⃣", "🇬🇧", "🏳️‍🌈", "🤷🏿‍♀️"])
def test_an_emoji_stays_whole_and_counts_as_one_letter(emoji: str) -> None:
    assert clean(emoji, 1) == emoji
    assert letters(emoji) == 1


@pytest.mark.parametrize("word", ["می\u200cخواهم", "क्\u200dष", "שלום", "مرحبا"])
def test_joiners_inside_words_of_joining_scripts_are_kept(word: str) -> None:
    assert clean(word, 40) == word


def test_two_flags_are_two_letters() -> None:
    assert letters("🇬🇧🇫🇷") == 2


def test_an_accented_letter_counts_once() -> None:
    assert letters("q̃ñ") == 2


def test_lines_stay_only_where_they_are_wanted() -> None:
    typed = "\r\nOne\r\n\r\n\r\n two \u2028three\n"
    assert clean(typed, 40, multiline=True) == "One\n\ntwo\nthree"
    assert clean(typed, 40) == "One two three"


@pytest.mark.parametrize("nothing", ["", "  \n", "\u200b\u202e", "\u3164", "\u2800 ", "\u0301"])
def test_a_text_with_nothing_to_see_is_empty(nothing: str) -> None:
    assert refusal(nothing) == "empty"


def test_an_empty_text_is_fine_where_none_is_needed() -> None:
    assert clean(" ", 40, required=False) == ""


@pytest.mark.parametrize("thing", [None, 5, b"bytes", ["a"], "half\ud83d"])
def test_what_is_not_text_is_refused(thing: object) -> None:
    assert refusal(thing) == "not_text"


def test_the_limit_itself_fits_and_one_more_does_not() -> None:
    assert clean("é" * 40, 40) == "é" * 40
    assert refusal("é" * 41) == "too_long"


def test_ten_thousand_letters_are_refused_with_the_limit_named() -> None:
    with pytest.raises(Refused) as no:
        clean("x" * 10_000, LIMITS["idea"])
    assert no.value.words() == "That’s too long. Please use 500 letters or fewer."


def test_bytes_have_a_ceiling_though_the_letters_fit() -> None:
    assert refusal(ENGLAND * 40) == "too_long"


def test_a_tower_of_accents_is_lowered() -> None:
    assert len(clean("Z" + "\u0334" * 300, 40)) <= 7


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text, 10_000, required=False, multiline=True)
    assert clean(once, 10_000, required=False, multiline=True) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text())
def test_no_override_or_control_survives(text: str) -> None:
    stored = clean(f"{text}\u202e\u2066\x1b{text}", 10_000, required=False)
    assert not set(stored) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b\x1b\x00\n")


@given(st.text(), st.text())
def test_letters_never_outnumber_characters(one: str, other: str) -> None:
    assert letters(one + other) <= len(one) + len(other)


@pytest.mark.parametrize(
    "typed", ["482915", " 482 915 ", "482-915", "٤٨٢٩١٥", "４８２ ９１５", "۴۸۲۹۱۵", "482\u200b915"]
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert code_of(typed) == "482915"


@pytest.mark.parametrize("typed", ["", "48291", "4829155", "48291a", "four", None, 482915])
def test_a_wrong_code_gets_the_polite_no(typed: object) -> None:
    with pytest.raises(Refused) as no:
        code_of(typed)
    assert no.value.code == "wrong_code"
