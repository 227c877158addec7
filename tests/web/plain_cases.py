"""Where each command stands as a plain form, and what somebody types into it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True)
class Case:
    """Where the form of a command stands, and what somebody types into it.

    Attributes:
        step: the phase at which its page carries it.
        typed: words for its visible fields.
        wanted: fields and values by which one form is told from others of the same command.
    """

    step: str
    typed: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)


CASES: Final[dict[str, Case]] = {
    "goal.post": Case("welcome", {"text": "To keep my job"}),
    "problem.post": Case(
        "problems", {"text": "The post is late", "often": "Weekly", "evidence": "told"}
    ),
    "problem.join": Case("problems", {"text": "For us as well", "often": "Daily"}),
    "idea.post": Case(
        "ideas",
        {"text": "Open at six", "better_for": "Shift workers", "who_1": "Us", "need_kit": "Keys"},
    ),
    "experience.post": Case("journey", {"text": "Nobody told me."}),
    "experience.raise": Case("journey"),
    "experience.pick": Case("journey"),
    "pledge.answer": Case("next", {"outcome": "partly", "helped": "My sister drove me."}),
    "pledge.ask": Case("next", {"day": "2026-12-24"}),
    "pledge.post": Case("next", {"text": "Ring my mother"}),
    "comment.post": Case("ideas", {"text": "Who pays for it?", "stance": "concern"}),
    "post.edit": Case("problems", {"text": "Other words", "affected": "All"}),
    "post.withdraw": Case("problems"),
    "post.report": Case("problems", {"concern": "names"}),
    "mark.set": Case("vote", {"value": "1"}),
    "ballot.cast": Case("secret", {"values[]": "1"}),
    "ballot.done": Case("vote"),
    "hand.raise": Case("problems"),
    "hand.lower": Case("problems"),
    "voice.speak": Case("problems", {"group": "staff"}),
    "room.nudge": Case("problems"),
    "pair.answer": Case("pairs"),
    "pair.undo": Case("pairs"),
    "ideas.seen": Case("vote"),
    "ideas.first": Case("vote"),
    "budget.raise": Case("vote", {"budget": "9"}),
    "round.uncover": Case("results"),
    "screen.bright": Case("problems"),
    "step.move": Case("problems", wanted={"position": "2"}),
    "timer.set": Case("problems", wanted={"action": "add"}),
    "room.lock": Case("problems"),
    "room.doors": Case("problems"),
    "screen.show": Case("problems", wanted={"screen": "join"}),
    "post.hide": Case("problems"),
    "post.show": Case("problems"),
    "post.remove": Case("problems"),
    "post.reword": Case("problems", {"reason": "names", "note": "Leave her out."}),
    "post.theme": Case("themes", {"theme_id": "1"}),
    "post.merge": Case("problems"),
    "post.part": Case("problems"),
    "post.part_all": Case("problems"),
    "sorting.undo": Case("problems"),
    "theme.gather": Case("problems", {"title": "Buses"}),
    "suggestion.ignore": Case("problems"),
    "theme.add": Case("themes", {"title": "Waiting"}),
    "theme.rename": Case("themes", {"title": "Getting there"}),
    "theme.remove": Case("themes"),
    "round.move": Case("vote"),
    "seat.remove": Case("problems", {"reason": "mistake"}),
}
"""One line for each command; `test_no_command_is_left_out` keeps it whole."""

ABSOLUTE: Final = frozenset(
    {
        "experience.raise",
        "pledge.answer",
        "mark.set",
        "ballot.done",
        "ideas.seen",
        "pair.answer",
        "pair.undo",
        "post.edit",
        "post.withdraw",
        "hand.raise",
    }
)
"""Commands that say what shall be, so that their forms need no id to be harmless twice."""

CHANCE: Final = frozenset({"salt", "owner", "committed", "head", "key", "command"})
"""Columns that are drawn, or follow from what is, and so differ whenever they are written again."""

DOOR: Final = frozenset({"device", "number"})
"""Columns of a mark that say by which door it came."""

ORDER: Final = "ballot_order"
"""A table that a page fills when it is first looked at."""

LOOKS: Final = "exposure"
"""A table that a script fills by itself, and a plain form with whatever it sends."""

NOTES_PAGE: Final = frozenset({"mark.set", "ballot.done"})
"""Commands whose plain form says that everything on its page was seen."""

HISTORY: Final = frozenset({"moment", "seq", "version"})
"""A table and two columns that tell that something was done, not what stands."""
