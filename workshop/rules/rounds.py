"""The life of a round (one opening of a vote): open, closed, revealed, perhaps covered again."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import Refused
from workshop.rules.voting import RoundRule

#: Ways of voting that have a ballot page. A file may use any of `voting.METHODS`.
ROOM_METHODS: Final = ("dots", "approval", "score", "ranked", "pairwise", "sweep")

#: From each state of a round, the states it may go to. Closing can be undone until the reveal,
#: which seals the tally. What the room was shown may be covered and shown again, and is then the
#: same; it never opens again, so that nobody votes on what they have seen of the others' votes.
MOVES: Final[dict[str, frozenset[str]]] = {
    "open": frozenset({"closed"}),
    "closed": frozenset({"open", "revealed"}),
    "revealed": frozenset({"covered"}),
    "covered": frozenset({"revealed"}),
}
ROWS_ON_SCREEN: Final = 6
"""Rows on one view of the projector: a back row reads no more."""

SEALED: Final = frozenset({"revealed", "covered"})
"""The states of a round whose counts the room has been shown."""


def rule_of(method: str, budget: int, cap: int, *, quadratic: bool = False) -> RoundRule:
    """The rule of a room's round.

    The budget of an approval round is the most ideas one may pick, and that of a ranking the most
    one may rank; 0 sets no limit.
    """
    return RoundRule(
        method,
        budget=budget,
        cap=cap,
        quadratic=quadratic and method == "dots",
        maximum=budget or None if method == "approval" else None,
        places=budget or None if method == "ranked" else None,
    )


def move(state: str, to: str) -> str:
    """Return `to` where a round in `state` may go there.

    Raises:
        Refused: `round_sealed` where it would open after its reveal, else `round_move`.
    """
    if to not in MOVES[state]:
        raise Refused("round_sealed" if to == "open" and state in SEALED else "round_move")
    return to


def still_to_come(standings: int) -> int:
    """How many places stay covered after the first press of a reveal that goes last place first."""
    return max(0, min(standings, ROWS_ON_SCREEN) - 1)


def takes_marks(state: str) -> None:
    """Raise `Refused("round_closed")` unless a round in `state` takes marks."""
    if state != "open":
        raise Refused("round_closed")


def as_asked(asked: str, method: str) -> None:
    """Raise where a page asked for marks of another kind than the round takes now.

    A place in a ranking is no score: what a page asked before the rule changed is not counted as
    an answer to something else. A sender that does not say what it asked is taken at its word.

    Raises:
        Refused: `rule_changed`.
    """
    if asked and asked != method:
        raise Refused("rule_changed")


def shows_counts(state: str) -> bool:
    """Whether anybody may be shown the counts of a round in `state`."""
    return state == "revealed"
