"""What looks like a match, when details go on, and when an idea can start."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.offers import OFFER_KINDS, SAYS, Thing, cover, fits, is_agreed, kind_of, says
from workshop.rules.refusals import Refused


def test_like_things_of_one_kind_fit_and_the_closest_comes_first() -> None:
    needs = [Thing(1, "room", "A room with a couch on Tuesdays"), Thing(2, "time", "A driver")]
    offers = [
        Thing(7, "room", "Our room has a couch, free on Tuesdays"),
        Thing(8, "room", "A room in the evening"),
        Thing(9, "data", "A list of bus times"),
    ]
    assert fits(needs, offers) == [(1, 7), (1, 8)]


def test_one_word_alone_or_the_kind_alone_is_no_match() -> None:
    assert fits([Thing(1, "time", "A driver")], [Thing(2, "time", "Somebody to ring")]) == []
    assert fits([Thing(1, "kit", "A van")], [Thing(2, "time", "I drive a van")]) == []


@given(offer=st.sampled_from(SAYS), item=st.sampled_from(SAYS))
def test_details_go_on_only_when_both_say_yes(offer: str, item: str) -> None:
    assert is_agreed(offer, item) is (offer == "yes" and item == "yes")


@given(st.lists(st.booleans(), max_size=6))
def test_an_idea_can_start_when_every_need_is_covered(covered: list[bool]) -> None:
    assert cover(covered).can_start is (bool(covered) and all(covered))


def test_only_known_kinds_and_answers_are_taken() -> None:
    assert kind_of("skill", OFFER_KINDS) == "skill"
    assert says("no") == "no"
    with pytest.raises(Refused, match="unknown_choice"):
        kind_of("money", OFFER_KINDS)
    with pytest.raises(Refused, match="unknown_choice"):
        says("")
