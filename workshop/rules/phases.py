"""The steps a workshop goes through, and what each lets people do. A phase is one row here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_, Refused


@dataclass(frozen=True, slots=True)
class Phase:
    """One kind of step.

    Attributes:
        key: the name stored with a step and used for its template.
        label: what people read.
        accepts: kinds of post that people may add during this step.
        votes: whether a round of voting belongs to this step.
        talks: whether people may talk about an idea during this step.
        question: the instruction a new step starts with.
        doing: what the room has done, after "29 of 34 have ...".
        views: how phones may show what others wrote, as keys of `VIEWS`; a new step has the first.
    """

    key: str
    label: str
    question: str
    doing: str
    accepts: frozenset[str] = frozenset()
    votes: bool = False
    talks: bool = False
    views: tuple[str, ...] = ("list",)


#: How phones show what others write at a step.
VIEWS: Final[dict[str, str]] = {
    "list": N_("One list, the newest first"),
    "themes": N_("Gathered under themes"),
    "own": N_("Only what each person wrote"),
}

PHASES: Final[dict[str, Phase]] = {
    row.key: row
    for row in (
        Phase(
            "welcome",
            N_("Welcome"),
            N_("What would make this service better for you?"),
            N_("said hello"),
            frozenset({"goal"}),
            views=("list", "own"),
        ),
        Phase(
            "journey",
            N_("Moments"),
            N_("What happened to you, and how did it feel?"),
            N_("placed a moment"),
            frozenset({"experience"}),
        ),
        Phase(
            "problems",
            N_("Problems"),
            N_("Think of the last time. What got in the way?"),
            N_("posted a problem"),
            frozenset({"problem"}),
            views=("list", "themes", "own"),
        ),
        Phase(
            "themes",
            N_("Themes"),
            N_("Look up for a moment. We’re sorting the problems together."),
            N_("posted a problem"),
            frozenset({"problem"}),
            views=("themes", "list"),
        ),
        Phase(
            "ideas",
            N_("Ideas"),
            N_("What could we try? Pick a problem and answer it."),
            N_("added an idea"),
            frozenset({"idea"}),
            views=("list", "themes", "own"),
            talks=True,
        ),
        Phase(
            "vote",
            N_("Vote"),
            N_("Which ideas should we try first?"),
            N_("voted"),
            votes=True,
            talks=True,
        ),
        Phase("results", N_("Results"), N_("Here is what the room chose."), N_("voted")),
        Phase(
            "next",
            N_("Next steps"),
            N_("What will you take home and do?"),
            N_("made a promise"),
            frozenset({"pledge"}),
        ),
    )
}

WORKSHOP_STATES: Final[tuple[str, ...]] = ("upcoming", "running", "finished")

#: What may become of a post. A held one waits for a facilitator's look, and only its author sees it
#: beside them. A withdrawn post is taken back by its author, and its words go. A merged one stands
#: inside another card, from which it can be taken out again as it was.
POST_STATES: Final[tuple[str, ...]] = (
    *("shown", "held", "hidden", "removed", "withdrawn"),
    "merged",
)

#: Kinds of post, and the field of `wording.LIMITS` that bounds each.
#: A question is a "how might we" that the facilitator made of problems; a comment is about an idea;
#: an experience is one moment of the service that somebody lived through (pages say "moment").
KINDS: Final[tuple[str, ...]] = (
    "goal",
    "problem",
    "idea",
    "pledge",
    "question",
    "comment",
    "experience",
)


def may_post(kind: str, phase: str, *, locked: bool) -> None:
    """Say whether a post of `kind` is welcome while the room is at `phase`, from anybody at all.

    Raises:
        Refused: `step_closed` where the step takes no such post, `locked` where the
            facilitator has paused the room.
    """
    welcome = PHASES[phase].talks if kind == "comment" else kind in PHASES[phase].accepts
    if not welcome:
        raise Refused("step_closed")
    if locked:
        raise Refused("locked")
