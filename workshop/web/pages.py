"""Hangs every page on the application: routes, guard, errors, headers, and what templates know."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import lru_cache
from typing import Any, Final

import segno
from babel import Locale
from flask import Flask, Response, render_template, request, session
from flask_babel import get_locale
from markupsafe import Markup
from werkzeug.routing import IntegerConverter, Map

from workshop.assets import Manifest
from workshop.reads.rooms import RoomCard
from workshop.rules import (
    backlog,
    cards,
    care,
    keeping,
    naming,
    phases,
    pictures,
    roles,
    templates,
    trials,
)
from workshop.rules.journey import FEELINGS
from workshop.rules.paper import SHEETS
from workshop.rules.pledges import OUTCOMES
from workshop.rules.tongues import TONGUES
from workshop.rules.wording import LARGEST, LIMITS
from workshop.web import (
    assessor,
    bringing,
    door,
    errors,
    facilitator,
    files,
    guard,
    guest,
    helping,
    home,
    leader,
    leading,
    operator,
    paper,
    participant,
    programmes,
    public,
    screen,
    yardsticks,
)
from workshop.web.carried import browser_id
from workshop.web.commands import fresh_id
from workshop.web.days import day
from workshop.web.house import house, who
from workshop.web.languages import LANGUAGES, direction, sentences
from workshop.web.whose import for_seat

STEPS: Final = {"PHASES": phases.PHASES, "FEELINGS": FEELINGS, "OUTCOMES": OUTCOMES}
THEMES: Final = ("light", "dark")
COUNTED: Final = (0, 1, 2, 3, 5, 6, 11, 100)
"""Numbers among which each plural form of each of our languages has one."""

CARE: Final = {
    "CARE_MODES": care.MODES,
    "CONCERNS": care.CONCERNS,
    "DEEDS": care.DEEDS,
    "HELD_FOR": care.HELD_FOR,
    "NAMING": naming,
    "PERIODS": keeping.PERIODS,
    "LEAVING": care.LEAVING,
    "REASONS": care.REASONS,
}
"""The words of care, as templates name them."""

QR_KEPT: Final = 500
AUDIENCES: Final = (
    door,
    home,
    participant,
    helping,
    paper,
    facilitator,
    screen,
    leader,
    assessor,
    public,
    guest,
    leading,
    operator,
    programmes,
    bringing,
    yardsticks,
)


class Number(IntegerConverter):
    """A number in an address; one that no database could hold leads nowhere."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, max=LARGEST)


def register(app: Flask, handshake: Callable[[str, str, str, str], str]) -> None:
    """Give `app` its pages. `handshake(slug, audience, browser, seat)` makes live tokens."""
    app.url_map.converters["int"] = Number
    for module in AUDIENCES:
        app.register_blueprint(module.pages)
    files.serve(app)
    operator.measure(app)
    guard.guard(app)
    errors.register(app)
    app.after_request(_headers)
    app.jinja_env.globals.update(
        **_asked(),
        asset=Manifest(),
        qr=qr,
        qr_once=draw_qr,
        for_seat=for_seat,
        fresh_id=fresh_id,
        hosting=lambda: who().hosts,
        SHEETS=SHEETS,
        live_token=lambda slug, audience: handshake(slug, audience, _browser(), _seat(audience)),
        GROUPS=roles.GROUPS | roles.FROM_ELSEWHERE,
        MANY=roles.MANY | roles.FROM_ELSEWHERE,
        VOICES=roles.VOICES,
        CHANNELS=roles.CHANNELS | roles.BY_FILE,
        **STEPS,
        TEMPLATES=templates.TEMPLATES,
        STAGES=backlog.STAGES,
        FACETS=backlog.FACETS,
        ANSWERS=backlog.ANSWERS,
        TRIED=trials.TRIED,
        LANGUAGES=LANGUAGES,
        LIMITS=LIMITS,
        **CARE,
        browser_words=lru_cache(maxsize=2 * len(LANGUAGES))(_browser_words),
    )
    app.context_processor(_always)


def _browser() -> str:
    """This browser's name; with it goes the language of the page, in which its news will come."""
    session.setdefault("language", str(get_locale() or "en"))
    return browser_id()


def _seat(audience: str) -> str:
    """The seat that a phone's page is of: its connection must be for no other."""
    seat = who().seat
    return str(seat.id) if audience == "phone" and seat else ""


def _asked() -> dict[str, Any]:
    """What a card asks and says, and what may be put on it."""
    return {
        "LIMIT_OF": cards.LIMIT_OF,
        "EVIDENCE": cards.EVIDENCE,
        "EVIDENCE_TOLD": cards.EVIDENCE_TOLD,
        "NEEDS": cards.NEEDS,
        "STANCES": cards.STANCES,
        "WITH_PICTURES": pictures.WITH_PICTURES,
        "ACCEPTED": pictures.ACCEPTED,
        "MOST_MEGABYTES": pictures.MOST_MEGABYTES,
        "DOERS": cards.DOERS,
        "TONGUES": TONGUES,
    }


def _browser_words(_language: str, desk: bool) -> Markup:  # noqa: FBT001 - as a page calls it
    """What the browser says by itself, on a phone or at a `desk`; it changes with the language."""
    plural = (get_locale() or Locale("en")).plural_form
    # Of each plural form that the language has, one number is enough: the page is small so.
    samples = {plural(number): number for number in COUNTED}.values()
    words = render_template("_words.html", samples=sorted(samples), desk=desk)
    return Markup(words)  # noqa: S704 - Jinja escaped it


def _always() -> dict[str, Any]:
    """What every template can name without being given it."""
    language = str(get_locale() or "en")
    chosen = request.cookies.get("theme", "")
    return {
        **sentences(),
        "locale": language,
        "text_direction": direction(language),
        "theme": chosen if chosen in THEMES else "",
        "now": house().now(),
        "kept_until": _kept_until,
        "public_url": house().settings.public_url,
    }


def _kept_until(room: RoomCard) -> str:
    """The day on which the words of a workshop go; of one that goes on, if it ended today."""
    return day(keeping.ends(room.keep_days, room.finished_at or house().now()))


@lru_cache(maxsize=QR_KEPT)
def qr(text: str) -> Markup:
    """`draw_qr`, remembered: for the links of a room, which a whole hall asks for."""
    return draw_qr(text)


def draw_qr(text: str) -> Markup:
    """A QR code of `text` as one inline SVG drawing that takes the colour of its place.

    Nothing is remembered, so that a link which is one person's own stays in no memory of ours.
    """
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2, nl=False
    )
    return Markup(out.getvalue().decode())  # noqa: S704 - segno draws it from modules alone


def _headers(response: Response) -> Response:
    """Tell the browser to run nothing but ours, frame us nowhere and keep no private page."""
    host = request.host
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"img-src 'self' data:; font-src 'self'; connect-src 'self' ws://{host} wss://{host}; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return response
