"""What one participant's phone shows at the step the room is at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from workshop.reads import people, posts, voting
from workshop.reads.exposure import Ordered, in_own_order, on_the_ballot
from workshop.reads.journey import LegCard, legs
from workshop.reads.pairs import PairCard, pair_card
from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard, ThemeCard
from workshop.reads.results import ShownResult, shown_result
from workshop.reads.rooms import RoomCard, StepCard
from workshop.reads.told import is_told
from workshop.reads.voting import Mine
from workshop.rules.phases import PHASES
from workshop.rules.roles import SeatCard
from workshop.rules.voting.counting import places

#: Which kinds of post each phase lays on the table. A pledge is for its author alone.
ON_THE_TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "welcome": ("goal",),
    "journey": ("experience",),
    "problems": ("problem",),
    "themes": ("problem", "question"),
    "ideas": ("problem", "question", "idea"),
    "vote": ("idea",),
}


@dataclass(frozen=True, slots=True)
class PhoneCard:
    """Everything the step's page needs beside the room itself.

    Attributes:
        problems: newest first.
        questions: what the facilitator made of them, newest first.
        own: what this person wrote of the kinds that the step takes; beside their moments, the
            problems that were made of them.
        legs: the parts of the journey, at its step.
        mine: their own ballot at a vote, None where nobody votes.
        took_part: whether they have posted or voted at this step, or are not asked to.
        result: the latest revealed vote, at the steps that speak of one.
        pair: what a vote on pairs asks them now.
        cast: whether their secret ballot is in; never what was on it.
        asked: for how many of their posts this person is asked for other words.
        order: the ideas in their order, and whether it is kept; those that the facilitator asks
            people to look at.
    """

    heads: Headcount
    goals: tuple[PostCard, ...]
    problems: tuple[PostCard, ...]
    questions: tuple[PostCard, ...]
    order: Ordered
    own: tuple[PostCard, ...]
    themes: tuple[ThemeCard, ...]
    legs: tuple[LegCard, ...]
    moments: tuple[PostCard, ...]
    mine: Mine | None
    result: ShownResult | None
    took_part: bool
    asked: int
    cast: bool = False
    pair: PairCard | None = None

    @property
    def ideas(self) -> tuple[PostCard, ...]:
        """The ideas in this person's own order, which has nothing to do with when they came."""
        return self.order.ideas

    @property
    def raised(self) -> frozenset[int]:
        """Their moments of which a problem was made."""
        return frozenset(one.answers_id for one in self.own if one.answers_id is not None)

    @property
    def ranking(self) -> tuple[tuple[str, PostCard], ...]:
        """One's own ranked ideas, best first, each with its place; "2=" where two share one."""
        marks = self.mine.marks if self.mine else {}
        scores = {idea.id: -marks[idea.id] for idea in self.ideas if marks.get(idea.id)}
        found = places(scores)
        ranked = sorted(
            (idea for idea in self.ideas if idea.id in found), key=lambda i: found[i.id]
        )
        return tuple((_place(*found[idea.id]), idea) for idea in ranked)


def _place(place: int, shared: bool) -> str:  # noqa: FBT001 - as `places` tells it
    return f"{place}=" if shared else str(place)


def phone_card(db: Session, room: RoomCard, seat: SeatCard) -> PhoneCard:
    """Read what the holder of `seat` sees now."""
    phase = PHASES[room.step.phase]
    own, mine = _own(db, room, seat, phase.accepts), _mine(db, room, seat)
    board = posts.board(db, room.id, laid_out(room.step))
    opened = room.step.round
    ordered = _ordered(db, _of(board, "idea"), room, seat)
    pair = pair_card(db, room, seat.id, ordered.ideas)
    cast = bool(opened and opened.secret and voting.has_cast(db, opened.id, seat.id))
    return PhoneCard(
        heads=people.headcount(db, room.id, room.counted_step),
        goals=_of(board, "goal"),
        problems=_of(board, "problem"),
        questions=_of(board, "question"),
        order=ordered,
        own=own,
        themes=posts.themes(db, room.id) if _has_themes(room.step) else (),
        legs=legs(db, room.id) if phase.key == "journey" else (),
        moments=_of(board, "experience"),
        mine=mine,
        result=_result(db, room),
        took_part=bool(
            seat.group not in room.counted_step.takes_part
            or cast
            or (pair and pair.answered)
            or (mine and (mine.marks or mine.done))
            or any(post.step_id == room.counted_step.id for post in own)
        ),
        asked=posts.asked(db, room.id, seat.receipt),
        cast=cast,
        pair=pair,
    )


def laid_out(step: StepCard) -> tuple[str, ...]:
    """The kinds of post that the step's view lays on the table."""
    kinds = ON_THE_TABLE.get(step.phase, ())
    if step.view == "own":
        return tuple(kind for kind in kinds if kind not in PHASES[step.phase].accepts)
    return kinds


def _has_themes(step: StepCard) -> bool:
    return step.phase in {"themes", "ideas"} or step.view == "themes"


def _ordered(db: Session, ideas: tuple[PostCard, ...], room: RoomCard, seat: SeatCard) -> Ordered:
    if PHASES[room.step.phase].votes:
        return on_the_ballot(db, ideas, room, seat)
    return in_own_order(ideas, room, seat)


def _of(board: tuple[PostCard, ...], kind: str) -> tuple[PostCard, ...]:
    return tuple(post for post in board if post.kind == kind)


def _own(
    db: Session, room: RoomCard, seat: SeatCard, kinds: frozenset[str]
) -> tuple[PostCard, ...]:
    if not kinds:
        return ()
    if "experience" in kinds:
        kinds |= {"problem"}
    mine = posts.own(db, room.id, seat.receipt)
    return tuple(post for post in mine if post.kind in kinds and post.state != "removed")


def _mine(db: Session, room: RoomCard, seat: SeatCard) -> Mine | None:
    opened = room.step.round
    return voting.mine(db, opened.id, seat.id) if opened else None


def _result(db: Session, room: RoomCard) -> ShownResult | None:
    if room.step.phase not in {"vote", "results", "next"}:
        return None
    voted = [step for step in room.steps[: room.position + 1] if step.round]
    return shown_result(db, voted[-1]) if voted else None


@dataclass(frozen=True, slots=True)
class Totals:
    """What a whole workshop came to; `told` is whether it has a public page by now."""

    people: int
    problems: int
    ideas: int
    told: bool


def totals(db: Session, room: RoomCard) -> Totals:
    """Count the people, the problems and the ideas of a workshop."""
    board = posts.board(db, room.id, ("problem", "idea"))
    heads = people.headcount(db, room.id, room.step)
    return Totals(
        people=heads.people,
        problems=len(_of(board, "problem")),
        ideas=len(_of(board, "idea")),
        told=is_told(db, room.id),
    )
