"""Paper: sheets are printed with a code each, and what is on them is typed in once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workshop.acts.counting import rule_for
from workshop.acts.exposing import saw_sheet
from workshop.acts.merged_marks import settle
from workshop.acts.posts import post
from workshop.acts.room import enter, record, running, step_now
from workshop.acts.stage import Change
from workshop.rules.paper import CODE_LETTERS, MOST_SHEETS, SHEETS, judge, takes_sheets
from workshop.rules.permissions import may_vote
from workshop.rules.receipts import ALPHABET, receipt_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.rules.voting import METHODS
from workshop.storage.cards import cards_of
from workshop.storage.models import Exposure, Mark, Purse, Round, Seat, Sheet, Step, Workshop


def print_sheets(db: Session, *, now: int, workshop_id: int, kind: str, many: int) -> Change:
    """Make so many sheets of a kind. The answer carries their codes.

    Raises:
        Refused: `sheet_count`, or `no_vote_now` for voting sheets where nobody can vote.
    """
    room = enter(db, workshop_id)
    if kind not in SHEETS:
        raise Refused("unknown_choice")
    if room.state == "finished":
        raise Refused("finished")
    if not 1 <= many <= MOST_SHEETS:
        raise Refused("sheet_count", most=MOST_SHEETS)
    voted = _voted_now(db, room) if kind == "vote" else None
    if voted is not None and not METHODS[voted.method].by_mark:
        raise Refused("pairs_unprinted")
    step = voted.step_id if voted else None
    codes = _fresh_codes(db, room.id, many)
    db.add_all(
        Sheet(workshop_id=room.id, kind=kind, code=code, step_id=step, printed_at=now)
        for code in codes
    )
    return Change(room.id, record(db, room, "sheets.printed", now), {"codes": codes})


def _voted_now(db: Session, room: Workshop) -> Round:
    """The round of the step that the room is at, while it takes sheets."""
    running(room)
    row = db.scalar(select(Round).where(Round.step_id == step_now(db, room).id))
    if row is None:
        raise Refused("no_vote_now")
    takes_sheets(row.state)
    return row


def _fresh_codes(db: Session, workshop_id: int, many: int) -> list[str]:
    taken = set(db.scalars(select(Sheet.code).where(Sheet.workshop_id == workshop_id)))
    codes: list[str] = []
    while len(codes) < many:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
        if code not in taken:
            taken.add(code)
            codes.append(code)
    return codes


def enter_ballot(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    code: str,
    receipt: str,
    group: str,
    marks: Mapping[int, int],
) -> Change:
    """Type in a voting sheet: a seat of its own with a whole ballot, by the rule of the phones.

    Ideas that the sheet names apart and that are one card by now count once, on that card.

    Raises:
        Refused: `sheet_used`, `sheet_late`, `sheet_full`, what a mark is refused for, ...
    """
    room = enter(db, workshop_id)
    sheet = _take(db, room.id, code, "vote", now)
    row = db.scalar(select(Round).where(Round.step_id == sheet.step_id))
    if row is None:
        raise Refused("no_vote_now")
    takes_sheets(row.state)
    may_vote(db.get_one(Step, row.step_id).voters, group)
    rule = rule_for(row)
    used = judge(rule, marks)
    seat = _seat(db, room.id, receipt, group, now)
    cards = _on_the_ballot(db, room.id, marks)
    key = {"round_id": row.id, "seat_id": seat.id}
    db.add(Purse(**key, cap=METHODS[rule.method].purse(rule), used=used, done=True))
    db.flush()
    cost = METHODS[rule.method].cost
    db.add_all(
        Mark(**key, idea_id=idea, value=value, cost=cost(rule, value))
        for idea, value in marks.items()
    )
    db.flush()
    settle(db, room.id, cards)
    saw_sheet(db, row, seat.id, sheet.printed_at)
    return Change(room.id, record(db, room, "sheet.entered", now))


def _on_the_ballot(db: Session, workshop_id: int, marks: Mapping[int, int]) -> list[int]:
    """The cards that these marks count for. A sheet may name ideas that were merged since."""
    cards = cards_of(db, workshop_id)
    if marks.keys() - cards.keys():
        raise Refused("not_found")
    return sorted({cards[idea] for idea in marks})


def take_back_ballot(db: Session, *, now: int, workshop_id: int, code: str, receipt: str) -> Change:
    """Undo a voting sheet that was typed in wrongly, so that it can be typed in again."""
    room = enter(db, workshop_id)
    sheet = _sheet(db, room.id, code)
    row = db.scalar(select(Round).where(Round.step_id == sheet.step_id))
    if sheet.entered_at is None or row is None:
        raise Refused("sheet_unknown")
    takes_sheets(row.state)
    seat = _seat_of(db, room.id, receipt)
    if seat is not None:
        for table in (Mark, Purse, Exposure):
            mine = (table.round_id == row.id, table.seat_id == seat.id)
            db.execute(delete(table).where(*mine))
    sheet.entered_at = None
    return Change(room.id, record(db, room, "sheet.entered", now))


def enter_post(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    code: str,
    receipt: str,
    kind: str,
    group: str,
    text: str,
    better_for: str = "",
) -> Change:
    """Type in a problem or an idea that somebody wrote on paper, at whatever step the room is."""
    room = enter(db, workshop_id)
    running(room)
    _take(db, room.id, code, kind, now)
    seat = _seat(db, room.id, receipt, group, now)
    return post(
        db,
        now=now,
        workshop_id=room.id,
        seat_id=seat.id,
        receipt=receipt,
        kind=kind,
        text=text,
        on_paper=True,
        better_for=better_for,
    )


def _take(db: Session, workshop_id: int, code: str, kind: str, now: int) -> Sheet:
    """The sheet, taken in one guarded statement: who comes second finds it used."""
    sheet = _sheet(db, workshop_id, code)
    if sheet.kind != kind:
        raise Refused("sheet_unknown")
    fresh = update(Sheet).where(Sheet.id == sheet.id, Sheet.entered_at.is_(None))
    if not db.scalar(fresh.values(entered_at=now).returning(Sheet.id)):
        raise Refused("sheet_used")
    return sheet


def _sheet(db: Session, workshop_id: int, code: str) -> Sheet:
    found = db.scalar(
        select(Sheet)
        .where(Sheet.workshop_id == workshop_id, Sheet.code == code)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise Refused("sheet_unknown")
    return found


def _seat(db: Session, workshop_id: int, receipt: str, group: str, now: int) -> Seat:
    """The seat of a sheet, made when it is first typed in."""
    if group not in VOICES:
        raise Refused("unknown_choice")
    seat = _seat_of(db, workshop_id, receipt)
    if seat is None:
        seat = Seat(
            workshop_id=workshop_id,
            receipt_hash=receipt_hash(receipt),
            channel="paper",
            joined_at=now,
        )
        db.add(seat)
    seat.group = group
    db.flush()
    return seat


def _seat_of(db: Session, workshop_id: int, receipt: str) -> Seat | None:
    return db.scalar(
        select(Seat).where(
            Seat.workshop_id == workshop_id, Seat.receipt_hash == receipt_hash(receipt)
        )
    )
