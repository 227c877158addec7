"""Addresses and letters in both databases: kept, claimed by one, put off, given up, rubbed out."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests.acts.test_erasing import _exports, _tables
from tests.revealed import Revealed, revealed
from workshop.acts import decisions, erasing, hearing, keeping, running
from workshop.reads import hearing as reading
from workshop.reads.hearing import Asking, News
from workshop.rules.hearing import BACK_OFF_MS, LEASE_MS, QUIET_MS, stop_token
from workshop.rules.keeping import DAY_MS
from workshop.rules.refusals import Refused
from workshop.storage.models import Follower
from workshop.storage.store import Store

KEY = "k" * 40
CANARY = "canary-address@example.org"


class Asked:
    """A room whose first idea's author left an address, and a leader who answered it."""

    def __init__(self, room: Revealed) -> None:
        self.room, self.told, self.stage = room, room.told, room.told.stage
        self.author = room.told.people[0]
        self.item = room.promotes()
        self.leaves()
        given = {"answer": "yes", "reason": "It helps.", "account_id": room.leader}
        room.do(decisions.decide, item_id=self.item, **given)

    def leaves(self, address: str = CANARY) -> None:
        self.told.do(
            hearing.leave_address,
            receipt=self.author.receipt,
            address=address,
            language="cy",
            secret_key=KEY,
        )

    def row(self) -> Follower:
        with self.stage.store.read() as db:
            found = db.scalars(select(Follower)).one()
            db.expunge(found)
            return found

    def news(self, key: str = KEY) -> tuple[Asking, dict[str, Any] | None, tuple[int, int]]:
        with self.stage.store.read() as db:
            (who,) = reading.asking(db)
            news = News(db, self.told.workshop, self.told.clock())
            return who, news.for_one(who, key), news.newest

    def writes(self) -> bool:
        self.told.clock.now += QUIET_MS
        who, letter, seen = self.news()
        assert letter is not None
        given: dict[str, Any] = {
            "follower_id": who.id,
            "was": who.seen,
            "seen": seen,
            "letter": letter,
        }
        return bool(self.stage.perform(hearing.write_letter, **given).answer["written"])

    def claims(self, due_at: int) -> bool:
        number = self.row().id
        change = self.stage.perform(hearing.claim_letter, follower_id=number, due_at=due_at)
        return bool(change.answer["claimed"])

    def due(self) -> int:
        found = self.row().due_at
        assert found is not None
        return found


@pytest.fixture
def asked(store: Store) -> Asked:
    return Asked(revealed(store))


def test_an_answer_waits_a_while_and_is_known_by_the_right_key_alone(asked: Asked) -> None:
    assert asked.news()[1] is None, "it is too early"
    asked.told.clock.now += QUIET_MS
    _, letter, _ = asked.news()
    assert letter is not None
    assert letter["items"] == {str(asked.item): [["decided", "yes"]]}
    _, other, _ = asked.news("K" * 40)
    assert other is not None
    assert other["items"] == {}


def test_a_letter_is_written_once_and_claimed_once(asked: Asked) -> None:
    asked.told.clock.now += QUIET_MS
    who, letter, seen = asked.news()
    given: dict[str, Any] = {"follower_id": who.id, "was": who.seen, "seen": seen, "letter": letter}
    written = [asked.stage.perform(hearing.write_letter, **given).answer for _ in range(2)]
    assert [one["written"] for one in written] == [True, False]
    due = asked.due()
    assert [asked.claims(due) for _ in range(2)] == [True, False]
    assert not asked.claims(asked.due()), "it is out for a while"
    asked.told.clock.now += LEASE_MS
    assert not asked.claims(due), "whoever read it before the other took it is too late"
    assert asked.claims(asked.due()), "whoever had it died"


def test_a_letter_that_left_is_gone_and_the_same_is_not_told_again(asked: Asked) -> None:
    assert asked.writes()
    with asked.stage.store.read() as db:
        (letter,) = reading.due(db, asked.told.clock())
        assert reading.waiting(db) == 1
    assert (letter.address, letter.language, list(letter.titles)) == (CANARY, "cy", [asked.item])
    asked.claims(letter.due_at)
    asked.stage.perform(hearing.letter_sent, follower_id=letter.id)
    row = asked.row()
    assert (row.letter, row.due_at, row.tries) == (None, None, 0)
    asked.told.clock.now += 2 * DAY_MS
    _, again, _ = asked.news()
    assert again is not None
    assert again["items"] == {}


def test_failures_put_it_off_further_each_time_until_it_is_given_up(asked: Asked) -> None:
    asked.writes()
    number = asked.row().id
    for tries, wait in enumerate(BACK_OFF_MS, 1):
        assert asked.claims(asked.due())
        given: dict[str, Any] = {"follower_id": number, "tries": tries}
        assert not asked.stage.perform(hearing.letter_failed, **given).answer["given_up"]
        assert asked.due() == asked.told.clock() + wait
        asked.told.clock.now += wait
    asked.claims(asked.due())
    last: dict[str, Any] = {"follower_id": number, "tries": len(BACK_OFF_MS) + 1}
    assert asked.stage.perform(hearing.letter_failed, **last).answer["given_up"]
    assert asked.row().due_at is None


def test_a_link_takes_back_its_own_address_and_no_other(asked: Asked) -> None:
    row = asked.row()
    right = stop_token(KEY, row.id, row.salt)
    for token in (stop_token("K" * 40, row.id, row.salt), f"9{right}", right[:-1], "", "²", "1.²."):
        with pytest.raises(Refused):
            asked.stage.perform(hearing.stop_letters, token=token, secret_key=KEY)
    for gone in ((row.id, "0" * 32), (row.id + 1, row.salt)):
        asked.stage.perform(hearing.stop_letters, token=stop_token(KEY, *gone), secret_key=KEY)
    assert CANARY in _tables(asked.stage.store), "links of addresses that are gone"
    asked.stage.perform(hearing.stop_letters, token=right, secret_key=KEY)
    assert CANARY not in _tables(asked.stage.store)


@pytest.mark.parametrize("way", ["taken back", "rubbed out", "let go"])
def test_nothing_of_an_address_is_left_in_any_table_or_export(asked: Asked, way: str) -> None:
    asked.writes()
    assert CANARY in _tables(asked.stage.store)
    assert "canary-address" not in _exports(asked.told)
    mine = {"receipt": asked.author.receipt}
    if way == "taken back":
        asked.told.do(hearing.take_address_back, **mine)
    elif way == "rubbed out":
        asked.told.do(erasing.rub_out, seat_id=asked.author.seat, **mine)
    else:
        asked.told.do(running.finish)
        asked.told.clock.now += 366 * DAY_MS
        assert keeping.sweep(asked.stage) == 1
        with pytest.raises(Refused):
            asked.leaves()
    asked.stage.store.scrub()
    assert "canary-address" not in _tables(asked.stage.store)
