"""Where to go: the links that a starting server prints for each kind of person."""

from __future__ import annotations

import secrets

from workshop.acts.accounts import make_pass
from workshop.factory import Longtable
from workshop.reads import identity, rooms
from workshop.seeding import demo
from workshop.settings.key import folder_of

Links = list[tuple[str, str]]
"""What each link is for, and the link."""


def of_an_installation(house: Longtable) -> Links:
    """Where to sign in; on the very first start, a link that works once and makes an account."""
    with house.store.read() as db:
        accounts = identity.account_count(db)
    if accounts:
        return [("sign in", f"{house.settings.public_url}/sign-in")]
    token = secrets.token_urlsafe(24)
    house.stage.perform(make_pass, kind="setup", role="administrator", token=token)
    return [("set up", f"{house.settings.public_url}/setup/{token}  (works once, for one day)")]


def of_the_stories(house: Longtable) -> Links:
    """Links into the stories, told now where the database has no workshop yet."""
    with house.store.read() as db:
        empty = not rooms.all_rooms(db, ("upcoming", "running", "finished"))
    folder = folder_of(house.settings.database_url)
    if empty:
        demo.tell_stories(house.stage, folder)
    people = demo.people(folder)
    with house.store.read() as db:
        signed = [one for one in people if identity.login(db, one.email)]
        running = rooms.all_rooms(db, ("running",))
    if not signed or not running:
        return of_an_installation(house)
    site, room = house.settings.public_url, running[0]
    return [
        ("participant", f"{site}/j/{room.link_token}"),
        ("code", f"{room.join_code}"),
        ("projector", f"{site}/screen/{room.screen_token}"),
        ("facilitator", f"{site}/sign-in?next=/workshops/{room.slug}"),
        ("leader", f"{site}/sign-in?next=/backlog"),
        ("", ""),
        *((one.role, f"{one.email}  password {one.password}") for one in signed),
    ]
