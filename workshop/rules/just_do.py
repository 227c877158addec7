"""Just do it: small changes that staff may make by themselves, inside lines set beforehand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

CHANGE_KINDS: Final[dict[str, str]] = {
    "words": N_("Words: a letter, a form, a sign"),
    "order": N_("The order in which we do things"),
    "times": N_("Times and places"),
    "welcome": N_("How we greet and help people"),
    "tools": N_("A tool or a list that we use"),
}
"""What kinds of change there are; leaders say which of them staff may make."""

CHANGE_OUTCOMES: Final[dict[str, str]] = {
    "keep": N_("Keep it"),
    "change": N_("Change it and try again"),
    "drop": N_("Drop it"),
}
"""What whoever tried a change would do with it."""

CHANGE_STATES: Final[dict[str, str]] = {
    "trying": N_("Being tried"),
    "told": N_("Tried"),
    "stopped": N_("Stopped by a leader"),
}
"""Where a small change stands."""

MOST_MONEY: Final = 100_000
MOST_DAYS: Final = 365
MOST_PEOPLE: Final = 100_000
MOST_NEVER: Final = 8
"""So many things that are never allowed may be named: each is a question that staff answer."""

MOST_TRYING: Final = 5
"""So many changes one person or team may try at once."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The guardrails of a programme.

    Attributes:
        kinds: keys of `CHANGE_KINDS` that are allowed.
        money: the most that it may cost, in the currency of the place.
        days: within how many days it can be undone.
        people: how many people it may touch at the most.
        never: what is never allowed, one thing each.
    """

    kinds: tuple[str, ...]
    money: int
    days: int
    people: int
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question about a change. `right` is the answer that keeps it inside the lines."""

    key: str
    sentence: str
    value: object
    right: str


ASKED: Final[dict[str, tuple[str, str]]] = {
    "money": (N_("Does it cost %(value)s or less?"), "yes"),
    "days": (N_("Can you undo it within %(value)s days?"), "yes"),
    "people": (N_("Does it touch %(value)s people or fewer?"), "yes"),
    "harm": (N_("Could anybody come to harm, or be worse off?"), "no"),
    "never": (N_("Is this part of it: %(value)s?"), "no"),
}
"""What is asked, with the answer that keeps a change inside the lines."""


def lines(kinds: tuple[str, ...], money: int, days: int, people: int, never: str) -> Lines:
    """The lines as they are stored, checked.

    Raises:
        Refused: `unknown_choice`, `not_whole`, `many_never`, `too_long`.
    """
    if not kinds or not set(kinds) <= CHANGE_KINDS.keys():
        raise Refused("unknown_choice")
    for number, most in ((money, MOST_MONEY), (days, MOST_DAYS), (people, MOST_PEOPLE)):
        if not 0 <= number <= most:
            raise Refused("not_whole", least=0, most=most)
    told = clean(never, LIMITS["never"], required=False, multiline=True)
    named = tuple(line for line in told.split("\n") if line)
    if len(named) > MOST_NEVER:
        raise Refused("many_never", most=MOST_NEVER)
    ordered = tuple(key for key in CHANGE_KINDS if key in kinds)
    return Lines(ordered, money, days, people, named)


def questions(found: Lines) -> tuple[Question, ...]:
    """What is asked before a change is made, in order."""
    values: list[tuple[str, str, object]] = [
        ("money", "money", found.money),
        ("days", "days", found.days),
        ("people", "people", found.people),
        ("harm", "harm", ""),
        *((f"never_{n}", "never", words) for n, words in enumerate(found.never)),
    ]
    return tuple(Question(key, ASKED[row][0], value, ASKED[row][1]) for key, row, value in values)


def check_inside(found: Lines, kind: str, answers: Mapping[str, str]) -> None:
    """Raise unless a change of this kind, with these answers, is inside the lines.

    Args:
        answers: "yes" or "no" by the key of each question.

    Raises:
        Refused: `unknown_choice`, `missing_answers`, `outside_lines`.
    """
    if kind not in CHANGE_KINDS:
        raise Refused("unknown_choice")
    asked = questions(found)
    if any(answers.get(one.key) not in {"yes", "no"} for one in asked):
        raise Refused("missing_answers")
    if kind not in found.kinds or any(answers[one.key] != one.right for one in asked):
        raise Refused("outside_lines")


def change_outcome(key: str) -> str:
    """Return `key` where it is an outcome; Refused `unknown_choice`."""
    if key not in CHANGE_OUTCOMES:
        raise Refused("unknown_choice")
    return key
