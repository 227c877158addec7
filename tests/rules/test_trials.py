"""What is said before a test or a pilot, and that nobody moves the goal once it runs."""

from __future__ import annotations

from datetime import date

import pytest

from workshop.rules.refusals import Refused
from workshop.rules.trials import (
    ASKED,
    TRIAL_WORDS,
    Plan,
    has_begun,
    keep_judgement,
    outcome_of,
    plan,
)

PILOT = {
    "place": "Elm Road surgery",
    "who": "40 people due a check",
    "works_if": "7 in 10 come",
    "stop_if": "eye checks wait 6 weeks",
}


def pilot(**other: str | None) -> Plan:
    days = {"begins_on": "2026-10-01", "ends_on": "2026-12-01"}
    given = {**PILOT, **days, **other}
    begins_on, ends_on = (given.pop(name) for name in days)
    return plan("pilot", {name: text or "" for name, text in given.items()}, begins_on, ends_on)


def test_a_pilot_says_where_who_when_and_by_what_it_is_judged() -> None:
    assert pilot().words == {**PILOT, "what": ""}
    for name in ASKED["pilot"]:
        with pytest.raises(Refused, match="empty"):
            pilot(**{name: " "})
    for name in ("begins_on", "ends_on"):
        with pytest.raises(Refused, match="day_needed"):
            pilot(**{name: None})
    with pytest.raises(Refused, match="bad_order"):
        pilot(begins_on="2026-12-02")
    assert pilot(begins_on="2026-12-01").begins_on == "2026-12-01"


def test_a_test_says_what_who_and_by_when() -> None:
    said = {"what": "Ring ten people", "who": "Tomasz"}
    assert plan("test", said, None, "2026-10-01").begins_on is None
    for name in said:
        with pytest.raises(Refused, match="empty"):
            plan("test", {**said, name: ""}, None, "2026-10-01")
    with pytest.raises(Refused, match="day_needed"):
        plan("test", said, None, None)
    with pytest.raises(Refused, match="unknown_choice"):
        plan("guess", said, None, "2026-10-01")


def test_words_are_bounded_and_cleaned() -> None:
    assert pilot(place="  Elm   Road ").words["place"] == "Elm Road"
    for name in TRIAL_WORDS:
        with pytest.raises(Refused, match="too_long"):
            pilot(**{name: "x" * 2000})


def test_a_pilot_begins_on_its_first_day() -> None:
    assert not has_begun("2026-10-01", date(2026, 9, 30))
    assert has_begun("2026-10-01", date(2026, 10, 1))
    assert not has_begun(None, date(2026, 10, 1))


def test_what_a_pilot_is_judged_by_stays_once_it_has_begun() -> None:
    before = {name: PILOT[name] for name in ("works_if", "stop_if")}
    keep_judgement(before, pilot(place="Elsewhere"), begun=True)
    keep_judgement(before, pilot(works_if="anybody comes"), begun=False)
    for name in before:
        with pytest.raises(Refused, match="pilot_begun"):
            keep_judgement(before, pilot(**{name: "something easier"}), begun=True)


def test_an_outcome_is_one_of_three() -> None:
    assert outcome_of("failed") == "failed"
    with pytest.raises(Refused, match="unknown_choice"):
        outcome_of("")
