"""The write door: shared commits, lone failures, and answers only once it is on disk."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from workshop.rules.refusals import Refused
from workshop.storage.engines import UnsafeDatabase, make_engine, refuse_network_file_system
from workshop.storage.models import Account
from workshop.storage.store import Store


def _account(db: Session, email: str) -> int:
    row = Account(email=email, name="A", role="leader", password_hash="!", created_at=0)
    db.add(row)
    db.flush()
    return row.id


def _count(store: Store) -> int:
    with store.read() as db:
        return db.scalar(select(func.count()).select_from(Account)) or 0


def test_acts_that_arrive_together_all_take_effect(store: Store) -> None:
    together = threading.Barrier(20)

    def act(number: int) -> None:
        together.wait()
        store.write(lambda db: _account(db, f"{number}@example.org"))

    hands = [threading.Thread(target=act, args=(number,)) for number in range(20)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert _count(store) == 20


def test_one_act_that_fails_does_not_undo_its_neighbours(store: Store) -> None:
    store.write(lambda db: _account(db, "same@example.org"))
    together = threading.Barrier(6)
    wrong: list[BaseException] = []

    def act(email: str) -> None:
        together.wait()
        try:
            store.write(lambda db: _account(db, email))
        except IntegrityError as error:
            wrong.append(error)

    emails = ["same@example.org", "a@e.org", "b@e.org", "c@e.org", "d@e.org", "e@e.org"]
    hands = [threading.Thread(target=act, args=(email,)) for email in emails]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert len(wrong) == 1
    assert _count(store) == 6


def test_a_refused_act_leaves_nothing_behind(store: Store) -> None:
    def act(db: Session) -> None:
        _account(db, "half@example.org")
        raise Refused("not_allowed")

    with pytest.raises(Refused, match="not_allowed"):
        store.write(act)
    assert _count(store) == 0


def test_a_database_that_cannot_be_written_is_a_polite_no_and_recovers(
    sqlite_store: Store,
) -> None:
    def full(db: Session) -> None:
        _account(db, "lost@example.org")
        db.execute(text("SELECT * FROM a_table_that_is_not_there"))

    with pytest.raises(Refused, match="server_busy") as no:
        sqlite_store.write(full)
    assert no.value.again is not None
    sqlite_store.write(lambda db: _account(db, "next@example.org"))
    assert _count(sqlite_store) == 1


def test_sqlite_is_opened_for_full_durability(sqlite_store: Store) -> None:
    with sqlite_store.engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_reader_cannot_change_anything(store: Store) -> None:
    with store.read() as db:
        _account(db, "ghost@example.org")
    assert _count(store) == 0


def test_sqlite_in_memory_is_refused() -> None:
    with pytest.raises(UnsafeDatabase):
        make_engine("sqlite://")


@pytest.mark.parametrize(
    ("kind", "outcome"), [("ext4", "fine"), ("nfs4", "refused"), ("cifs", "refused")]
)
def test_sqlite_on_a_network_file_system_is_refused(
    tmp_path: Path, kind: str, outcome: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/share {tmp_path} {kind} rw 0 0\n")
    if outcome == "fine":
        refuse_network_file_system(tmp_path / "a.sqlite3", mounts)
    else:
        with pytest.raises(UnsafeDatabase):
            refuse_network_file_system(tmp_path / "a.sqlite3", mounts)


def test_what_shares_a_commit_goes_room_by_room(sqlite_store: Store) -> None:
    """Two processes then hold the rooms that they both write in in one order, and never knot."""
    inside, on = threading.Event(), threading.Event()
    went: list[int] = []

    def hold(_db: Session) -> None:
        inside.set()
        assert on.wait(20)

    def comes(room: int) -> None:
        sqlite_store.write(lambda _: went.append(room), room=room)

    hands = [threading.Thread(target=sqlite_store.write, args=(hold,))]
    hands[0].start()
    assert inside.wait(20)
    for room in (3, 1, 2, 1):
        hands.append(threading.Thread(target=comes, args=(room,)))
        hands[-1].start()
    deadline = time.monotonic() + 20
    while len(sqlite_store._queue) < 4:
        assert time.monotonic() < deadline
        time.sleep(0.001)
    on.set()
    for hand in hands:
        hand.join()
    assert went == [1, 1, 2, 3]
