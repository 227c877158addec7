"""Alike texts are found by their letters alone, in any script, and the same way every time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.similar import ALIKE, Corpus, bag, pair_key, pieces, shared_words, words
from workshop.rules.themes import gatherings

TEXTS = {
    1: "The last bus goes at five",
    2: "Eyes, feet and bloods are on different days",
    3: "I can’t read the small print on the leaflet",
    4: "We phone people at work, so they don’t pick up",
    5: "Der letzte Bus fährt um fünf",
    6: "آخر حافلة تغادر في الخامسة",
    7: "バスが来ない",
    8: "诊所离公交车站太远",
    9: "รอหมอนานเกินไปทุกครั้ง",
    10: "انتظرنا الطبيب ساعتين",
}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("After five there is no bus any more", 1),
        ("My eyes and feet are checked on different days", 2),
        ("The leaflets have tiny print", 3),
        ("Nach fünf fährt kein Bus mehr", 5),
        ("لا توجد حافلة بعد الخامسة", 6),
        ("バスが来ない日", 7),
        ("公交车站离诊所太远了", 8),
        ("ทุกครั้งต้องรอหมอนานมาก", 9),
        ("انتظرت الطبيب ساعتين", 10),
    ],
)
def test_what_says_the_same_in_other_words_is_found(asked: str, found: int) -> None:
    like = Corpus(TEXTS).like(asked)
    assert [one.number for one in like][:1] == [found]
    assert like[0].closeness >= ALIKE


@pytest.mark.parametrize("asked", ["", "!!!", "Nobody told me who to ring", "the and of it"])
def test_what_is_like_nothing_finds_nothing(asked: str) -> None:
    assert Corpus(TEXTS).like(asked) == []
    assert Corpus({}).like(asked) == []


@given(st.dictionaries(st.integers(1, 99), st.text(max_size=60), max_size=12), st.randoms())
def test_the_order_of_texts_changes_nothing(texts: dict[int, str], draw: object) -> None:
    backwards = dict(reversed(texts.items()))
    assert Corpus(texts).pairs(least=0.2) == Corpus(backwards).pairs(least=0.2)
    assert gatherings(texts) == gatherings(backwards)


@given(st.dictionaries(st.integers(1, 99), st.text(max_size=40), max_size=9), st.text(max_size=40))
def test_the_short_way_to_a_closeness_is_the_long_one(texts: dict[int, str], asked: str) -> None:
    """What is held is only what a text has; the square of all texts comes to the same."""
    together = Corpus({**texts, 100: asked})
    near = together.closeness()[-1]
    told = {one.number: one.closeness for one in together.like(asked, most=99, least=0.01)}
    for row, number in enumerate(together.numbers):
        assert told.get(number, 0.0) == pytest.approx(near[row], abs=0.011)


def test_asking_keeps_nothing_of_what_was_asked() -> None:
    corpus, kept = Corpus(TEXTS), bag.cache_info().currsize
    corpus.like("Something that nobody has posted yet")
    assert bag.cache_info().currsize == kept


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_text_that_is_cut_into_pieces_is_whole(one: str, other: str) -> None:
    assert "".join(piece for piece, _ in pieces(one, other)) == one


def test_the_words_that_two_texts_share_are_named() -> None:
    assert shared_words("three mornings of pay for checks", "no pay for a check") == {
        "pay",
        "checks",
    }
    assert words("Café  l’eau, CAFE") == ["cafe", "leau", "cafe"]


def test_posts_that_share_what_they_are_about_are_gathered_with_a_heading_of_their_own() -> None:
    buses = {n: f"The bus to the clinic is late on day {n}" for n in range(10, 14)}
    found = gatherings({**TEXTS, **buses})
    assert set(buses) <= set(found[0].numbers)
    assert "clinic" in found[0].title.casefold()


def test_a_suggestion_is_known_again_whatever_the_order() -> None:
    assert pair_key([3, 1, 2]) == pair_key([2, 3, 1, 1]) != pair_key([1, 2])
