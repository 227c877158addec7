"""A workshop's own words are found whatever their capitals, accents and script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.wordlist import MOST_WORDS, entries, matches, words_of


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("idiot", "What an IDIOT!"),
        ("idiot", "idiooooot"),
        ("idiot*", "They're idiots"),
        ("naïve", "so naive"),
        ("cafe", "the café"),
        ("old fool", "You old, FOOL."),
        ("дурак", "Какой ДУРАК"),
        ("ηλίθιος", "ΗΛΙΘΙΟΣ"),
        ("غبي", "هو غَبِي"),
        ("मूर्ख", "वह मूर्ख है"),
        ("バカ", "あいつはバカだ"),
        ("笨蛋", "你是笨蛋吗"),
        ("straße", "STRASSE"),
    ],
)
def test_a_listed_word_is_found(listed: str, text: str) -> None:
    assert matches(f"other\n{listed}\n", "nothing", text)


@pytest.mark.parametrize(
    ("listed", "text"),
    [
        ("ass", "The class was full"),
        ("old fool", "an old, kind fool"),
        ("rude*", "prude"),
        ("मूर", "मूर्ख"),
        ("", "anything"),
        ("***\n...\n", "anything ***"),
    ],
)
def test_a_word_inside_another_is_left_alone(listed: str, text: str) -> None:
    assert not matches(listed, text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_word_of_a_text_finds_that_text(before: str, after: str) -> None:
    text = f"{before} needle {after}"
    assert matches("NEEDLE", text)
    for word in words_of(text):
        assert matches(word, text)


def test_a_list_has_an_end_and_says_nothing_twice() -> None:
    listed = "\n".join(f"word{n}" for n in range(MOST_WORDS + 50)) + "\nWORD1"
    assert len(entries(listed)) == MOST_WORDS
    assert entries("Bad\nbad\nBÁD") == (("bad",),)
