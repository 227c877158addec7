"""Rubbing out what one person said: nothing of it is left in any table, file or export."""

from __future__ import annotations

import io
import zipfile
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.revealed import Revealed, revealed
from tests.story import Person, Story, story
from workshop.acts import care, erasing, posts, questions, running, seats, voting
from workshop.cli.exporting import _workshop
from workshop.formats import care_log
from workshop.formats.exports import EXPORTS
from workshop.formats.flat import flat
from workshop.reads import care as reading
from workshop.reads import identity
from workshop.reads.backlog import backlog
from workshop.reads.ballots import ballot_box
from workshop.reads.told import told_room
from workshop.rules.erasing import RUBBED_OUT
from workshop.rules.receipts import owner_mark, receipt_hash
from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Item, Mark, MarkDevice, Moment, Post, Purse, Seat
from workshop.storage.store import Store

CANARY = "CANARYWORDS"
CODE = "CANA-RYCO-DECA-NARY"
DETAILS = {"affected": CANARY, "often": CANARY, "better": CANARY, "source": CANARY}
IDEA = {"better_for": CANARY, "who_1": CANARY, "does_1": CANARY, "need_time": CANARY}


def _sits(told: Story, code: str = CODE) -> Person:
    change = told.do(seats.take_seat, group="citizen", receipt=code, name=CANARY, language="cy")
    return Person(change.answer["seat"], "citizen", code)


def _says(told: Story, who: Person) -> tuple[int, int]:
    """Everything that a person can leave behind in words; their problem and their idea."""
    told.moves_to("problems")
    problem = told.posts(who, "problem", f"{CANARY} problem", **DETAILS)
    hidden = told.posts(who, "problem", f"{CANARY} hidden")
    told.do(posts.set_state, post_id=hidden, state="hidden", note=CANARY)
    asked = told.posts(who, "problem", f"{CANARY} asked")
    told.do(care.ask_reword, post_id=asked, reason="names", note=CANARY)
    removed = told.posts(who, "problem", f"{CANARY} removed")
    told.do(posts.set_state, post_id=removed, state="removed")
    given = {"seat_id": who.seat, "receipt": who.receipt, "post_id": told.problems[0]}
    told.do(care.report_post, **given, concern="unkind")
    told.moves_to("ideas")
    return problem, told.posts(who, "idea", f"{CANARY} idea", answers_id=problem, **IDEA)


def _erases(told: Story, who: Person) -> None:
    told.do(erasing.rub_out, seat_id=who.seat, receipt=who.receipt)
    told.stage.store.scrub()


def _tables(store: Store) -> str:
    """Every column of every row of every table."""
    with store.engine.connect() as raw:
        return "\n".join(
            f"{name}: {tuple(row)!r}"
            for name, table in Base.metadata.tables.items()
            for row in raw.execute(select(table))
        )


def _files(store: Store) -> bytes:
    """Every byte of the database's file and its log; PostgreSQL keeps its own."""
    path = store.engine.url.database or ""
    if store.engine.dialect.name != "sqlite":
        return b""
    return b"".join(
        Path(f"{path}{end}").read_bytes() for end in ("", "-wal") if Path(f"{path}{end}").exists()
    )


def _exports(told: Story) -> str:
    slug = told.room().slug
    with told.stage.store.read() as db:
        rows = [flat(card) for card in backlog(db, now=told.clock())]
        page = repr(told_room(db, slug, now=told.clock()))
        log = care_log.write(reading.deeds(db, told.workshop)).decode()
    files = [kind.write(rows, str) for kind in EXPORTS.values()]
    files.append(_workshop(Namespace(format=None, slug=slug), told.stage))
    return page + log + "".join(map(_text, files))


def _text(data: bytes) -> str:
    if not data.startswith(b"PK"):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode() for name in packed.namelist())


def test_nothing_of_a_person_is_left_in_any_table_file_or_export(store: Store) -> None:
    told = story(store, people=5, ideas=2, step="ideas")
    who = _sits(told)
    problem, idea = _says(told, who)
    told.moves_to("vote")
    for person in (who, *told.people):
        told.votes(person, idea, 2, device="CANARYDEVICE" if person is who else "phone", number=1)
    told.votes(who, told.ideas[0], 1, device="CANARYDEVICE", number=2)
    told.votes(who, told.ideas[0], 1, device="CANARYTABLET", number=1)
    assert "CANARYDEVICE" in _tables(store)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    room = Revealed(told, told.facilitator, opened.id)
    told.ideas.append(idea)
    item = room.promotes(-1)
    told.do(running.show_screen, screen="spotlight", post_id=idea)
    before = _tables(store) + _exports(told)
    marks = [owner_mark(CODE, row.salt) for row in _rows(store, Post)]
    assert all(one in before for one in (CANARY, receipt_hash(CODE)))
    ballots = _ballots(store, told, opened.id)

    _erases(told, who)

    after = _tables(store) + _exports(told) + _files(store).decode("latin-1")
    for secret in (CANARY, "CANARYDEVICE", "CANARYTABLET", CODE, receipt_hash(CODE)):
        assert secret not in after, secret
    assert not any(mark in after for mark in marks)
    assert _ballots(store, told, opened.id) == ballots, "what the room was shown stays"
    assert told.room().screen == "auto"
    with store.read() as db:
        row = db.get_one(Item, item)
        assert (row.title, row.lineage["idea"]["text"]) == (RUBBED_OUT, "")
        assert row.lineage["problem"]["text"] == ""
        assert row.lineage["idea"]["group"] == "citizen"
        assert db.get_one(Post, problem).state == "withdrawn"
        assert db.get_one(Post, told.problems[0]).reports == 0
        assert db.scalars(select(Moment.kind).order_by(Moment.id.desc())).first() == "words.erased"
        assert db.scalars(select(Moment.ref).order_by(Moment.id.desc())).first() is None


def _rows(store: Store, table: type[Any]) -> list[Any]:
    with store.read() as db:
        return list(db.execute(select(table.__table__)))


def _ballots(store: Store, told: Story, number: int) -> list[dict[str, Any]]:
    with store.read() as db:
        found: list[dict[str, Any]] = ballot_box(db, told.workshop, number).as_json()["ballots"]
    return found


@pytest.mark.parametrize("state", ["open", "closed"])
def test_votes_that_nobody_was_shown_are_taken_back(store: Store, state: str) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    who, idea = told.people[0], told.ideas[1]
    told.votes(who, idea, 3, device="phone", number=1)
    told.votes(told.people[1], idea, 1)
    opened = told.room().last_round
    assert opened is not None
    if state == "closed":
        told.do(voting.move_round, round_id=opened.id, to="closed")
    _erases(told, who)
    with store.read() as db:
        for table in (Mark, Purse, MarkDevice):
            mine = select(func.count()).select_from(table).where(table.seat_id == who.seat)
            assert db.scalar(mine) == 0
        assert db.scalar(select(func.count()).select_from(Mark)) == 1


def test_others_get_their_votes_on_an_erased_idea_back(store: Store) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    told.votes(told.people[1], told.ideas[0], 3)
    _erases(told, told.people[0])
    change = told.votes(told.people[1], told.ideas[1], 1)
    assert change.answer["left"] == change.answer["budget"] - 1


def test_what_others_said_is_left_alone(store: Store) -> None:
    told = story(store, people=3, problems=3, ideas=3, step="ideas")
    with store.read() as db:
        texts = {row.id: row.text for row in db.scalars(select(Post))}
    _erases(told, told.people[0])
    with store.read() as db:
        left = {row.id: row.text for row in db.scalars(select(Post))}
    gone = {number for number, text in left.items() if text != texts[number]}
    assert gone == {told.problems[0], told.ideas[0]}


def test_a_title_in_a_leaders_own_words_stays(store: Store) -> None:
    room = revealed(store)
    item = room.promotes()

    def retitle(db: Any) -> None:  # noqa: ANN401 - a session
        db.get_one(Item, item).title = "Evening clinic by the harbour"

    store.write(retitle)
    _erases(room.told, room.told.people[0])
    with store.read() as db:
        row = db.get_one(Item, item)
        assert (row.title, row.lineage["idea"]["text"]) == ("Evening clinic by the harbour", "")


def test_a_code_that_was_rubbed_out_opens_nothing_and_cannot_be_used_twice(store: Store) -> None:
    told = story(store, people=2, step="problems")
    who = told.people[0]
    change = told.do(erasing.rub_out, seat_id=who.seat, receipt=who.receipt)
    assert change.gone_seats == (who.seat,)
    with store.read() as db:
        assert identity.seat_of_receipt(db, who.receipt) is None
        assert identity.seat(db, told.workshop, who.receipt) is None
        seat = db.get_one(Seat, who.seat)
        assert (seat.name, seat.joined_at) == ("", seat.removed_at)
    for person in (who, Person(who.seat, "citizen", told.people[1].receipt)):
        with pytest.raises(Refused, match="not_found"):
            told.do(erasing.rub_out, seat_id=person.seat, receipt=person.receipt)


def test_a_question_made_of_their_words_loses_them_and_another_does_not(store: Store) -> None:
    told = story(store, people=2, problems=0, ideas=0, step="problems")
    who = _sits(told)
    problem = told.posts(who, "problem", f"{CANARY} waits too long", better=f"{CANARY} less")
    made = {}
    for text in (f"How might we have {CANARY} wait too long less?", "How might we open earlier?"):
        change = told.do(questions.ask_question, text=text, problem_ids=[problem])
        made[text] = change.answer["post"]
    _erases(told, who)
    with store.read() as db:
        texts = [db.get_one(Post, number).text for number in made.values()]
    assert texts == [RUBBED_OUT, "How might we open earlier?"]


def test_somebody_who_was_asked_to_leave_can_still_rub_out_their_words(store: Store) -> None:
    told = story(store, people=2, step="problems")
    who = told.people[0]
    told.do(seats.remove_seat, seat_id=who.seat)
    with store.read() as db:
        assert identity.seat_of_receipt(db, who.receipt) == (told.workshop, who.seat)
    _erases(told, who)
    with store.read() as db:
        assert db.get_one(Post, told.problems[0]).text == ""
