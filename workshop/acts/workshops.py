"""Making a workshop from a template, and changing its plan before and during the day."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.room import enter, record
from workshop.acts.running import free_code
from workshop.acts.stage import Change
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.templates import TEMPLATES, StepPlan
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Round, Step, Theme, Workshop

LONGEST_STEP: Final = 600
MOST_VOTES: Final = 100


def create_workshop(
    db: Session,
    *,
    now: int,
    account_id: int,
    template: str,
    title: str,
    service: str,
    goal: str,
    better_for: str,
    place: str = "",
    starts_at: int | None = None,
) -> Change:
    """Make an upcoming workshop with the steps of a template.

    The answer carries its number and its slug (the name it has in addresses).
    """
    if template not in TEMPLATES:
        raise Refused("unknown_choice")
    room = Workshop(
        slug=secrets.token_hex(5),
        template=template,
        facilitator_id=account_id,
        join_code=free_code(db),
        link_token=secrets.token_urlsafe(16),
        screen_token=secrets.token_urlsafe(16),
        shuffle=secrets.token_hex(8),
        seq=0,
        created_at=now,
    )
    _describe(room, title, service, goal, better_for, place, starts_at)
    db.add(room)
    db.flush()
    db.add_all(_step(room, *planned) for planned in enumerate(TEMPLATES[template].steps))
    seq = record(db, room, "workshop.made", now)
    return Change(room.id, seq, {"workshop": room.id, "slug": room.slug})


def _describe(
    room: Workshop,
    title: str,
    service: str,
    goal: str,
    better_for: str,
    place: str,
    starts_at: int | None,
) -> None:
    room.title = clean(title, LIMITS["title"])
    room.service = clean(service, LIMITS["service"])
    room.goal = clean(goal, LIMITS["goal"])
    room.better_for = clean(better_for, LIMITS["better_for"])
    room.place = clean(place, LIMITS["title"], required=False)
    room.starts_at = starts_at


def _step(room: Workshop, position: int, plan: StepPlan) -> Step:
    return Step(
        workshop_id=room.id,
        position=position,
        phase=plan.phase,
        question=PHASES[plan.phase].question,
        minutes=plan.minutes,
        method=plan.method,
        budget=plan.budget,
        cap=plan.cap,
    )


def edit_workshop(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    title: str,
    service: str,
    goal: str,
    better_for: str,
    place: str = "",
    starts_at: int | None = None,
) -> Change:
    """Change what the workshop is about, in words."""
    room = enter(db, workshop_id)
    _describe(room, title, service, goal, better_for, place, starts_at)
    return Change(room.id, record(db, room, "workshop.changed", now))


def edit_step(
    db: Session,
    *,
    now: int,
    workshop_id: int,
    step_id: int,
    question: str,
    minutes: int,
    method: str | None = None,
    budget: int = 5,
    cap: int = 3,
    quadratic: bool = False,
) -> Change:
    """Change a step's question and time, and a vote's rule until its round is opened.

    Raises:
        Refused: `rule_frozen` where the round has begun and its rule would change.
    """
    room = enter(db, workshop_id)
    step = db.get(Step, step_id, populate_existing=True)
    if step is None or step.workshop_id != room.id:
        raise Refused("not_found")
    if not 0 <= minutes <= LONGEST_STEP:
        raise Refused("bad_value")
    step.question = clean(question, LIMITS["instruction"])
    step.minutes = minutes
    if PHASES[step.phase].votes:
        rule = Rule(method or step.method or "", budget, cap, quadratic=quadratic)
        _set_rule(db, step, rule)
    return Change(room.id, record(db, room, "workshop.changed", now))


@dataclass(frozen=True, slots=True)
class Rule:
    """How a step votes, as its plan says it; see `rules.rounds.rule_of`."""

    method: str
    budget: int
    cap: int
    quadratic: bool

    def check(self) -> None:
        """Raise Refused where no room can vote like this."""
        sane = 0 <= self.budget <= MOST_VOTES and 1 <= self.cap <= MOST_VOTES
        if self.method not in ROOM_METHODS or not sane:
            raise Refused("bad_value")


def _set_rule(db: Session, step: Step, rule: Rule) -> None:
    if rule == Rule(step.method or "", step.budget, step.cap, quadratic=step.quadratic):
        return
    rule.check()
    if db.scalar(select(Round.id).where(Round.step_id == step.id)) is not None:
        raise Refused("rule_frozen")
    for name, value in asdict(rule).items():
        setattr(step, name, value)


def add_theme(db: Session, *, now: int, workshop_id: int, title: str) -> Change:
    """Add a theme; the same words twice give the theme that is there already."""
    room = enter(db, workshop_id)
    words = clean(title, LIMITS["theme"])
    theme = db.scalar(select(Theme).where(Theme.workshop_id == room.id, Theme.title == words))
    if theme is None:
        theme = Theme(workshop_id=room.id, title=words)
        db.add(theme)
        db.flush()
    return Change(room.id, record(db, room, "theme.changed", now), {"theme": theme.id})


def rename_theme(db: Session, *, now: int, workshop_id: int, theme_id: int, title: str) -> Change:
    """Give a theme other words."""
    room = enter(db, workshop_id)
    theme = _theme(db, room, theme_id)
    words = clean(title, LIMITS["theme"])
    same = select(Theme.id).where(
        Theme.workshop_id == room.id, Theme.title == words, Theme.id != theme.id
    )
    if db.scalar(same) is not None:
        raise Refused("theme_taken")
    theme.title = words
    return Change(room.id, record(db, room, "theme.changed", now))


def remove_theme(db: Session, *, now: int, workshop_id: int, theme_id: int) -> Change:
    """Take a theme away; its posts stay, under no theme."""
    room = enter(db, workshop_id)
    db.delete(_theme(db, room, theme_id))
    return Change(room.id, record(db, room, "theme.changed", now))


def _theme(db: Session, room: Workshop, theme_id: int) -> Theme:
    theme = db.get(Theme, theme_id, populate_existing=True)
    if theme is None or theme.workshop_id != room.id:
        raise Refused("not_found")
    return theme
