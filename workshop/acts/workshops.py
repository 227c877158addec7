"""Making a workshop from a template, and changing its plan before and during the day."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.acts.plan import step_of
from workshop.acts.room import enter, record
from workshop.acts.running import free_code
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.templates import TEMPLATES
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
    db.add_all(step_of(room, *planned) for planned in enumerate(TEMPLATES[template].steps))
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
