"""The kinds of history a room has, and which parts of an open page each one touches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

#: Parts: "card" (the post it names), "page" (everything), "clock", "here" (who sat down),
#: "meter" (who has taken part in this step), "done" (who is done voting), "pledges" (how many),
#: "screen" (the projector alone), "hands" (whose hand is up), "nudge" (a word to the quiet),
#: "queue" (what waits for the facilitator's look), "speaking" (which group speaks now),
#: "suggestions" (what the facilitator is asked about), "sorted" (where cards stand). A mark after a
#: person's first touches nothing that others see.
MOMENTS: Final[dict[str, frozenset[str]]] = {
    "workshop.made": frozenset({"page"}),
    "workshop.changed": frozenset({"page"}),
    "workshop.started": frozenset({"page"}),
    "workshop.finished": frozenset({"page"}),
    "seat.taken": frozenset({"here", "meter"}),
    "seat.changed": frozenset({"here", "meter"}),
    "seat.left": frozenset({"here", "meter"}),
    "seat.kept": frozenset(),
    "helpers.set": frozenset(),
    "sheets.printed": frozenset(),
    "sheet.entered": frozenset({"done"}),
    "hands.counted": frozenset(),
    "step.moved": frozenset({"page"}),
    "timer.set": frozenset({"clock"}),
    "room.locked": frozenset({"page"}),
    "room.doors": frozenset({"page"}),
    "screen.shown": frozenset({"screen"}),
    "hosts.changed": frozenset({"page"}),
    "link.made": frozenset(),
    "link.used": frozenset(),
    "room.nudged": frozenset({"nudge"}),
    "voice.moved": frozenset({"speaking"}),
    "hand.moved": frozenset({"hands"}),
    "post.added": frozenset({"card", "meter"}),
    "post.changed": frozenset({"card"}),
    "post.joined": frozenset({"card"}),
    "post.reported": frozenset({"queue"}),
    "words.let_go": frozenset({"page", "screen"}),
    "words.erased": frozenset({"page", "screen"}),
    "care.changed": frozenset({"page"}),
    "comment.added": frozenset({"card"}),
    "question.added": frozenset({"card"}),
    "ideas.carried": frozenset({"page"}),
    "vote.imported": frozenset({"page"}),
    "backlog.imported": frozenset({"page"}),
    "programme.changed": frozenset(),
    "pledges.asked": frozenset({"page"}),
    "pledge.answered": frozenset({"pledges"}),
    "pledge.added": frozenset({"meter", "pledges"}),
    "theme.changed": frozenset({"page"}),
    "post.themed": frozenset({"card", "sorted"}),
    "post.merged": frozenset({"card", "sorted"}),
    "post.parted": frozenset({"page"}),
    "theme.gathered": frozenset({"page"}),
    "suggestion.ignored": frozenset({"suggestions"}),
    "sorting.undone": frozenset({"page"}),
    "mark.first": frozenset({"meter"}),
    "mark.set": frozenset(),
    "ballot.done": frozenset({"meter", "done"}),
    "round.moved": frozenset({"page"}),
    "ideas.topped": frozenset({"page"}),
    "budget.raised": frozenset({"page"}),
    "round.uncovered": frozenset({"screen"}),
    "round.weighed": frozenset({"screen"}),
    "idea.verdict": frozenset(),
    "pattern.decided": frozenset(),
    "item.promoted": frozenset({"page"}),
    "item.changed": frozenset(),
    "assessor.added": frozenset(),
    "scoring.moved": frozenset(),
    "reason.given": frozenset(),
    "guest.added": frozenset(),
    "offer.changed": frozenset(),
    "change.made": frozenset(),
    "change.told": frozenset(),
    "change.stopped": frozenset(),
}

ROOM: Final = frozenset({"page", "clock", "screen", "nudge", "speaking"})
"""Parts whose change is a change of the room itself; after any other it stands as it was read."""

ONLINE: Final = frozenset({"online"})
"""The part that has no history: who is connected now."""

UNDOABLE: Final = frozenset(
    {"post.themed", "post.merged", "post.parted", "theme.gathered", "suggestion.ignored"}
)
"""Kinds of history that sort the board, and can be taken back the last one first."""

UNDONE: Final = "sorting.undone"
"""The line that takes one of those back; its note is the sequence of that line."""


def still_done(lines: Iterable[tuple[int, str, str]]) -> int | None:
    """The sequence of the last sorting that was not undone.

    Args:
        lines: sequence, kind and note of the lines that sort or undo, the newest first.
    """
    undone: set[int] = set()
    for seq, kind, note in lines:
        if kind == UNDONE:
            undone.add(int(note))
        elif seq not in undone:
            return seq
    return None
