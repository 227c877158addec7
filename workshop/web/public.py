"""For everybody: what became of what people said, and how every number is worked out."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.reads import published, rooms, told
from workshop.rules.fairness.certainty import DRAWS as VOTES_DRAWN
from workshop.rules.fairness.folding import SMALLEST_GROUP
from workshop.rules.findings import VERSION
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.panel import FEWEST
from workshop.rules.scoring.portfolio import ADVICE, DEFAULTS
from workshop.rules.scoring.risk import FACTORS, LIKELIHOODS, REVERSIBILITY
from workshop.rules.scoring.simulation import DRAWS, RULE_VERSION
from workshop.rules.voting import METHODS
from workshop.web import hear
from workshop.web.guest import GuestForm, offered
from workshop.web.house import house
from workshop.web.meaning import meaning_page

pages: Final = Blueprint("public", __name__)
hear.hang_in_public(pages)

LATEST: Final = 6
"""How many of the newest answers stand above the list of workshops."""


@pages.get("/changes")
def changes() -> str:
    """Everything that was answered, the newest first, and every workshop it came from."""
    with house().store.read() as db:
        newest = published.latest(db, LATEST)
        rooms = told.told_rooms(db)
    return render_template("public/changes.html", changes=newest, rooms=rooms)


@pages.get("/changes/<slug>")
def workshop(slug: str) -> str:
    """You said, we did: one workshop, everything that was said and what became of it."""
    with house().store.read() as db:
        found = told.told_room(db, slug, now=house().now()) or abort(404)
    return render_template("public/workshop.html", room=found)


@pages.get("/changes/<slug>/votes")
def votes(slug: str) -> str:
    """What the votes of a workshop mean, from the day its public page is there."""
    with house().store.read() as db:
        room = rooms.by_slug(db, slug)
        if room is None or not told.is_told(db, room.id):
            abort(404)
    return meaning_page(room, url_for(".workshop", slug=slug), _("You said, we did"))


@pages.route("/changes/<slug>/offer", methods=["GET", "POST"])
def offer(slug: str) -> ResponseReturnValue:
    """Anybody offers something, and gets a link of their own to a private page."""
    with house().store.read() as db:
        room = rooms.by_slug(db, slug)
        if room is None or not told.is_told(db, room.id):
            abort(404)
    form, link, status = GuestForm(), "", 200
    if request.method == "POST":
        link = offered(form, room.id)
        status = 200 if link else 422
    page = render_template(
        "offers/public.html",
        room=room,
        form=form,
        link=link,
        wide=room.programme_id is not None,
    )
    return page, status


@pages.get("/how")
def how() -> str:
    """How we worked this out: every rule in plain words, with its version."""
    return render_template(
        "public/how.html",
        ADVICE=ADVICE,
        CRITERIA=CRITERIA,
        FACTORS=FACTORS,
        GATES=GATES,
        LIKELIHOODS=LIKELIHOODS,
        METHODS=METHODS,
        REVERSIBILITY=REVERSIBILITY,
        draws=DRAWS,
        fewest=FEWEST,
        findings_version=VERSION,
        votes_drawn=VOTES_DRAWN,
        lines=DEFAULTS,
        smallest=SMALLEST_GROUP,
        version=RULE_VERSION,
    )
