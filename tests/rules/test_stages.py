"""Where an item may go, what has to be there first, and the day it comes back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.backlog import ANSWERS, STAGE_DONE, STAGES, stage_after
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.stages import FIRST, MOVES, STAGE_HINTS, check_move, check_ready, choices
from workshop.rules.stages import look_again as look

TODAY = date(2026, 9, 21)
stages = st.sampled_from(sorted(STAGES))


def test_every_stage_has_moves_and_words_and_every_move_a_stage() -> None:
    assert MOVES.keys() == STAGES.keys() == STAGE_HINTS.keys()
    assert {to for ways in MOVES.values() for to in ways} == STAGES.keys()
    assert set(FIRST.values()) <= REFUSALS.keys()


def test_nothing_is_out_for_good() -> None:
    """From every stage there is a way to every other."""
    for start in MOVES:
        seen, ahead = {start}, [start]
        while ahead:
            new = set(MOVES[ahead.pop()]) - seen
            seen |= new
            ahead += new
        assert seen == STAGES.keys()


@given(was=stages, to=stages)
def test_a_move_is_in_the_table_or_refused(was: str, to: str) -> None:
    if to in MOVES[was]:
        check_move(was, to)
    else:
        with pytest.raises(Refused, match="stage_move"):
            check_move(was, to)


def test_every_answer_can_be_given_until_something_is_adopted() -> None:
    for was in STAGES.keys() - {"adopted"}:
        for answer in ANSWERS:
            to = stage_after(was, answer)
            assert to == was or to in MOVES[was]
    assert stage_after("adopted", "yes") == "adopted"
    assert all(to in MOVES[was] for was, to in STAGE_DONE.items())


def test_a_stage_waits_for_what_it_rests_on() -> None:
    for to, code in FIRST.items():
        with pytest.raises(Refused, match=code):
            check_ready(to, FIRST.keys() - {to})
        check_ready(to, {to})
    check_ready("stopped", ())


def test_parking_needs_a_day_that_is_still_to_come() -> None:
    assert look("parked", "2026-09-22", TODAY) == "2026-09-22"
    assert look("stopped", "2026-09-22", TODAY) is None
    for day, code in ((None, "review_needed"), ("2026-09-21", "review_ahead")):
        with pytest.raises(Refused, match=code):
            look("parked", day, TODAY)


@given(was=stages, scored=st.booleans())
def test_an_item_goes_back_to_what_it_was(*, was: str, scored: bool) -> None:
    offered = choices(was, scored=scored)
    assert ("candidate" if scored else "assessed") not in offered
    assert set(offered) <= set(MOVES[was])
