"""A workshop, its steps, its history, and the commands it has answered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.care import MODES
from workshop.rules.keeping import DEFAULT
from workshop.rules.permissions import EVERYBODY, KEPT
from workshop.rules.phases import PHASES, VIEWS, WORKSHOP_STATES
from workshop.rules.roles import GROUPS
from workshop.storage.models.base import Base, Id, Instant, Key, one_of


class Workshop(Base):
    """One facilitated meeting.

    `seq` is the room's sequence: every act that changes the room raises it by one. A timer is
    running where `timer_ends_at` is set, and paused where `timer_left` (milliseconds) is.
    `keep_days` after its end all words go, and `swept_at` is when they did.
    `facilitator_id` owns the workshop; whoever leads it now is `lead_id`, the owner where it is
    empty. A room with `rehearses_id` is no workshop but a rehearsal of that one: it is in no list,
    and is wiped with everything in it.
    empty. `origin_key` makes the marks of where people sat down, and `venue` is that of where the
    room was opened; both go once its last vote is counted.
    """

    __tablename__ = "workshop"
    __table_args__ = (
        one_of("state", WORKSHOP_STATES),
        one_of("care", MODES),
        CheckConstraint("timer_ends_at IS NULL OR timer_left IS NULL", name="one_timer"),
    )

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(16), unique=True)
    title: Mapped[str] = mapped_column(Text)
    service: Mapped[str] = mapped_column(Text)
    goal: Mapped[str] = mapped_column(Text)
    better_for: Mapped[str] = mapped_column(Text)
    place: Mapped[str] = mapped_column(Text, default="")
    template: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default="upcoming")
    facilitator_id: Mapped[int] = mapped_column(ForeignKey("account.id"), index=True)
    join_code: Mapped[str | None] = mapped_column(String(6), unique=True)
    link_token: Mapped[str] = mapped_column(String(40), unique=True)
    screen_token: Mapped[str] = mapped_column(String(40), unique=True)
    doors_open: Mapped[bool] = mapped_column(default=False)
    locked: Mapped[bool] = mapped_column(default=False)
    screen: Mapped[str] = mapped_column(String(16), default="auto")
    spotlight_id: Mapped[int | None] = mapped_column(Key)
    seq: Mapped[int] = mapped_column(default=0)
    step_position: Mapped[int] = mapped_column(default=0)
    timer_ends_at: Mapped[Instant | None]
    timer_left: Mapped[Instant | None]
    shuffle: Mapped[str] = mapped_column(String(32))
    answer_by: Mapped[str | None] = mapped_column(String(10))
    starts_at: Mapped[Instant | None]
    created_at: Mapped[Instant]
    finished_at: Mapped[Instant | None]
    bright: Mapped[bool] = mapped_column(default=False)
    helper_token: Mapped[str | None] = mapped_column(String(40), unique=True)
    nudged_at: Mapped[Instant | None]
    care: Mapped[str] = mapped_column(String(16), default="off")
    word_list: Mapped[str] = mapped_column(Text, default="")
    keep_days: Mapped[int | None] = mapped_column(default=DEFAULT)
    swept_at: Mapped[Instant | None]
    lead_id: Mapped[int | None] = mapped_column(Key)
    speaker: Mapped[str | None] = mapped_column(String(16))
    speaking_since: Mapped[Instant | None]
    programme_id: Mapped[int | None] = mapped_column(Key, ForeignKey("programme.id"), index=True)
    ask_on: Mapped[str | None] = mapped_column(String(10))
    rehearses_id: Mapped[int | None] = mapped_column(Key, ForeignKey("workshop.id"), index=True)
    origin_key: Mapped[str | None] = mapped_column(String(32))
    venue: Mapped[str | None] = mapped_column(String(16))


class Speaking(Base):
    """How long people of one group have spoken in a room, in milliseconds; nobody in particular."""

    __tablename__ = "speaking"
    __table_args__ = (one_of('"group"', GROUPS),)

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    group: Mapped[str] = mapped_column(String(16), primary_key=True)
    ms: Mapped[Instant]


class Step(Base):
    """One step of a workshop. A vote step carries the rule of its rounds.

    A step without a position was taken out of the plan; it can be put back. `posters` and `voters`
    are the groups that may write and vote here, see `rules.permissions`.
    """

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("workshop_id", "position"),
        one_of("phase", PHASES),
        one_of("posters", KEPT),
        one_of("voters", KEPT),
        one_of("view", VIEWS),
        CheckConstraint("minutes BETWEEN 0 AND 600", name="minutes_sane"),
        CheckConstraint("(phase = 'vote') = (method IS NOT NULL)", name="vote_has_method"),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    position: Mapped[int | None]
    phase: Mapped[str] = mapped_column(String(16))
    question: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int]
    method: Mapped[str | None] = mapped_column(String(16))
    budget: Mapped[int] = mapped_column(default=5)
    cap: Mapped[int] = mapped_column(default=3)
    quadratic: Mapped[bool] = mapped_column(default=False, server_default=false())
    posters: Mapped[str] = mapped_column(String(32), default=EVERYBODY)
    voters: Mapped[str] = mapped_column(String(32), default=EVERYBODY)
    view: Mapped[str] = mapped_column(String(16), default="list")
    secret: Mapped[bool] = mapped_column(default=False, server_default=false())


class Moment(Base):
    """One line of history. It says what happened to what, never which person did it."""

    __tablename__ = "moment"
    __table_args__ = (UniqueConstraint("workshop_id", "seq"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    seq: Mapped[int]
    kind: Mapped[str] = mapped_column(String(32))
    ref: Mapped[int | None] = mapped_column(Key)
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[Instant]


class Command(Base):
    """An answered command, so that sending it again changes nothing and gets the same answer.

    `key` is a keyed hash of who sent it and its id: the table cannot say which person that
    was, nor that two commands came from the same one.
    """

    __tablename__ = "command"
    __table_args__ = (Index("ix_command_at", "at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    body_hash: Mapped[str] = mapped_column(String(64))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshop.id"))
    seq: Mapped[int]
    answer: Mapped[dict[str, Any]]
    at: Mapped[Instant]
