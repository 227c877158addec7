"""Rubbing out everything that one person said, and every copy of it.

What goes: words, salts and owner marks of their posts, copies in the backlog, reports they made,
their name, their code, their email address, votes that nobody has been shown. What stays: counts
that the room was shown, which lead to nobody any more, and one line in the history that says that
words went.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from workshop.acts import details as answers
from workshop.acts.carrying import copies_of, tell_copies
from workshop.acts.hearing import forget_follower
from workshop.acts.just_do import forget_changes, own_changes
from workshop.acts.merging import stand_alone
from workshop.acts.offers import Giver, forget_offers, own_offers
from workshop.acts.room import enter, record
from workshop.acts.stage import Change
from workshop.rules import cards
from workshop.rules.erasing import QUESTION_SHARE, RUBBED_OUT, echoes, without
from workshop.rules.receipts import owner_mark, receipt_hash, report_mark
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED
from workshop.storage.models import (
    BallotOrder,
    Contribution,
    Exposure,
    Item,
    Mark,
    MarkDevice,
    Need,
    Pair,
    Post,
    Purse,
    QuestionSource,
    Report,
    Round,
    Seat,
    Workshop,
)


def rub_out(db: Session, *, now: int, workshop_id: int, seat_id: int, receipt: str) -> Change:
    """Erase everything that the holder of `receipt` said in this room, and their seat with it.

    Raises:
        Refused: `not_found` where the receipt is not this seat's.
    """
    room = enter(db, workshop_id)
    seat = db.get(Seat, seat_id, populate_existing=True)
    if seat is None or seat.workshop_id != room.id:
        raise Refused("not_found")
    if not hmac.compare_digest(seat.receipt_hash, receipt_hash(receipt)):
        raise Refused("not_found")
    posts = _posts(db, room)
    forget_follower(db, room.id, receipt)
    own = Giver(seat_id=seat.id, receipt=receipt, guest_id=0)
    forget_offers(db, own_offers(db, room.id, own))
    forget_changes(db, own_changes(db, room.id, own))
    copies = erase_posts(db, room, [row for row in posts if _is_mine(row, receipt)])
    _take_reports_back(db, posts, receipt)
    _withdraw_votes(db, room, seat)
    forget_seats(db, room, [seat])
    also = tell_copies(db, copies, now)
    seq = record(db, room, "words.erased", now)
    return Change(room.id, seq, gone_seats=(seat_id,), also=also)


def _posts(db: Session, room: Workshop) -> Sequence[Post]:
    return db.scalars(
        select(Post).where(Post.workshop_id == room.id).execution_options(populate_existing=True)
    ).all()


def _is_mine(row: Post, receipt: str) -> bool:
    return hmac.compare_digest(row.owner, owner_mark(receipt, row.salt))


def erase_posts(
    db: Session, room: Workshop, rows: Sequence[Post], *, titles: bool = True
) -> Sequence[Post]:
    """Take the words and the owner's mark off posts and off every copy that was made of them.

    Ideas that were carried into other workshops are such copies; they are returned.

    Args:
        titles: whether the titles of backlog items go as well where they are the idea's words.
    """
    copies = copies_of(db, rows)
    said = {row.id: cards.everything(row) for row in (*rows, *copies)}
    _reword_questions(db, said)
    for row in (*rows, *copies):
        if row.state in {"shown", "merged"} or row.inside:
            stand_alone(db, row)
        if room.spotlight_id == row.id:
            room.screen, room.spotlight_id = "auto", None
        row.state, row.held_for, row.reason, row.note = "withdrawn", "", "", ""
        row.salt = row.owner = ""
        answers.blank(db, row)
        row.version += 1
    for item in db.scalars(select(Item).execution_options(populate_existing=True)):
        if titles and item.idea_id in said and echoes(item.title, said[item.idea_id]):
            item.title = RUBBED_OUT
        if item.idea_id in said:
            _reword_needs(db, item)
        copy = without(item.lineage, said)
        if copy != item.lineage:
            item.lineage = copy
    return copies


def _reword_needs(db: Session, item: Item) -> None:
    """What an item needs stays, without the words of the idea's author."""
    for need in db.scalars(select(Need).where(Need.item_id == item.id, Need.from_idea)):
        need.text, need.from_idea = RUBBED_OUT, False


def _reword_questions(db: Session, said: Mapping[int, Sequence[str]]) -> None:
    """A question is the facilitator's, unless many words of it are a problem's behind it."""
    made_of = select(QuestionSource).where(QuestionSource.problem_id.in_(said))
    for source in db.scalars(made_of).all():
        question = db.get_one(Post, source.question_id, populate_existing=True)
        own = echoes(question.text, said[source.problem_id], QUESTION_SHARE)
        if own and source.question_id not in said:
            question.text = RUBBED_OUT
            question.version += 1


def _take_reports_back(db: Session, posts: Sequence[Post], receipt: str) -> None:
    """A report is known by its mark alone, which is looked for beside every post of the room."""
    marks = {report_mark(receipt, row.id): row for row in posts}
    for report in db.scalars(select(Report).where(Report.mark.in_(marks))).all():
        marks[report.mark].reports -= 1
        db.delete(report)


def _withdraw_votes(db: Session, room: Workshop, seat: Seat) -> None:
    """Take back votes in rounds whose counts nobody was shown; a sealed count stays what it was."""
    open_yet = select(Round.id).where(Round.workshop_id == room.id, Round.state.not_in(SEALED))
    for table in (MarkDevice, Mark, Purse, Pair, Exposure, BallotOrder):
        db.execute(
            delete(table)
            .where(table.seat_id == seat.id, table.round_id.in_(open_yet))
            .execution_options(synchronize_session=False)
        )


def forget_seats(db: Session, room: Workshop, seats: Sequence[Seat]) -> None:
    """Leave nothing at a seat that leads to a person: code, name, devices, times, taking part."""
    numbers = [seat.id for seat in seats]
    for table in (MarkDevice, Contribution):
        db.execute(
            delete(table)
            .where(table.seat_id.in_(numbers))
            .execution_options(synchronize_session=False)
        )
    db.execute(
        update(Mark)
        .where(Mark.seat_id.in_(numbers))
        .values(device="", number=0)
        .execution_options(synchronize_session=False)
    )
    for seat in seats:
        seat.name, seat.language, seat.hand_at = "", "en", None
        # The schema asks for a hash of its own at every seat; this one is of nothing.
        seat.receipt_hash = secrets.token_hex(32)
        seat.joined_at = seat.removed_at = room.created_at
        seat.epoch = 0
        seat.origin = seat.device = None
