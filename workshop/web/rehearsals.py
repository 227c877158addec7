"""The rehearsal button: fill a copy of the room with stand-ins, and say whether it will hold."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from workshop.acts import rehearsals as acts
from workshop.acts.stage import Change
from workshop.reads.rehearsals import is_busy, rehearsal
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.rehearsals import (
    FEWEST,
    LENGTHS,
    MINUTE,
    MOST,
    OVER_SECONDS,
    USUAL,
    Finding,
    Ground,
)
from workshop.rules.roles import VOICES
from workshop.web.choices import choices
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.house import house, room, who
from workshop.web.stand_ins import StandIns

HOW_MANY = lazy_gettext(REFUSALS["not_whole"], least=FEWEST, most=MOST)


class HowMany(IntegerField):
    """A whole number in range; anything else is told in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: with the sentence that stands beside the field.
        """
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(HOW_MANY) from error


class RehearsalForm(Form):
    """How many stand-ins come, and for how long; the browser adds what its clock says."""

    people = HowMany(
        lazy_gettext("How many people"),
        default=USUAL,
        validators=[InputRequired(HOW_MANY), NumberRange(FEWEST, MOST, HOW_MANY)],
    )
    seconds = RadioField(
        lazy_gettext("For how long"),
        default=MINUTE,
        coerce=int,
        choices=choices(LENGTHS),
    )
    clock = HiddenField()


@pages.get("/workshops/<slug>/rehearsal", endpoint="rehearsal")
def rehearsal_page(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """The button, the rehearsal that goes on, and what the last one found."""
    return _page(RehearsalForm(formdata=None))


@pages.post("/workshops/<slug>/rehearsal")
def rehearse(slug: str) -> ResponseReturnValue:
    """Begin a rehearsal. Where one of this workshop goes on, that is the one to look at."""
    form = RehearsalForm()
    if not form.validate():
        return _page(form), 422
    token = secrets.token_urlsafe(24)
    try:
        made = _made(form, token)
    except Refused as refusal:
        if not _goes_on():
            form.people.errors = [words(refusal)]
            return _page(form), 409
    else:
        _send(form, made, token)
    return redirect(url_for("facilitator.rehearsal", slug=slug), 303)


@pages.post("/workshops/<slug>/rehearsal/stop")
def stop_rehearsal(slug: str) -> ResponseReturnValue:
    """End it now. What was measured until here is told, and the room is wiped."""
    house().stage.perform(acts.stop, workshop_id=room().id)
    flash(gettext("The rehearsal ends now. Its room is being wiped."))
    return redirect(url_for("facilitator.rehearsal", slug=slug), 303)


def _made(form: RehearsalForm, token: str) -> Change:
    """The throwaway room."""
    account = who().account
    return house().stage.perform(
        acts.begin,
        workshop_id=room().id,
        account_id=account.id if account else 0,
        title=gettext("Rehearsal: %(title)s", title=room().title),
        people=form.people.data,
        seconds=form.seconds.data,
        token=token,
        ground=asdict(_ground(form.clock.data or "")),
    )


def _send(form: RehearsalForm, made: Change, token: str) -> None:
    """Send the stand-ins. They knock at the address that people use, and next door if need be."""
    order = {
        **made.answer,
        "sites": _sites(),
        "origin": house().settings.public_url,
        "remote": token,
        "people": form.people.data,
        "seconds": form.seconds.data,
        "limit": form.seconds.data + OVER_SECONDS,
    }
    StandIns(house().stage, room().id, made.answer["room"], order).begin()


def _came() -> str:
    return request.host_url.rstrip("/")


def _sites() -> list[str]:
    """Where this server may be reached, likeliest first; nothing that a stranger could name."""
    settings = house().settings
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    bound = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104 - compared, not bound
    came = [_came()] if _came() in settings.allowed_origins else []
    return list(dict.fromkeys([*came, settings.public_url, f"http://{bound}:{settings.port}"]))


def _ground(clock: str) -> Ground:
    settings, ahead = house().settings, None
    if clock.isascii() and clock.isdecimal() and len(clock) < 16:
        ahead = int(clock) - house().now()
    known = _came() in settings.allowed_origins or not settings.allowed_origins
    return Ground(settings.public_url, _came(), known=known, clock=ahead)


def _goes_on() -> bool:
    with house().store.read() as db:
        card = rehearsal(db, room().id, house().now())
    return card is not None and card.ended_at is None


def _page(form: RehearsalForm) -> str:
    now, online = house().now(), house().online(room().id)
    with house().store.read() as db:
        card, busy = rehearsal(db, room().id, now), is_busy(db, now)
    return render_template(
        "facilitator/rehearsal.html",
        room=room(),
        form=form,
        card=card,
        going_on=card is not None and card.ended_at is None,
        busy=busy,
        here=sum(online.get(group, 0) for group in VOICES),
        said=said,
        fewest=FEWEST,
        most=MOST,
    )


def said(finding: Finding) -> dict[str, Any]:
    """A finding in the reader's language: what it is, and what to do about it."""
    what, then = (gettext(sentence) % finding.values for sentence in finding.sentences)
    return {"level": finding.level, "what": what, "then": then}
