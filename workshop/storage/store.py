"""The one write door, and the reading room beside it.

Many people vote in the same second. Their acts queue at the door; whoever comes first takes the
whole queue through in one transaction: each act in a savepoint of its own that fails alone, one
commit, one wait for the disk, and only then does anybody hear back. Nothing yields inside.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.orm import Session, sessionmaker

from workshop import metrics
from workshop.rules.refusals import Refused
from workshop.storage.engines import BUSY_MS, make_engine
from workshop.storage.prepared import OPEN, Prepared

T = TypeVar("T")

GATHER_SECONDS: Final = 0.002
"""How long the first act at an empty door waits for company."""

SCRUB_MS: Final = 1_000
"""How long the log of an erased database waits for readers before it is emptied."""

BUSY: Final = 3
"""How many times as long where the last one had company: a commit costs more than a vote."""

BATCH: Final = 200
"""The most acts that share one commit."""

TRIES: Final = 5
"""How often a batch is begun again after a deadlock between processes."""


SAVE: Final = Prepared(lambda _: text("SAVEPOINT act"))
UNDO: Final = Prepared(lambda _: text("ROLLBACK TO SAVEPOINT act"))
KEEP: Final = Prepared(lambda _: text("RELEASE SAVEPOINT act"))


class _Job(Generic[T]):
    """One act waiting at the door, and what came of it."""

    def __init__(self, act: Callable[[Session], T], *, plain: bool, room: int) -> None:
        self.act = act
        self.room = room
        self._savepoint = _plain_savepoint if plain else Session.begin_nested
        self.turn = threading.Event()
        self.done = False
        self.value: T | None = None
        self.error: BaseException | None = None

    def run(self, db: Session) -> None:
        """Do the act in a savepoint; keep its value, or the error that undid it alone."""
        self.error = None
        try:
            with self._savepoint(db):
                self.value = self.act(db)
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever one act raises is that caller's alone
            self.error = error

    def outcome(self) -> T:
        """The act's value; raises what the act raised."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]  # a job without an error has its value


class Store:
    """A database, its write door and its readers."""

    def __init__(self, url: str, *, gather: float = GATHER_SECONDS) -> None:
        """Open the database at `url`.

        Raises:
            UnsafeDatabase: where SQLite would sit on a network file system.
        """
        self.engine = make_engine(url)
        self._writers = sessionmaker(
            self.engine.execution_options(writing=True), expire_on_commit=False
        )
        self._readers = sessionmaker(self.engine, expire_on_commit=False)
        self._gather = gather
        self._queue: deque[_Job[Any]] = deque()
        self._door = threading.Lock()
        self._led = False
        self._company = False

    def write(self, act: Callable[[Session], T], *, plain: bool = False, room: int = 0) -> T:
        """Do `act` in a transaction and return its value once that is safely on disk.

        A `plain` act uses prepared statements only and leaves the session's objects alone, so
        that its savepoint can be the database's own; the session's costs more than a vote.
        `room` is the workshop it writes in, where it does: what shares a commit goes by it.

        Raises whatever the act raised (its own changes undone, its neighbours' kept), or
        `Refused("server_busy")` where the database could not be written.
        """
        job: _Job[T] = _Job(act, plain=plain, room=room)
        with self._door:
            self._queue.append(job)
            leads = not self._led
            self._led = True
        if not leads:
            job.turn.wait()
        if not job.done:
            if leads and self._gather:
                time.sleep(self._gather * (BUSY if self._company else 1))
            self._take_through()
        return job.outcome()

    def _take_through(self) -> None:
        """Commit the waiting acts together, tell their callers, and hand on the lead."""
        with self._door:
            batch = [self._queue.popleft() for _ in range(min(BATCH, len(self._queue)))]
        self._company = len(batch) > 1
        # Processes that hold rooms in different orders wait for each other until PostgreSQL breaks
        # the knot, a second later.
        batch.sort(key=lambda job: job.room)
        try:
            self._commit(batch)
        except BaseException as error:
            for job in batch:
                job.error = error
            raise
        finally:
            for job in batch:
                job.done = True
                job.turn.set()
            with self._door:
                if self._queue:
                    self._queue[0].turn.set()
                else:
                    self._led = False

    def _commit(self, batch: list[_Job[Any]]) -> None:
        for attempt in range(TRIES):
            started = time.perf_counter()
            try:
                with self._writers() as db, db.begin():
                    db.info[OPEN] = db.connection()
                    for job in batch:
                        job.run(db)
            except DBAPIError as error:
                metrics.database_error(error)
                if attempt + 1 < TRIES and _deadlock(error):
                    continue
                self._separate(batch, error)
            else:
                metrics.committed(len(batch), time.perf_counter() - started)
            return

    def _separate(self, batch: list[_Job[Any]], error: DBAPIError) -> None:
        """After a failed commit, try each act alone, so that one cannot fail its neighbours."""
        if len(batch) > 1:
            for job in batch:
                self._commit([job])
            return
        busy = Refused("server_busy", again=1.0)
        busy.__cause__ = error
        batch[0].error = busy

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and keeps no changes.

        Raises `Refused("server_busy")` where PostgreSQL is away for a moment.
        """
        try:
            with self._readers() as db:
                db.info[OPEN] = db.connection()
                try:
                    yield db
                finally:
                    db.rollback()
        except (OperationalError, InterfaceError, NoneFree) as error:
            if self.engine.dialect.name == "sqlite":
                # Its file does not go away: whatever this is, it has to be seen.
                raise
            metrics.database_error(error)
            raise Refused("server_busy", again=1.0) from error

    def scrub(self) -> None:
        """Have nothing on disk of what was erased, beside the rows that now say nothing.

        SQLite overwrites erased words in its file (`secure_delete`), but its write-ahead log keeps
        them until it is folded in: this folds it in and empties it. Somebody who reads meanwhile is
        waited for a second, and the next scrub does it. PostgreSQL clears up by itself.
        """
        if self.engine.dialect.name != "sqlite":
            return
        raw = self.engine.raw_connection()
        try:
            ask = raw.cursor()
            for pragma in (
                f"busy_timeout={SCRUB_MS}",
                "wal_checkpoint(TRUNCATE)",
                f"busy_timeout={BUSY_MS}",
            ):
                ask.execute(f"PRAGMA {pragma}").fetchall()
        finally:
            raw.close()

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def _plain_savepoint(db: Session) -> Iterator[None]:
    """A savepoint that the session does not hear of."""
    SAVE.run(db)
    try:
        yield
    except BaseException:
        UNDO.run(db)
        KEEP.run(db)
        raise
    KEEP.run(db)


def _deadlock(error: DBAPIError) -> bool:
    """Whether PostgreSQL broke a deadlock or a serialisation conflict, so trying again helps."""
    return getattr(error.orig, "sqlstate", None) in {"40001", "40P01"}
