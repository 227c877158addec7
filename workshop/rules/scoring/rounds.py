"""Two private rounds of scoring with talk between: who may score when, and what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from workshop.rules.refusals import N_, Refused


@dataclass(frozen=True, slots=True)
class State:
    """Where the scoring of one item stands.

    Attributes:
        key: a short name for storage.
        label: its name on a page.
        why: one sentence for assessors on what happens now.
        scores: the round that answers go into, or 0 while nobody scores.
        counts: answers up to this round may be seen and counted, 0 for none.
        talks: whether reasons may be given.
        then: the states that may follow, the usual one first.
        refusal: what somebody hears who scores while nobody may, "" where they may.
    """

    key: str
    label: str
    why: str
    scores: int
    counts: int
    talks: bool
    then: tuple[str, ...]
    refusal: str = ""


STATES: Final[dict[str, State]] = {
    state.key: state
    for state in (
        State(
            "alone",
            N_("First round: everybody scores alone"),
            N_("Nobody sees your numbers until the first round is closed. Then you talk."),
            scores=1,
            counts=0,
            talks=False,
            then=("talk",),
        ),
        State(
            "talk",
            N_("Talk: see where you differ, and say why"),
            N_("Read what others think and say why you see it your way. Then you score again."),
            scores=0,
            counts=1,
            talks=True,
            then=("again", "closed"),
            refusal="scoring_talks",
        ),
        State(
            "again",
            N_("Second round: everybody looks at their scores again"),
            N_("Keep your numbers or change them. Nobody sees the new ones until it’s closed."),
            scores=2,
            counts=1,
            talks=True,
            then=("closed",),
        ),
        State(
            "closed",
            N_("Scoring is closed"),
            N_("Both rounds are kept. Where you scored twice, the second counts."),
            scores=0,
            counts=2,
            talks=False,
            then=("again",),
            refusal="scoring_closed",
        ),
    )
}
"""States by key, in the order in which an item goes through them."""

FIRST: Final = "alone"
"""Where every item begins."""

BOTH: Final = 2
"""The last round."""

MOVES: Final[dict[str, str]] = {
    "talk": N_("Close the first round and talk"),
    "again": N_("Open the second round"),
    "closed": N_("Close scoring"),
}
"""What moving an item to a state is called."""


def state_on(kept: str, until: str | None, day: date) -> State:
    """The state on `day`: a private round ends by itself after the day `until`, as in "2026-01-16".

    The first round ends in talk and the second in a closed panel. In the other states nobody waits
    for a day, so `until` says nothing.
    """
    state = STATES[kept]
    if state.scores and until and day > date.fromisoformat(until):
        return STATES[state.then[0]]
    return state


def require_scoring(state: State, sent: int | None) -> int:
    """The round that an answer goes into.

    `sent` is the round that the form was opened in, or None where nobody said. Raises Refused
    `scoring_talks` or `scoring_closed` while nobody scores, `overtaken` where the form is of
    another round.
    """
    if state.refusal:
        raise Refused(state.refusal)
    if sent is not None and sent != state.scores:
        raise Refused("overtaken")
    return state.scores


def require_talk(state: State) -> None:
    """Raise Refused `no_talk_now` unless reasons may be given."""
    if not state.talks:
        raise Refused("no_talk_now")


def require_day(until: str | None, day: date) -> None:
    """Raise Refused `review_ahead` unless `until` is still to come, or none."""
    if until and date.fromisoformat(until) < day:
        raise Refused("review_ahead")
