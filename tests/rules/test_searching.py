"""Finding by words: parts of words, any order, without regard to accents and capitals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.searching import finds
from workshop.rules.wordlist import words_of

TITLE, SERVICE = "Résumé of each visit, by post", "Ärztehaus Köln"


@pytest.mark.parametrize(
    "sought", ["resume", "VISIT post", "post visit", "arzte", "köl résu", "  visit ", "“visit”"]
)
def test_every_word_is_looked_for_in_all_texts_together(sought: str) -> None:
    assert finds(sought, TITLE, SERVICE)


@pytest.mark.parametrize("sought", ["visits", "post letter", "", "  ", "!?"])
def test_a_word_that_stands_nowhere_finds_nothing(sought: str) -> None:
    assert not finds(sought, TITLE, SERVICE)


def test_scripts_without_capitals_or_spaces_are_searched_too() -> None:
    assert finds("مستشفى", "الخروج من المستشفى")
    assert finds("医院", "离开医院以后")


@given(st.text(max_size=100), st.integers(0, 5))
def test_every_text_is_found_by_each_of_its_own_words(text: str, place: int) -> None:
    words = words_of(text)
    if words:
        assert finds(words[place % len(words)], "something else", text)


@given(st.text(max_size=60), st.text(max_size=60))
def test_one_more_word_never_finds_more(sought: str, more: str) -> None:
    if finds(f"{sought} {more}", TITLE) and words_of(sought):
        assert finds(sought, TITLE)
