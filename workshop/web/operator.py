"""For whoever runs the server: is it alive, is it ready, and its numbers. Each process has its own.

`/healthz` says that the process lives. `/readyz` says whether to send it visitors: its database
answers, takes writes and has the tables this program knows. It does not ask for Redis: hints are a
comfort, every process also looks into the database by itself, and taking every process out of
service because Redis is away would make an outage out of a delay of two seconds.
"""

from __future__ import annotations

import hmac
import time
from typing import Final

from flask import Blueprint, Flask, Response, abort, g, request
from flask.typing import ResponseReturnValue

from workshop import metrics
from workshop.storage.health import trouble
from workshop.web.house import house

LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "::ffff:127.0.0.1"})
PASSED_ON: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")
"""Headers that a proxy adds: who carries one did not ask from this machine itself."""

pages = Blueprint("operator", __name__)


@pages.get("/healthz")
def health() -> ResponseReturnValue:
    """That this process answers. A database that is away is no reason to start it anew."""
    return {"ok": True}


@pages.get("/readyz")
def readiness() -> ResponseReturnValue:
    """Whether this process can do its work now; 503 and one word of why where it cannot."""
    found = trouble(house().store)
    return {"ready": not found, "database": found or "ready"}, 503 if found else 200


@pages.get("/metrics")
def numbers() -> ResponseReturnValue:
    """The numbers of this process; to everybody else there is no such page."""
    if not _may_read():
        abort(404)
    return Response(metrics.text(), content_type=metrics.CONTENT_TYPE)


def _may_read() -> bool:
    """With a token in the settings only its bearer; without one only this machine, directly."""
    token = house().settings.metrics_token
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    # The address of the very socket: what a proxy says about its visitor does not count here.
    kept = request.environ.get("werkzeug.proxy_fix.orig", {})
    peer = kept.get("REMOTE_ADDR") or request.environ.get("REMOTE_ADDR", "")
    return peer in LOOPBACK and not any(name in request.headers for name in PASSED_ON)


def measure(app: Flask) -> None:
    """Time every page of `app`, refusals and faults among them."""
    app.before_request(_start)
    app.after_request(_stop)


def _start() -> None:
    g.started = time.perf_counter()


def _stop(response: Response) -> Response:
    started = g.get("started")
    if started is not None:
        # An address that leads nowhere is no name: whatever somebody typed must not become one.
        endpoint = request.endpoint or "nowhere"
        metrics.page(endpoint, response.status_code, time.perf_counter() - started)
    return response
