"""Before every request: find the workshop and the caller, then ask the policy table."""

from __future__ import annotations

from flask import Flask, abort, g, request, session

from workshop.reads import identity, rooms
from workshop.rules.policies import ROUTES
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
    if request.endpoint is None or (slug and g.room is None):
        abort(404)
    allow(ROUTES.get(request.endpoint), g.who)
