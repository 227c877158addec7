"""The drawing of the table: everybody has a chair, and no chair says who did what."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.roles import VOICES
from workshop.rules.seating import Chair, around

COUNTS = st.fixed_dictionaries(dict.fromkeys(VOICES, st.integers(0, 40)))


@given(COUNTS, COUNTS, COUNTS)
def test_everybody_has_one_chair_and_everybody_who_took_part_a_filled_one(
    joined: dict[str, int], done: dict[str, int], online: dict[str, int]
) -> None:
    chairs = around(joined, done, online)
    assert Counter(chair.group for chair in chairs) == Counter(joined)
    filled = Counter(chair.group for chair in chairs if chair.state == "")
    assert filled == Counter({group: min(done[group], joined[group]) for group in VOICES})


@given(COUNTS)
def test_without_word_of_who_is_connected_nobody_is_away(joined: dict[str, int]) -> None:
    assert all(chair.state != "away" for chair in around(joined, {}))


def test_groups_sit_mixed() -> None:
    chairs = around({"citizen": 2, "staff": 2}, {"citizen": 1})
    assert [chair.group for chair in chairs] == ["citizen", "staff", "citizen", "staff"]


def test_somebody_who_is_gone_is_drawn_dashed() -> None:
    chairs = around({"citizen": 3}, {"citizen": 1}, {"citizen": 2})
    assert [chair.state for chair in chairs] == ["", "open", "away"]
    assert chairs[0] == Chair("citizen", "")
