"""When a post waits for a look, and how many people it takes to hold one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.care import MODES, PRIVATE, enough_reports, holds, one_of, reports_hold
from workshop.rules.phases import KINDS
from workshop.rules.refusals import Refused


@pytest.mark.parametrize(
    ("mode", "known", "matched", "why"),
    [
        ("off", False, False, ""),
        ("off", False, True, "words"),
        ("first", False, False, "first"),
        ("first", True, False, ""),
        ("first", True, True, "words"),
        ("all", True, False, "all"),
    ],
)
def test_a_post_waits_as_its_workshop_says(
    mode: str, *, known: bool, matched: bool, why: str
) -> None:
    assert holds(mode, "idea", known=known, matched=matched) == why


@given(st.sampled_from(sorted(MODES)), st.booleans(), st.booleans())
def test_what_nobody_else_ever_sees_is_never_held(mode: str, known: bool, matched: bool) -> None:  # noqa: FBT001 - Hypothesis fills them by place
    assert all(not holds(mode, kind, known=known, matched=matched) for kind in PRIVATE)
    assert frozenset(KINDS) >= PRIVATE


@given(st.integers(0, 5_000))
def test_one_person_alone_never_holds_a_post_and_five_always_do(people: int) -> None:
    def held(n: int) -> bool:
        return reports_hold(n, people, looked_at=False, voting=False)

    assert not held(1)
    assert held(5)
    assert 2 <= enough_reports(people) <= 5


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_post_that_was_looked_at_or_is_voted_on_is_left_to_the_facilitator(
    reports: int, people: int
) -> None:
    assert not reports_hold(reports, people, looked_at=True, voting=False)
    assert not reports_hold(reports, people, looked_at=False, voting=True)


def test_a_reason_that_is_none_is_refused() -> None:
    with pytest.raises(Refused, match="unknown_choice"):
        one_of("because", MODES)
