"""The door: the first page, the code, taking a seat, and coming back to it."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from workshop.acts import seats
from workshop.acts.stage import Once
from workshop.reads import identity, published, rooms
from workshop.reads.rooms import RoomCard
from workshop.reads.told import is_told
from workshop.rules.refusals import Refused
from workshop.rules.wording import code_of
from workshop.web import hosting, rubbing_out, signing
from workshop.web.carried import browser_id, next_receipt, remember_seat, tidy_receipt
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house
from workshop.web.languages import LANGUAGES, locale, pick
from workshop.web.posting import GroupForm
from workshop.web.throttle import Guesses

pages = Blueprint("door", __name__)
signing.hang(pages)
rubbing_out.hang_at_the_door(pages)
hosting.hang(pages)

CHANGES_SHOWN: Final = 3
TYPED: Final = 64
"""The longest code a field takes: six digits or a resume code, however they are spaced."""

WRONG_CODES: Final = Guesses(limit=30)


class CodeForm(Form):
    """A code, typed from the screen in the room or from one's own note."""

    code = StringField(render_kw={"autocomplete": "off", "maxlength": TYPED})


class SeatForm(GroupForm):
    """Which seat somebody takes, and how to speak to them."""

    name = words_field(lazy_gettext("First name"), "name", autocomplete="given-name")
    language = SelectField(
        lazy_gettext("Language"),
        choices=[SelectChoice(*row) for row in LANGUAGES.items()],
        validate_choice=False,
    )


@pages.get("/")
def landing(form: CodeForm | None = None, status: int = 200) -> ResponseReturnValue:
    """The first page: the code, and what changed because people took part."""
    with house().store.read() as db:
        changes = published.latest(db, CHANGES_SHOWN)
    return (
        render_template("door/landing.html", form=form or CodeForm(), changes=changes),
        status,
    )


@pages.route("/join", methods=["GET", "POST"])
def enter_code() -> ResponseReturnValue:
    """From a six-digit code to the seats of its workshop."""
    form = CodeForm()
    if request.method == "GET":
        return landing(form)
    try:
        room = _room_of(form.code.data)
    except Refused as refusal:
        form.code.errors = [words(refusal)]
        return landing(form, STATUS.get(refusal.code, 409))
    return redirect(url_for(".join", token=room.link_token, by="code"), 303)


def _room_of(typed: str | None) -> RoomCard:
    """The workshop that a typed code opens.

    Raises:
        Refused: `wrong_code`, or `too_fast` after many; `doors_closed`.
    """
    now, address = house().now(), str(request.remote_addr)
    try:
        code = code_of(typed)
    except Refused as refusal:
        raise WRONG_CODES.wrong(address, now, refusal) from refusal
    with house().store.read() as db:
        room = rooms.by_code(db, code)
    if room is None:
        raise WRONG_CODES.wrong(address, now, Refused("wrong_code"))
    if not room.doors_open and not _seated(room):
        raise Refused("doors_closed")
    return room


def _seated(room: RoomCard) -> bool:
    """Whether this browser has a seat in `room` already."""
    with house().store.read() as db:
        return identity.find(db, session, room).seat is not None


def _room_at(token: str) -> RoomCard:
    with house().store.read() as db:
        room = rooms.by_link(db, token)
    if room is None:
        raise Refused("not_found")
    return room


@pages.get("/j/<token>")
def join(token: str) -> ResponseReturnValue:
    """The seats of one workshop, to pick one; straight in for somebody who has one."""
    room = _room_at(token)
    if _seated(room):
        return redirect(url_for("participant.room", slug=room.slug))
    session["next_receipt"] = next_receipt()
    return _seats_page(room, SeatForm(group="citizen", language=locale()))


@pages.post("/j/<token>")
def take_seat(token: str) -> ResponseReturnValue:
    """Sit down. A double tap sits down once, because both carry the same receipt."""
    room = _room_at(token)
    form = SeatForm()
    if not _seated(room):
        if not form.validate():
            return _seats_page(room, form, status=422)
        try:
            _sit_down(room, form)
        except Refused as refusal:
            return _seats_page(room, form, words(refusal), STATUS.get(refusal.code, 409))
    return redirect(url_for("participant.room", slug=room.slug), 303)


def _sit_down(room: RoomCard, form: SeatForm) -> None:
    receipt = next_receipt()
    house().stage.perform(
        seats.take_seat,
        once=Once(receipt, room.slug, "seat.take", {}),
        workshop_id=room.id,
        group=form.group.data,
        receipt=receipt,
        name=form.name.data or "",
        language=form.language.data if form.language.data in LANGUAGES else "en",
        by_link=request.args.get("by") != "code",
        address=str(request.remote_addr),
        browser=browser_id(),
    )
    session.pop("next_receipt", None)
    remember_seat(room.slug, receipt)
    session["fresh"] = room.slug
    if form.language.data in LANGUAGES:
        session["language"] = form.language.data


def _seats_page(
    room: RoomCard, form: SeatForm, sentence: str = "", status: int = 200
) -> ResponseReturnValue:
    with house().store.read() as db:
        told = is_told(db, room.id)
    page = render_template("door/join.html", room=room, form=form, sentence=sentence, told=told)
    return page, status


@pages.route("/resume", methods=["GET", "POST"])
def resume() -> ResponseReturnValue:
    """Back to one's own seat, on this device or another, with the code that came with it."""
    form = CodeForm()
    if request.method == "GET":
        return render_template("door/resume.html", form=form)
    receipt = tidy_receipt(form.code.data or "")
    with house().store.read() as db:
        held = identity.place_of_receipt(db, receipt)
        room = rooms.by_id(db, held[0]) if held else None
    if room is None or held is None:
        refusal = WRONG_CODES.wrong(
            str(request.remote_addr), house().now(), Refused("wrong_resume")
        )
        form.code.errors = [words(refusal)]
        return render_template("door/resume.html", form=form), STATUS.get(refusal.code, 409)
    remember_seat(room.slug, receipt, held[1])
    flash(_("Welcome back. This is your seat."))
    # A receipt link, and a room that is over, lead to what was said and not to an empty table.
    wanted = request.form.get("to") == "mine" or room.state == "finished"
    place = "participant.mine" if wanted else "participant.room"
    return redirect(url_for(place, slug=room.slug), 303)


@pages.post("/theme")
def set_theme() -> ResponseReturnValue:
    """Remember light, dark or "as my device" in this browser, and go back."""
    response = redirect(where_from(), 303)
    chosen = request.form.get("theme")
    if chosen in {"light", "dark"}:
        response.set_cookie("theme", chosen, max_age=365 * 86400, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@pages.post("/language")
def set_language() -> ResponseReturnValue:
    """Remember in this browser which language to speak, and go back."""
    pick()
    return redirect(where_from(), 303)


def where_from() -> str:
    """The page of ours that sent this request, never another site."""
    came = urlsplit(request.referrer or "")
    if came.netloc != request.host or signing.unsafe(came.path):
        return url_for("door.landing")
    return f"{came.path}?{came.query}" if came.query else came.path


@pages.get("/accessibility")
def accessibility() -> ResponseReturnValue:
    """What we do so that everybody can take part."""
    return render_template("door/accessibility.html")


@pages.get("/privacy")
def privacy() -> ResponseReturnValue:
    """What is kept, in plain words."""
    return render_template("door/privacy.html")
