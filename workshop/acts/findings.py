"""What a vote means, brought up to date: read, work out outside a transaction, store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.stage import Change, Stage
from workshop.rules.findings import VERSION, Counted, findings, usual_size
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED
from workshop.rules.voting import Ballot, GroupCount, RoundRule
from workshop.rules.voting.ballots import ballot_of
from workshop.storage.models import Line, Round


def after_reveal(stage: Stage, given: Mapping[str, Any]) -> None:
    """Work out the findings of the round that a command has just revealed, if it has.

    What the seal destroyed must not wait on disk until the next hour's scrub.
    """
    if work_out(stage, given["round_id"], workshop_id=given["workshop_id"]):
        stage.store.scrub()


def catch_up(stage: Stage) -> int:
    """Work out every counted round that has no findings of this version; how many those were."""
    with stage.store.read() as db:
        rows = db.scalars(select(Round).where(Round.state.in_(SEALED)).order_by(Round.id))
        due = [(row.id, row.workshop_id) for row in rows if not _is_current(row)]
    for number, workshop_id in due:
        work_out(stage, number, workshop_id=workshop_id)
    return len(due)


def work_out(stage: Stage, round_id: int, size: int | None = None, *, workshop_id: int) -> bool:
    """Bring the findings of a sealed round up to date; whether there was anything to do.

    Without `size` nothing is done where findings of this version are there already.

    Raises:
        Refused: `not_found`, or `list_size` where a list of `size` ideas would choose nothing.
    """
    with stage.store.read() as db:
        row = db.get(Round, round_id)
        if row is None or row.workshop_id != workshop_id:
            raise Refused("not_found")
        if row.state not in SEALED or (size is None and _is_current(row)):
            return False
        counted, kept = _counted(db, row), row.findings
    most = max(1, len(counted.ideas) - 1)
    if size is not None and not 1 <= size <= most:
        raise Refused("list_size", most=most)
    wanted = size or (kept or {}).get("size") or usual_size(len(counted.ideas))
    made = stage.offload(findings, counted, wanted)
    stage.perform(keep_findings, workshop_id=workshop_id, round_id=round_id, made=made)
    return True


def _is_current(row: Round) -> bool:
    return row.findings is not None and row.findings["version"] == VERSION


def keep_findings(
    db: Session, *, now: int, workshop_id: int, round_id: int, made: dict[str, Any]
) -> Change:
    """Keep what was worked out of a round's ballots, beside its count."""
    room = enter(db, workshop_id)
    row = sealed_round(db, workshop_id, round_id)
    row.findings = made
    return Change(room.id, record(db, room, "round.weighed", now, row.id))


def sealed_round(db: Session, workshop_id: int, round_id: int) -> Round:
    """A round of this workshop whose ballots are counted.

    Raises:
        Refused: `not_found`, or `not_revealed` while nobody has seen its counts.
    """
    row = db.get(Round, round_id, populate_existing=True)
    if row is None or row.workshop_id != workshop_id:
        raise Refused("not_found")
    if row.state not in SEALED:
        raise Refused("not_revealed")
    return row


def _counted(db: Session, row: Round) -> Counted:
    """A round from its stored count and the ballots of the ledger, where nobody has a name."""
    stored: dict[str, Any] = row.result or {}
    standings = stored["standings"]
    return Counted(
        rule=RoundRule(**stored["rule"]),
        seed=stored["seed"],
        ideas=[line["idea"] for line in standings],
        scores={line["idea"]: line["score"] for line in standings},
        counts={
            line["idea"]: {name: GroupCount(**told) for name, told in line["by_group"].items()}
            for line in standings
        },
        ballots=_ballots(db, row.id),
        room=max(stored["ballots"], stored.get("electorate", 0)),
        shown={int(idea): people for idea, people in stored.get("shown", {}).items()},
    )


def _ballots(db: Session, round_id: int) -> list[Ballot]:
    """Every ballot of the ledger, in an order that is the same each time and tells nothing."""
    lines = db.scalars(
        select(Line.content).where(
            Line.round_id == round_id, Line.kind == "ballot", Line.content.is_not(None)
        )
    )
    return [
        ballot_of(number, json.loads(line))
        for number, line in enumerate(sorted(filter(None, lines)))
    ]
