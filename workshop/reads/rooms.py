"""A workshop as its pages see it: what it is about, its steps, and where the room is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import Select, bindparam, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from workshop.rules.permissions import named
from workshop.rules.phases import PHASES
from workshop.storage.models import Account, Host, Round, Step, Workshop
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class RoundCard:
    """One opening of a vote, without counts. `under`: places covered; `raised`: votes added."""

    id: int
    step_id: int
    method: str
    budget: int
    cap: int
    quadratic: bool
    secret: bool
    state: str
    seed: int
    under: int
    raised: int

    @property
    def is_told(self) -> bool:
        """Whether everybody may read the counts: they are shown, and no place is covered."""
        return self.state == "revealed" and not self.under


@dataclass(frozen=True, slots=True)
class StepCard:
    """One step of a workshop; `round` is there once its vote was opened.

    `posters` and `voters` are who may write and vote, in the form of `rules.permissions`.
    """

    id: int
    position: int
    phase: str
    question: str
    minutes: int
    method: str | None
    budget: int
    cap: int
    quadratic: bool
    secret: bool
    posters: str
    voters: str
    view: str
    round: RoundCard | None

    @property
    def takes_part(self) -> tuple[str, ...]:
        """The groups that this step asks for something."""
        return named(self.voters if PHASES[self.phase].votes else self.posters)


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
    helper_token: str | None
    doors_open: bool
    locked: bool
    screen: str
    spotlight_id: int | None
    bright: bool
    nudged_at: int | None
    lead_id: int | None
    speaker: str | None
    seq: int
    position: int
    timer_ends_at: int | None
    timer_left: int | None
    shuffle: str
    answer_by: str | None
    ask_on: str | None
    starts_at: int | None
    finished_at: int | None
    programme_id: int | None
    care: str
    keep_days: int | None
    swept_at: int | None
    rehearses_id: int | None
    steps: tuple[StepCard, ...]

    @property
    def leader_id(self) -> int:
        """The account that leads the room now; `facilitator` is its name."""
        return self.facilitator_id if self.lead_id is None else self.lead_id

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


def by_slug(db: Session, slug: str) -> RoomCard | None:
    """The workshop with this name in addresses."""
    return _one(db, BY_SLUG, slug)


def by_id(db: Session, workshop_id: int) -> RoomCard | None:
    """The workshop with this number."""
    return _one(db, BY_ID, workshop_id)


def by_code(db: Session, code: str) -> RoomCard | None:
    """The workshop that this six-digit code opens."""
    return _one(db, BY_CODE, code)


def by_link(db: Session, token: str) -> RoomCard | None:
    """The workshop that this join link opens."""
    return _one(db, BY_LINK, token)


def by_helper(db: Session, token: str) -> RoomCard | None:
    """The workshop whose helpers' link this is."""
    return _one(db, BY_HELPER, token)


def by_screen(db: Session, token: str) -> RoomCard | None:
    """The workshop whose projector link this is."""
    return _one(db, BY_SCREEN, token)


def hosted_by(db: Session, account_id: int, *, everyone: bool = False) -> tuple[RoomCard, ...]:
    """The workshops somebody runs, their own and others' (or all there are), newest first."""
    beside = select(Host.workshop_id).where(Host.account_id == account_id)
    own = SEEN.where(or_(Workshop.facilitator_id == account_id, Workshop.id.in_(beside)))
    return _newest_first(db, SEEN if everyone else own)


def of_programme(db: Session, programme_id: int) -> tuple[RoomCard, ...]:
    """The workshops of a programme, in the order in which they take place."""
    when = func.coalesce(Workshop.starts_at, Workshop.created_at)
    query = SEEN.where(Workshop.programme_id == programme_id).order_by(when, Workshop.id)
    return tuple(_card(db, row) for row in db.execute(query).all())


def all_rooms(db: Session, states: Sequence[str]) -> tuple[RoomCard, ...]:
    """Every workshop in one of `states`, newest first. A rehearsal is in no list."""
    return _newest_first(db, SEEN.where(Workshop.state.in_(states)))


def _newest_first(db: Session, query: Select[Any]) -> tuple[RoomCard, ...]:
    newest = query.order_by(Workshop.created_at.desc(), Workshop.id.desc())
    real = db.execute(newest.where(Workshop.rehearses_id.is_(None))).all()
    return tuple(_card(db, row) for row in real)


#: Fields of a card that are columns under another name, or of another table.
ELSEWHERE: Final = {"position": Workshop.step_position, "facilitator": Account.name}
SHOWN: Final = tuple(field.name for field in fields(RoomCard) if field.name != "steps")
SEEN: Final = select(
    *(
        ELSEWHERE[name].label(name) if name in ELSEWHERE else getattr(Workshop, name)
        for name in SHOWN
    )
).join(Account, Account.id == func.coalesce(Workshop.lead_id, Workshop.facilitator_id))
"""What a card shows, in the order of `SHOWN`. Plain columns: every page begins with one."""


def _by(column: InstrumentedAttribute[Any]) -> Prepared:
    return Prepared(lambda _: SEEN.where(column == bindparam("wanted")))


BY_ID: Final = _by(Workshop.id)
BY_SLUG: Final = _by(Workshop.slug)
BY_CODE: Final = _by(Workshop.join_code)
BY_LINK: Final = _by(Workshop.link_token)
BY_HELPER: Final = _by(Workshop.helper_token)
BY_SCREEN: Final = _by(Workshop.screen_token)
STEPS: Final = Prepared(
    lambda _: (
        select(*(getattr(Step, field.name) for field in fields(StepCard) if field.name != "round"))
        .where(Step.workshop_id == bindparam("workshop"), Step.position.is_not(None))
        .order_by(Step.position)
    )
)
ROUNDS: Final = Prepared(
    lambda _: select(*(getattr(Round, field.name) for field in fields(RoundCard))).where(
        Round.workshop_id == bindparam("workshop")
    )
)


def _one(db: Session, prepared: Prepared, wanted: int | str) -> RoomCard | None:
    found = prepared.first(db, wanted=wanted)
    return _card(db, found) if found else None


def _card(db: Session, row: Sequence[Any]) -> RoomCard:
    rounds = {found.step_id: RoundCard(*found) for found in ROUNDS.all(db, workshop=row[0])}
    plan = STEPS.all(db, workshop=row[0])
    steps = [StepCard(**step._asdict(), round=rounds.get(step.id)) for step in plan]
    return RoomCard(**dict(zip(SHOWN, row, strict=True)), steps=tuple(steps))
