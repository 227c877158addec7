"""Making a workshop from a template, and changing its plan before and during the day."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.plan import step_of
from workshop.acts.room import enter, record
from workshop.acts.running import free_code
from workshop.acts.saved_plans import saved_steps
from workshop.acts.stage import Change
from workshop.rules.packs import from_fields
from workshop.rules.plans import StepPlan
from workshop.rules.refusals import Refused
from workshop.rules.templates import OWN, TEMPLATES
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Theme, Workshop


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
    plan_id: int | None = None,
    steps: Sequence[Mapping[str, Any]] = (),
) -> Change:
    """Make an upcoming workshop with the steps of a template, or with those of a file.

    With `plan_id` the template is one of the account's own; `steps` are a file's, in the form of
    `rules.packs`. The answer carries the workshop's number and its slug (its name in addresses).
    """
    if plan_id is not None:
        template, steps = OWN, saved_steps(db, account_id, plan_id)
    plan = _planned(template, steps)
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
    db.add_all(step_of(room, *planned) for planned in enumerate(plan))
    seq = record(db, room, "workshop.made", now)
    return Change(room.id, seq, {"workshop": room.id, "slug": room.slug})


def _planned(template: str, steps: Sequence[Mapping[str, Any]]) -> tuple[StepPlan, ...]:
    """The steps of one of our templates, or those that are given."""
    if template in TEMPLATES:
        return TEMPLATES[template].steps
    if template != OWN or not steps:
        raise Refused("unknown_choice")
    return tuple(from_fields(fields) for fields in steps)


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
