"""Before every request: find the workshop and the caller, then ask the policy table."""

from __future__ import annotations

from flask import Flask, abort, g, request, session

from workshop.reads import identity, rooms
from workshop.reads.rooms import RoomCard
from workshop.rules.policies import IN_REHEARSAL, ROUTES
from workshop.rules.roles import allow
from workshop.web.house import house


def guard(app: Flask) -> None:
    """Put the guard before every route of `app`."""
    app.before_request(_check)


def _check() -> None:
    """Set `g.room` and `g.who`, or stop the request.

    A workshop that is not there and one that is not yours look the same: 404.
    """
    if request.endpoint == "static":
        # The same for everybody, and named by its contents: nothing to look up.
        return
    slug = (request.view_args or {}).get("slug")
    with house().store.read() as db:
        g.room = rooms.by_slug(db, slug) if slug else None
        g.who = identity.find(db, session, g.room)
    if request.endpoint is None or (slug and not _is_there()):
        abort(404)
    allow(ROUTES.get(request.endpoint), g.who)


def _is_there() -> bool:
    """Whether the workshop is there for this route: a rehearsal's room is for a few alone."""
    here: RoomCard | None = g.room
    return here is not None and (here.rehearses_id is None or request.endpoint in IN_REHEARSAL)
