"""Holds a history against what the database keeps: which promises were broken, in sentences.

The numbers in brackets are the invariants: I1 nothing acknowledged is lost, I2 no budget is
exceeded, I3 shown = stored = recounted, I4 what is closed takes nothing, I5 one id has one effect
and one answer, I6 a screen shows what the server would show, I9 no holes, I10 purses = marks.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from tests.faults.history import Answer, Command, History

MOMENT_OF: Final = {
    "idea.post": "post.added",
    "problem.post": "post.added",
    "post.edit": "post.changed",
    "post.withdraw": "post.changed",
    "post.remove": "post.changed",
    "post.hide": "post.changed",
    "post.show": "post.changed",
    "mark.set": "mark.",
    "ballot.done": "ballot.done",
    "step.move": "step.moved",
    "round.move": "round.moved",
    "seat.remove": "seat.left",
}
"""How the line of history begins that each command leaves."""

IDENTITY: Final = frozenset({"removed", "sign_in", "bye"})
"""Refusals of whoever asks, which come before any look at what they ask."""

NEW: Final = ("shown", 1)
"""The state and version of a post that nobody has touched since."""

Row = dict[str, Any]


class Kept:
    """The tables that a history is held against, read past the product."""

    def __init__(self, file: Path) -> None:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            self.posts = {row["id"]: row for row in _rows(db, "SELECT * FROM post")}
            self.marks = _rows(db, "SELECT * FROM mark")
            self.ledger = _rows(db, "SELECT * FROM ledger")
            self.purses = _rows(db, "SELECT * FROM purse")
            self.rounds = _rows(db, "SELECT * FROM round")
            self.moments = _rows(db, "SELECT * FROM moment ORDER BY seq")
            self.steps = _rows(db, "SELECT * FROM step ORDER BY position")
            self.seq = int(_rows(db, "SELECT seq FROM workshop")[0]["seq"])

    @property
    def sealed(self) -> bool:
        """Whether the vote was shown: from then on nobody's marks are anybody's."""
        shown = any(row["state"] in {"revealed", "covered"} for row in self.rounds)
        return shown and not self.marks


def _rows(db: sqlite3.Connection, query: str) -> list[Row]:
    return [dict(row) for row in db.execute(query)]


def check(history: History, kept: Kept) -> list[str]:
    """Every promise that was broken; an empty list is what we hope for."""
    found: list[str] = []
    for look in (_posts, _origins, _marks, _nowhere, _answers, _lines, _late, _removed, _screens):
        found += look(history, kept)
    return found


def _said(history: History, *kinds: str) -> list[Command]:
    return [one for one in history.commands.values() if one.kind in kinds]


def _posts(history: History, kept: Kept) -> Iterator[str]:
    """I1 and I5: every acknowledged post is there once, in its last acknowledged words."""
    for one in _said(history, "idea.post", "problem.post"):
        same = [row for row in kept.posts.values() if row["text"] == one.body["text"]]
        if len(same) > 1:
            yield f"I5: post {one.id} is there {len(same)} times"
        if one.refused and same:
            yield f"I5: post {one.id} was refused and is there"
        if one.yes:
            yield from _post(history, one, kept.posts.get(one.yes.says["post"]))


def _post(history: History, one: Command, row: Row | None) -> Iterator[str]:
    if row is None:
        yield f"I1: acknowledged post {one.id} is lost"
        return
    about = [c for c in history.commands.values() if c.body.get("post_id") == row["id"]]
    ends = [c for c in about if c.kind in {"post.withdraw", "post.remove"} and not c.refused]
    ended = row["state"] in {"withdrawn", "removed"}
    if any(c.yes for c in ends) and not ended:
        yield f"I1: post {row['id']} was acknowledged to be gone and stands as {row['state']}"
    if ended and not ends:
        yield f"I1: acknowledged post {one.id} is gone and nobody took it back"
    edits = [c for c in about if c.kind == "post.edit" and not c.refused]
    last = max((c.yes.seq for c in edits if c.yes), default=0)
    may = {c.body["text"] for c in edits if c.yes is None or c.yes.seq >= last}
    if not last:
        may.add(one.body["text"])
    if row["state"] != "withdrawn" and row["text"] not in may:
        yield f"I1: the words of post {row['id']} are not the last that were acknowledged"


def _origins(history: History, kept: Kept) -> Iterator[str]:
    """I5: nothing stands on the table that nobody asked for."""
    kinds = ("idea.post", "problem.post", "post.edit")
    asked = {one.body["text"] for one in _said(history, *kinds)}
    for row in kept.posts.values():
        if row["text"] not in asked and row["state"] != "withdrawn":
            yield f"I5: nobody asked for the words of post {row['id']}"


def _marks(history: History, kept: Kept) -> Iterator[str]:
    """I1: where a mark was acknowledged, that one or a later one of the same person stands."""
    if kept.sealed:
        return
    stands = {(row["seat_id"], row["idea_id"]): row for row in kept.marks}
    for one in _said(history, "mark.set"):
        if one.yes:
            row = stands.get((one.seat, one.body["idea_id"]))
            if row is None or row["number"] < one.number:
                yield f"I1: acknowledged vote {one.id} of {one.who} is lost"


def _nowhere(history: History, kept: Kept) -> Iterator[str]:
    """I5: every mark that stands is what its person asked for under that very number."""
    asked = {(c.seat, c.body["idea_id"], c.number): c for c in _said(history, "mark.set")}
    for row in kept.marks:
        one = asked.get((row["seat_id"], row["idea_id"], row["number"]))
        name = f"the mark of seat {row['seat_id']} on idea {row['idea_id']}"
        if one is None:
            yield f"I5: {name} was asked for by nobody"
            continue
        post = kept.posts.get(row["idea_id"])
        # What was ever taken off the ballot gave its marks back.
        given_back = row["value"] == 0 and (not post or (post["state"], post["version"]) != NEW)
        if row["value"] != one.body["value"] and not given_back:
            yield f"I1: {name} is {row['value']} and not {one.body['value']}"
        if one.refused:
            yield f"I5: {name} counts although vote {one.id} was refused"


def _answers(history: History, _kept: Kept) -> Iterator[str]:
    """I5: one id, one answer; and once yes, never no."""
    for one in history.commands.values():
        yeses = [answer for answer in one.answers if answer.ok]
        if any((a.seq, a.says) != (yeses[0].seq, yeses[0].says) for a in yeses):
            yield f"I5: {one.kind} {one.id} was answered in different ways"
        for before, after in zip(one.answers, one.answers[1:], strict=False):
            if before.ok and after.final_no and after.code not in IDENTITY:
                yield f"I5: {one.kind} {one.id} was acknowledged and then refused ({after.code})"


def _lines(history: History, kept: Kept) -> Iterator[str]:
    """I1, I5 and I9: each acknowledged command has its own line, and the lines have no holes."""
    if [row["seq"] for row in kept.moments] != list(range(1, kept.seq + 1)):
        yield f"I9: the history is not 1 to {kept.seq} without holes"
    kinds = {row["seq"]: row["kind"] for row in kept.moments}
    taken: Counter[int] = Counter()
    for one in history.commands.values():
        if one.yes is None or one.kind not in MOMENT_OF:
            continue
        late = one.kind == "mark.set" and _came_late(one, one.yes)
        taken[one.yes.seq] += not late
        if not late and not kinds.get(one.yes.seq, "").startswith(MOMENT_OF[one.kind]):
            yield f"I1: {one.kind} {one.id} has no line of history at {one.yes.seq}"
    yield from (f"I5: {n} commands share line {seq}" for seq, n in taken.items() if n > 1)
    votes = sum(kind.startswith("mark.") for kind in kinds.values())
    asked = _said(history, "mark.set")
    if votes > len(asked):
        yield f"I5: {votes} votes took effect and only {len(asked)} were asked for"


def _came_late(one: Command, yes: Answer) -> bool:
    """Whether a vote was told that a later one of the same device stands already."""
    return bool(yes.says.get("late")) or yes.says.get("value") != one.body["value"]


def _late(history: History, _kept: Kept) -> Iterator[str]:
    """I4: nobody who voted after hearing of the close, and before anybody opened, was let in."""
    moves = _said(history, "round.move", "step.move")
    closes = [(c, c.yes.at) for c in moves if c.yes and c.body.get("to") == "closed"]
    opens = [c for c in moves if c.body.get("to") != "closed" and not c.refused]
    for vote in _said(history, "mark.set"):
        for close, heard in closes:
            if vote.yes is None or vote.at <= heard:
                continue
            ends = [(o.at, o.answers[-1].at if o.answers else float("inf")) for o in opens]
            if not any(began <= vote.yes.at and end >= close.at for began, end in ends):
                yield f"I4: vote {vote.id} was accepted after the close {close.id} was heard"
                break


def _removed(history: History, _kept: Kept) -> Iterator[str]:
    """I4: whoever was asked to leave does nothing any more."""
    out = {c.body["seat_id"]: c.yes.at for c in _said(history, "seat.remove") if c.yes}
    for one in history.commands.values():
        if one.yes and one.seat in out and one.at > out[one.seat]:
            yield f"I4: {one.kind} {one.id} was done by somebody who had been removed"


def _screens(history: History, kept: Kept) -> Iterator[str]:
    """I6: what a connected page showed last is what the server shows when asked afresh."""
    for name, view in history.views.items():
        if view.seq != kept.seq:
            yield f"I6: {name} stands at {view.seq} and the room at {kept.seq}"
        for place in view.shown.keys() | view.fresh.keys():
            here, there = view.shown.get(place), view.fresh.get(place)
            if here != there:
                yield f"I6: {name} shows {here!r} at {place} and not {there!r}"
