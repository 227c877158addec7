"""Where acts are performed: one transaction each, answered once, told to the room afterwards."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from workshop.rules.refusals import Refused
from workshop.storage.models import Base, Command
from workshop.storage.prepared import Prepared
from workshop.storage.store import Store

COMMAND: Final = Base.metadata.tables["command"]

FIND: Final = Prepared(
    lambda _: select(Command.body_hash, Command.workshop_id, Command.seq, Command.answer).where(
        Command.key == bindparam("key")
    )
)
KEEP: Final = Prepared(
    lambda _: COMMAND.insert().values({one.key: bindparam(one.key) for one in COMMAND.c})
)

Clock = Callable[[], int]
"""The server's time in milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an act changed.

    Attributes:
        workshop_id: the room to tell, or None where no room is concerned.
        seq: the room's sequence after the act.
        answer: what the caller is told, as plain JSON values.
        gone_seats: seats whose every connection must be closed now.
        gone_accounts: accounts whose every connection must be closed now.
        gone_hosts: (workshop, account) where only the connections to that room must be.
        also: other rooms that the act has changed.
        gone_room: a room that is not there any more, and whose every connection must be closed.
    """

    workshop_id: int | None = None
    seq: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    gone_seats: tuple[int, ...] = ()
    gone_accounts: tuple[int, ...] = ()
    gone_hosts: tuple[tuple[int, int], ...] = ()
    also: tuple[int, ...] = ()
    gone_room: int | None = None


class Herald(Protocol):
    """Who carries news of a committed change to the open pages."""

    def changed(self, workshop_id: int) -> None:
        """Something in this workshop changed: its pages will want to know."""

    def seat_gone(self, seat_id: int) -> None:
        """This person has left: close all their connections."""

    def account_gone(self, account_id: int) -> None:
        """This account was signed out: close all its connections."""

    def host_gone(self, workshop_id: int, account_id: int) -> None:
        """This account no longer runs this workshop: close its connections there."""

    def room_gone(self, workshop_id: int) -> None:
        """This room was wiped: close all its connections."""


class Silence:
    """A herald for places without open pages: seeding, the command line, tests."""

    def changed(self, workshop_id: int) -> None:
        """Tell nobody."""

    def seat_gone(self, seat_id: int) -> None:
        """Tell nobody."""

    def account_gone(self, account_id: int) -> None:
        """Tell nobody."""

    def host_gone(self, workshop_id: int, account_id: int) -> None:
        """Tell nobody."""

    def room_gone(self, workshop_id: int) -> None:
        """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Once:
    """What makes a command count once: a secret of its sender, its id and what it says."""

    secret: str
    command_id: str
    kind: str
    body: dict[str, Any]

    def _sign(self, text: str) -> str:
        return hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()

    @property
    def key(self) -> str:
        """The stored key. It says neither who sent the command nor what else they sent."""
        return self._sign(f"command:{self.command_id}")

    @property
    def body_hash(self) -> str:
        """A keyed hash of what the command says."""
        return self._sign(self.kind + json.dumps(self.body, sort_keys=True, ensure_ascii=False))


def at_once(act: Callable[..., Any], *values: Any) -> Any:  # noqa: ANN401 - whatever the act returns
    """Run slow work here and now: for places where it holds up nobody else."""
    return act(*values)


class Stage:
    """Performs acts on a store, with a clock, and tells the herald after each commit.

    `offload(function, *values)` runs slow work, never inside a transaction, where it holds up
    nobody. `made` keeps what such work came to, for as long as this process lives, by what it is
    and whose.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        herald: Herald | None = None,
        offload: Callable[..., Any] = at_once,
    ) -> None:
        self.store = store
        self.clock = clock
        self.herald: Herald = herald or Silence()
        self.offload = offload
        self.made: dict[tuple[str, int], Any] = {}

    def perform(
        self,
        act: Callable[..., Change],
        *,
        once: Once | None = None,
        plain: bool = False,
        **given: Any,
    ) -> Change:
        """Perform `act(db, now=..., **given)` in one transaction.

        With `once`, a command that was answered before changes nothing and gets the same answer.
        `plain` is for acts that never touch the session's objects; see `Store.write`.

        Raises:
            Refused: what the act refused, or `same_id_other_body`.
        """
        now = self.clock()

        def work(db: Session) -> Change:
            if once and (answered := _answered(db, once)):
                return answered
            change = act(db, now=now, **given)
            if once:
                _keep(db, once, change, now)
            return change

        change = self.store.write(work, plain=plain, room=given.get("workshop_id") or 0)
        self._announce(change)
        return change

    def _announce(self, change: Change) -> None:
        """Tell the herald what was committed."""
        if change.workshop_id is not None:
            self.herald.changed(change.workshop_id)
        for workshop_id in change.also:
            self.herald.changed(workshop_id)
        for seat_id in change.gone_seats:
            self.herald.seat_gone(seat_id)
        for account_id in change.gone_accounts:
            self.herald.account_gone(account_id)
        for host in change.gone_hosts:
            self.herald.host_gone(*host)
        if change.gone_room is not None:
            self.herald.room_gone(change.gone_room)


def _keep(db: Session, once: Once, change: Change, now: int) -> None:
    """Store the answer in the transaction of its effect."""
    KEEP.run(
        db,
        key=once.key,
        body_hash=once.body_hash,
        workshop_id=change.workshop_id,
        seq=change.seq,
        answer=change.answer,
        at=now,
    )


def _answered(db: Session, once: Once) -> Change | None:
    stored = FIND.first(db, key=once.key)
    if stored is None:
        return None
    if not hmac.compare_digest(stored.body_hash, once.body_hash):
        raise Refused("same_id_other_body")
    return Change(stored.workshop_id, stored.seq, stored.answer)
