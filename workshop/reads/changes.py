"""What has changed in a room since a sequence: the one source of every live message."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Case, bindparam, case, literal_column, null, or_, select
from sqlalchemy.orm import Session

from workshop.rules.moments import MOMENTS
from workshop.storage.models import Moment, Workshop
from workshop.storage.prepared import Prepared

MOST: Final = 400
"""A page that missed more changes than this, those alike counted once, fetches itself whole."""

FARTHEST: Final = 20_000
"""So does one that missed more lines of history: they would take too long to look through.

In a hall a thousand votes a second are a thousand lines, and still one change."""

SHOWN: Final = [kind for kind, parts in MOMENTS.items() if "card" in parts]
"""Kinds of history that name the post they touch; of the others, which they were is enough."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What an open page has to catch up with.

    Attributes:
        start: the sequence the reader knows.
        end: the sequence the room is at.
        posts: posts that were added or changed.
        parts: what else was touched, in the words of `rules.moments`.
    """

    start: int
    end: int
    posts: frozenset[int]
    parts: frozenset[str]


def _post() -> Case[int | None]:
    """What a line of history names, where it is a post."""
    names_it = or_(*[Moment.kind == literal_column(f"'{kind}'") for kind in SHOWN])
    return case((names_it, Moment.ref), else_=null())


END: Final = Prepared(lambda _: select(Workshop.seq).where(Workshop.id == bindparam("workshop")))
SINCE: Final = Prepared(
    lambda _: (
        select(Moment.kind, _post().label("ref"))
        .where(Moment.workshop_id == bindparam("workshop"))
        .where(Moment.seq > bindparam("after"), Moment.seq <= bindparam("end"))
        .distinct()
    )
)


def sequences(db: Session, workshop_ids: Collection[int]) -> dict[int, int]:
    """The sequence each of these rooms is at."""
    rows = db.execute(select(Workshop.id, Workshop.seq).where(Workshop.id.in_(workshop_ids)))
    return dict(rows.all())


def sequence(db: Session, workshop_id: int) -> int | None:
    """The sequence a room is at; None where there is no such room."""
    found = END.first(db, workshop=workshop_id)
    return found.seq if found else None


def since(db: Session, workshop_id: int, seq: int) -> Changes:
    """What changed in a room after `seq`. A gap too wide to name asks for the whole page."""
    end = sequence(db, workshop_id) or 0
    if not 0 <= seq <= end or end - seq > FARTHEST:
        return Changes(seq, end, frozenset(), frozenset({"page"}))
    rows = SINCE.all(db, workshop=workshop_id, after=seq, end=end)
    if len(rows) > MOST:
        return Changes(seq, end, frozenset(), frozenset({"page"}))
    parts = frozenset(part for kind, _ in rows for part in MOMENTS[kind])
    posts = frozenset(ref for kind, ref in rows if ref is not None and "card" in MOMENTS[kind])
    return Changes(seq, end, posts, parts - {"card"})
