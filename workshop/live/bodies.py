"""What each command may carry: one shape for each, its fields named as the act names them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.live.cards import (
    Comment,
    EditPost,
    JoinProblem,
    PlaceMoment,
    PostIdea,
    PostProblem,
)
from workshop.live.cast import (
    AnswerPair,
    CastBallot,
    Done,
    FirstIdeas,
    Ideas,
    PairBack,
    RaiseBudget,
    SetMark,
)
from workshop.live.pledge_bodies import AnswerPledge, AskPledges
from workshop.live.sorting_bodies import (
    AddTheme,
    Alike,
    GatherTheme,
    MergePost,
    RemoveTheme,
    RenameTheme,
    ThemePost,
)


@dataclass(frozen=True, slots=True)
class Say:
    """A goal or a pledge."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class OnePost:
    """A post by its number."""

    post_id: int


@dataclass(frozen=True, slots=True)
class JudgePost:
    """A post, and what its author is told about why: a key of `care.REASONS`, and a note."""

    post_id: int
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReportPost:
    """A post that the facilitator should look at, and a key of `care.CONCERNS`."""

    post_id: int
    concern: str


@dataclass(frozen=True, slots=True)
class RaiseHand:
    """Whether one's hand is up."""

    is_raised: bool


@dataclass(frozen=True, slots=True)
class LowerHands:
    """Whose hand comes down; everybody's where nobody is named."""

    seat_id: int | None = None


@dataclass(frozen=True, slots=True)
class Speaker:
    """The group that somebody speaks from now; empty where nobody speaks."""

    group: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """A command that needs no more words."""


@dataclass(frozen=True, slots=True)
class MoveStep:
    """The position of the step to go to, counted from 0."""

    position: int


@dataclass(frozen=True, slots=True)
class SetTimer:
    """What to do with the timer."""

    action: str
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Lock:
    """Whether posting is paused."""

    locked: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """Whether new people may come in."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class ShowScreen:
    """What the projector shows."""

    screen: str
    post_id: int | None = None


@dataclass(frozen=True, slots=True)
class MoveRound:
    """A round and the state it goes to."""

    round_id: int
    to: str


@dataclass(frozen=True, slots=True)
class UncoverRound:
    """A round whose next place is shown, or all that are left."""

    round_id: int
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Bright:
    """Whether the room's screen is light."""

    bright: bool


@dataclass(frozen=True, slots=True)
class RemoveSeat:
    """A seat by its number, and a key of `care.LEAVING`."""

    seat_id: int
    reason: str = ""


BODIES: Final[dict[str, type]] = {
    "goal.post": Say,
    "problem.post": PostProblem,
    "problem.join": JoinProblem,
    "idea.post": PostIdea,
    "pledge.post": Say,
    "comment.post": Comment,
    "experience.post": PlaceMoment,
    "experience.raise": OnePost,
    "experience.pick": OnePost,
    "pledge.answer": AnswerPledge,
    "pledge.ask": AskPledges,
    "post.edit": EditPost,
    "post.withdraw": OnePost,
    "mark.set": SetMark,
    "ballot.cast": CastBallot,
    "pair.answer": AnswerPair,
    "pair.undo": PairBack,
    "ideas.seen": Ideas,
    "ideas.first": FirstIdeas,
    "ballot.done": Done,
    "hand.raise": RaiseHand,
    "hand.lower": LowerHands,
    "voice.speak": Speaker,
    "room.nudge": Nothing,
    "step.move": MoveStep,
    "timer.set": SetTimer,
    "room.lock": Lock,
    "room.doors": Doors,
    "screen.show": ShowScreen,
    "post.report": ReportPost,
    "post.hide": JudgePost,
    "post.show": OnePost,
    "post.remove": JudgePost,
    "post.reword": JudgePost,
    "post.theme": ThemePost,
    "post.merge": MergePost,
    "post.part": OnePost,
    "post.part_all": OnePost,
    "sorting.undo": Nothing,
    "theme.gather": GatherTheme,
    "suggestion.ignore": Alike,
    "theme.add": AddTheme,
    "theme.rename": RenameTheme,
    "theme.remove": RemoveTheme,
    "round.move": MoveRound,
    "budget.raise": RaiseBudget,
    "round.uncover": UncoverRound,
    "screen.bright": Bright,
    "seat.remove": RemoveSeat,
}
