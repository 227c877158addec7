"""Paper and hands: what sheets there are, how they are numbered, and what a full one may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workshop.rules.receipts import ALPHABET
from workshop.rules.refusals import N_, Refused
from workshop.rules.rounds import SEALED
from workshop.rules.voting import METHODS, RoundRule

SHEETS: Final[dict[str, str]] = {
    "vote": N_("Voting sheet"),
    "problem": N_("Problem sheet"),
    "idea": N_("Idea sheet"),
}
"""Each kind of sheet; a kind of post is its own name."""

MOST_SHEETS: Final = 60
"""Sheets that are printed at once; there may be any number of printings."""

MOST_HANDS: Final = 1_000
CODE_LETTERS: Final = 6


def tidy_code(typed: str) -> str:
    """A sheet's code as it was printed, however it was typed.

    Raises:
        Refused: `sheet_unknown` where it cannot be one.
    """
    code = "".join(mark for mark in typed.upper() if mark in ALPHABET)
    if len(code) != CODE_LETTERS:
        raise Refused("sheet_unknown")
    return code


def numbers(ideas: Sequence[int]) -> dict[int, int]:
    """The number that an idea has on every sheet, by its place among all that were ever posted.

    An idea that leaves the ballot keeps its number, so sheets printed before and after agree.
    """
    return {idea: place for place, idea in enumerate(sorted(ideas), start=1)}


def takes_sheets(state: str) -> None:
    """Raise unless a round in `state` still takes sheets and hands.

    They are collected while people vote and typed in afterwards, so a closed round takes them
    until its counts are shown.
    """
    if state in SEALED:
        raise Refused("sheet_late")


def judge(rule: RoundRule, marks: Mapping[int, int]) -> int:
    """Check a whole sheet by the rule that the phones vote by, and return what it spends.

    Raises:
        Refused: what one mark is refused for, or `sheet_full` where there are too many.
    """
    method = METHODS[rule.method]
    for value in marks.values():
        method.check(rule, value)
    spent = sum(method.cost(rule, value) for value in marks.values())
    if spent > method.purse(rule):
        raise Refused("sheet_full", most=method.purse(rule))
    return spent


def hands_together(counted: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """How many people raised a hand for ideas that are one card now: group -> people, at least.

    Nobody knows who raised a hand for two of them. So that nobody counts twice, the largest count
    of each group stands for all: there were so many people, and maybe more.
    """
    together: dict[str, int] = {}
    for count in counted:
        for group, people in count.items():
            together[group] = max(people, together.get(group, 0))
    return together


def hands(people: int) -> int:
    """Return `people` where so many hands can have been counted.

    Raises:
        Refused: `hands_range`.
    """
    if not 0 <= people <= MOST_HANDS:
        raise Refused("hands_range", most=MOST_HANDS)
    return people
