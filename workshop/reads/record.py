"""A sealed round as files that anybody can count again, and the seals that the room was shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workshop.reads.voting import result
from workshop.rules.ledger import spoken
from workshop.rules.refusals import Refused
from workshop.rules.voting.shown import shown_splits
from workshop.storage.models import Line, Round
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Seal:
    """The head of the ledger after a line, as it can be read off a wall and compared later."""

    head: str

    @property
    def words(self) -> str:
        """Four plain words."""
        return spoken(self.head)

    @property
    def short(self) -> str:
        """The first letters of the head itself."""
        return self.head[:12]


HEADS: Final = Prepared(
    lambda _: (
        select(Line.kind, Line.head)
        .where(Line.round_id == bindparam("round"), Line.kind != "ballot")
        .order_by(Line.number)
    )
)


def seals(db: Session, round_id: int) -> Mapping[str, Seal]:
    """The seals of a round: "opened" from its first moment, "sealed" once it is counted."""
    return {row.kind: Seal(row.head) for row in HEADS.all(db, round=round_id)}


def files(db: Session, workshop_id: int, round_id: int) -> dict[str, Any]:
    """The published files of a sealed round by their names, as plain JSON values.

    Raises:
        Refused: `not_found`, or `not_revealed` until the room has seen the counts.
    """
    row = db.get(Round, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refused("not_found")
    tally = _tally(db, row)
    return {"tally.json": tally, "ledger.json": _chain(db, row)}


def _tally(db: Session, row: Round) -> dict[str, Any]:
    card = result(db, row.id)
    if card is None or row.result is None:
        raise Refused("not_revealed")
    found = seals(db, row.id)
    splits = shown_splits([line.by_group for line in card.rows])
    return {
        "format": "longtable tally 1",
        "round": row.id,
        "rule": asdict(card.rule),
        "rule_name": row.result["rule_name"],
        "rule_version": card.rule_version,
        "seed": card.seed,
        "electorate": row.result.get("electorate"),
        "ballots": card.ballots,
        "options": [
            {
                "id": line.idea_id,
                "text": line.text,
                "place": line.place,
                "tied": line.tied,
                "score": line.score,
                "supporters": line.breadth,
                "seen": line.seen,
                "by_group": {name: count and asdict(count) for name, count in split.items()},
            }
            for line, split in zip(card.rows, splits, strict=True)
        ],
        "ledger": {
            "opened": found["opened"].head,
            "head": found["sealed"].head,
            "words": found["sealed"].words,
        },
    }


def _chain(db: Session, row: Round) -> list[dict[str, Any]]:
    """The chain up to the seal of a round. Of other rounds it shows the links alone."""
    last = select(Line.number).where(Line.round_id == row.id, Line.kind == "sealed")
    lines = db.scalars(
        select(Line)
        .where(Line.workshop_id == row.workshop_id, Line.number <= last.scalar_subquery())
        .order_by(Line.number)
    )
    return [_line(line, whole=line.round_id == row.id) for line in lines]


def _line(line: Line, *, whole: bool) -> dict[str, Any]:
    link = {
        "number": line.number,
        "round": line.round_id,
        "kind": line.kind,
        "committed": line.committed,
        "head": line.head,
    }
    return {**link, "content": line.content, "salt": line.salt} if whole else link
