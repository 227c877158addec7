"""When the rule of a round freezes, and the one thing that may still change: more votes for all."""

from __future__ import annotations

from workshop.rules.plans import MOST_VOTES, whole
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED
from workshop.rules.voting import METHODS, RoundRule


def may_change(state: str, *, begun: bool, printed: bool) -> None:
    """Raise where a round in `state` keeps the rule it has.

    Args:
        begun: whether anybody has voted, has said they are done, or has had their hand counted.
        printed: whether voting sheets were printed; each of them tells people the rule.

    Raises:
        Refused: `rule_frozen` or `sheets_printed`.
    """
    if begun or state in SEALED:
        raise Refused("rule_frozen")
    if printed:
        raise Refused("sheets_printed")


def raised_by(rule: RoundRule, state: str, budget: int, *, cast: bool) -> int:
    """How many more votes everybody gets where the budget of a round goes up to `budget`.

    Args:
        cast: whether a ballot was cast that nobody can change any more.

    Raises:
        Refused: `raise_late`, `no_budget`, `raise_cast`, `only_raise`, or `not_whole`.
    """
    if state != "open":
        raise Refused("raise_late")
    if not METHODS[rule.method].purse(rule):
        raise Refused("no_budget")
    if cast:
        raise Refused("raise_cast")
    if whole(budget, 0, MOST_VOTES) <= rule.budget:
        raise Refused("only_raise", budget=rule.budget)
    return budget - rule.budget
