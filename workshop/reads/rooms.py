"""A workshop as its pages see it: what it is about, its steps, and where the room is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from workshop.storage.models import Account, Round, Step, Workshop


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One opening of a vote, without any count."""

    id: int
    step_id: int
    method: str
    budget: int
    cap: int
    state: str
    seed: int


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of a workshop; `round` is there once its vote was opened."""

    id: int
    position: int
    phase: str
    question: str
    minutes: int
    method: str | None
    budget: int
    cap: int
    round: RoundCard | None


@dataclass(frozen=True, slots=True)
class RoomCard:
    """A workshop and where it is now. Times are milliseconds since 1970 by the server."""

    id: int
    slug: str
    title: str
    service: str
    goal: str
    better_for: str
    place: str
    template: str
    state: str
    facilitator_id: int
    facilitator: str
    join_code: str | None
    link_token: str
    screen_token: str
    doors_open: bool
    locked: bool
    screen: str
    spotlight_id: int | None
    seq: int
    position: int
    timer_ends_at: int | None
    timer_left: int | None
    shuffle: str
    answer_by: str | None
    starts_at: int | None
    finished_at: int | None
    steps: tuple[StepCard, ...]

    @property
    def step(self) -> StepCard:
        """The step the room is at."""
        return self.steps[self.position]

    @property
    def next_step(self) -> StepCard | None:
        """The step after this one, or None at the last."""
        return self.steps[self.position + 1] if self.position + 1 < len(self.steps) else None

    @property
    def previous_step(self) -> StepCard | None:
        """The step before this one, or None at the first."""
        return self.steps[self.position - 1] if self.position else None

    @property
    def counted_step(self) -> StepCard:
        """The step whose taking part is told: at the results, the vote that they come from."""
        wanted = {"results": "vote", "themes": "problems"}.get(self.step.phase, self.step.phase)
        for step in reversed(self.steps[: self.position + 1]):
            if step.phase == wanted:
                return step
        return self.step

    @property
    def last_round(self) -> RoundCard | None:
        """The latest round opened at this step or before it."""
        for step in reversed(self.steps[: self.position + 1]):
            if step.round:
                return step.round
        return None


@dataclass(frozen=True, slots=True)
class RoomKey:
    """The little that decides who may enter a workshop; cheap enough to read on every event."""

    id: int
    slug: str
    facilitator_id: int
    screen_token: str


def key(db: Session, workshop_id: int) -> RoomKey | None:
    """What decides who may enter this workshop."""
    found = db.execute(
        select(Workshop.id, Workshop.slug, Workshop.facilitator_id, Workshop.screen_token).where(
            Workshop.id == workshop_id
        )
    ).first()
    return RoomKey(*found) if found else None


def by_slug(db: Session, slug: str) -> RoomCard | None:
    """The workshop with this name in addresses."""
    return _one(db, Workshop.slug == slug)


def by_id(db: Session, workshop_id: int) -> RoomCard | None:
    """The workshop with this number."""
    return _one(db, Workshop.id == workshop_id)


def by_code(db: Session, code: str) -> RoomCard | None:
    """The workshop that this six-digit code opens."""
    return _one(db, Workshop.join_code == code)


def by_link(db: Session, token: str) -> RoomCard | None:
    """The workshop that this join link opens."""
    return _one(db, Workshop.link_token == token)


def by_screen(db: Session, token: str) -> RoomCard | None:
    """The workshop whose projector link this is."""
    return _one(db, Workshop.screen_token == token)


def hosted_by(db: Session, account_id: int, *, everyone: bool = False) -> tuple[RoomCard, ...]:
    """The workshops a facilitator runs (or all of them), newest first."""
    query = select(Workshop, Account.name).join(Account, Account.id == Workshop.facilitator_id)
    if not everyone:
        query = query.where(Workshop.facilitator_id == account_id)
    rows = db.execute(query.order_by(Workshop.created_at.desc(), Workshop.id.desc())).all()
    return tuple(_card(db, row, name) for row, name in rows)


def all_rooms(db: Session, states: Sequence[str]) -> tuple[RoomCard, ...]:
    """Every workshop in one of `states`, newest first."""
    rows = db.execute(
        select(Workshop, Account.name)
        .join(Account, Account.id == Workshop.facilitator_id)
        .where(Workshop.state.in_(states))
        .order_by(Workshop.created_at.desc(), Workshop.id.desc())
    ).all()
    return tuple(_card(db, row, name) for row, name in rows)


def _one(db: Session, where: ColumnElement[bool]) -> RoomCard | None:
    found = db.execute(
        select(Workshop, Account.name)
        .join(Account, Account.id == Workshop.facilitator_id)
        .where(where)
    ).first()
    return _card(db, found[0], found[1]) if found else None


#: Columns whose card field has another name.
RENAMED = {"step_position": "position"}
SHARED = tuple(
    column.key
    for column in Workshop.__table__.columns
    if RENAMED.get(column.key, column.key) in {field.name for field in fields(RoomCard)}
)


def _card(db: Session, row: Workshop, facilitator: str) -> RoomCard:
    rounds = {
        found.step_id: found
        for found in db.scalars(select(Round).where(Round.workshop_id == row.id))
    }
    steps = db.scalars(select(Step).where(Step.workshop_id == row.id).order_by(Step.position))
    return RoomCard(
        **{RENAMED.get(name, name): getattr(row, name) for name in SHARED},
        facilitator=facilitator,
        steps=tuple(_step(step, rounds.get(step.id)) for step in steps),
    )


def _step(row: Step, opened: Round | None) -> StepCard:
    return StepCard(
        row.id,
        row.position,
        row.phase,
        row.question,
        row.minutes,
        row.method,
        row.budget,
        row.cap,
        _round(opened) if opened else None,
    )


def _round(row: Round) -> RoundCard:
    return RoundCard(row.id, row.step_id, row.method, row.budget, row.cap, row.state, row.seed)
