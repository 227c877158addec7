"""Taking back the last thing that was sorted: a move, a merge, a theme that was gathered.

The room's history says what was done and what stood before, so anybody who runs the room can undo
it, from any device, and once more for what was done before that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from workshop.acts.merging import bring_out, put_in
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules.moments import UNDOABLE, UNDONE, still_done
from workshop.rules.refusals import Refused
from workshop.storage.models import Moment, Post, SetAside, Theme, Workshop

LOOKS_BACK: Final = 5_000
"""How many lines of history are looked through: what lies further back is no last thing."""


def undo(db: Session, *, now: int, workshop_id: int) -> Change:
    """Undo the last sorting that still stands.

    Raises:
        Refused: `nothing_to_undo`, or `undo_too_late` where posts have gone or were counted since.
    """
    room = enter(db, workshop_id)
    lines = db.scalars(
        select(Moment)
        .where(Moment.workshop_id == room.id, Moment.kind.in_({*UNDOABLE, UNDONE}))
        .where(Moment.seq > room.seq - LOOKS_BACK)
        .order_by(Moment.seq.desc())
    ).all()
    last = still_done((line.seq, line.kind, line.note) for line in lines)
    if last is None:
        raise Refused("nothing_to_undo")
    line = next(line for line in lines if line.seq == last)
    BACKWARDS[line.kind](db, room, line)
    seq = record(db, room, UNDONE, now, line.ref, note=str(line.seq))
    return Change(room.id, seq, {"kind": line.kind, "post": line.ref})


def _pairs(note: str) -> list[tuple[int, int | None]]:
    """The pairs of numbers in a line's note, such as "12:3 13:"."""
    cut = [pair.partition(":") for pair in note.split()]
    return [(int(post), int(other) if other else None) for post, _, other in cut]


def _post(db: Session, number: int | None, *states: str) -> Post:
    post = db.get(Post, number, populate_existing=True) if number else None
    if post is None or post.state not in states:
        raise Refused("undo_too_late")
    return post


def _unmove(db: Session, _room: Workshop, line: Moment) -> None:
    _back_under(db, line.ref, int(line.note) if line.note else None)


def _back_under(db: Session, number: int | None, theme_id: int | None) -> None:
    post = db.get(Post, number, populate_existing=True) if number else None
    if post is None or post.state in {"removed", "withdrawn"}:
        raise Refused("undo_too_late")
    if theme_id is not None and db.get(Theme, theme_id, populate_existing=True) is None:
        raise Refused("undo_too_late")
    post.theme_id = theme_id
    post.version += 1


def _unmerge(db: Session, room: Workshop, line: Moment) -> None:
    post = _post(db, line.ref, "merged")
    if str(post.merged_id) != line.note:
        raise Refused("undo_too_late")
    _if_not_sealed(bring_out, db, room, post)


def _merge_again(db: Session, room: Workshop, line: Moment) -> None:
    for number, host in _pairs(line.note):
        inside = _post(db, host, "shown", "merged")
        _if_not_sealed(put_in, db, room, _post(db, number, "shown"), inside)


def _if_not_sealed(act: Callable[..., None], *given: object) -> None:
    try:
        act(*given)
    except Refused as no:
        raise Refused("undo_too_late") from no


def _scatter(db: Session, room: Workshop, line: Moment) -> None:
    for number, theme_id in _pairs(line.note):
        _back_under(db, number, theme_id)
    db.flush()
    if line.ref is not None:
        empty = ~select(Post.id).where(Post.theme_id == line.ref).exists()
        gone = delete(Theme).where(Theme.id == line.ref, Theme.workshop_id == room.id, empty)
        db.execute(gone.execution_options(synchronize_session="fetch"))


def _ask_again(db: Session, room: Workshop, line: Moment) -> None:
    db.execute(delete(SetAside).where(SetAside.workshop_id == room.id, SetAside.key == line.note))


BACKWARDS: Final[dict[str, Callable[[Session, Workshop, Moment], None]]] = {
    "post.themed": _unmove,
    "post.merged": _unmerge,
    "post.parted": _merge_again,
    "theme.gathered": _scatter,
    "suggestion.ignored": _ask_again,
}
"""How each of `rules.moments.UNDOABLE` is taken back."""
