"""Tests and pilots of a backlog item: what is said beforehand, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

TRIAL_KINDS: Final[dict[str, str]] = {"test": N_("The cheapest test"), "pilot": N_("The pilot")}
"""A test is the cheapest thing that teaches more; a pilot is the idea itself, in one place."""

TRIAL_OUTCOMES: Final[dict[str, str]] = {
    "worked": N_("It worked"),
    "failed": N_("It didn’t work"),
    "unclear": N_("We can’t tell yet"),
    "stopped": N_("We stopped it early"),
}
"""What came of it, told in the past tense."""

TRIED: Final[dict[str, str]] = {
    "worked": N_("We tried it. It worked"),
    "failed": N_("We tried it. It didn’t work"),
    "unclear": N_("We tried it. We can’t tell yet"),
    "stopped": N_("We tried it and stopped early"),
}
"""The same as everybody reads it, those too who wrote what was tried."""

TRIAL_WORDS: Final[dict[str, str]] = {
    "what": "condition",
    "place": "title",
    "who": "title",
    "works_if": "condition",
    "stop_if": "condition",
}
"""What is said in words before a trial, each with the line of `LIMITS` that bounds it."""

ASKED: Final[dict[str, tuple[str, ...]]] = {
    "test": ("what", "who"),
    "pilot": ("place", "who", "works_if", "stop_if"),
}
"""What has to be said of each kind; what else there is to say may stay empty."""

JUDGED_BY: Final = ("works_if", "stop_if")
"""By what a pilot is judged: it stays as it was said beforehand once the pilot has begun."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is said before a trial. Days are written as in "2026-01-16"; a test begins at once."""

    kind: str
    words: dict[str, str]
    begins_on: str | None
    ends_on: str


def plan(kind: str, words: dict[str, str], begins_on: str | None, ends_on: str | None) -> Plan:
    """What is planned, checked and made clean.

    Args:
        kind: a key of `TRIAL_KINDS`.
        words: the fields of `TRIAL_WORDS`; what is missing is empty.
        begins_on: its first day, which a pilot needs.
        ends_on: its last day, by which there is a result.

    Raises:
        Refused: `unknown_choice`, `empty`, `too_long`, `day_needed`, `bad_order`.
    """
    if kind not in TRIAL_KINDS:
        raise Refused("unknown_choice")
    kept = {
        name: clean(words.get(name, ""), LIMITS[limit], required=name in ASKED[kind])
        for name, limit in TRIAL_WORDS.items()
    }
    if ends_on is None or (kind == "pilot" and begins_on is None):
        raise Refused("day_needed")
    if begins_on and begins_on > ends_on:
        raise Refused("bad_order")
    return Plan(kind, kept, begins_on, ends_on)


def has_begun(begins_on: str | None, day: date) -> bool:
    """Whether a pilot's first day has come."""
    return begins_on is not None and date.fromisoformat(begins_on) <= day


def keep_judgement(before: dict[str, str], after: Plan, *, begun: bool) -> None:
    """Raise where what a pilot is judged by would change after it has begun.

    Raises:
        Refused: `pilot_begun`.
    """
    if begun and any(before[name] != after.words[name] for name in JUDGED_BY):
        raise Refused("pilot_begun")


def outcome_of(key: str) -> str:
    """Return `key` where it is an outcome of a trial.

    Raises:
        Refused: `unknown_choice`.
    """
    if key not in TRIAL_OUTCOMES:
        raise Refused("unknown_choice")
    return key
