"""The facilitator's page of care: its rules, its log, and asking somebody to leave."""

from __future__ import annotations

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from workshop.acts import care
from workshop.acts.keeping import set_period
from workshop.formats import care_log as log_file
from workshop.reads import care as reading
from workshop.reads import people
from workshop.reads.patterns import patterns_card
from workshop.rules.care import MODES
from workshop.rules.keeping import PERIODS
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.control import pages
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room, who
from workshop.web.reach import perform_once

MOST_LINES = 200
"""Lines of the log on the page; the file has them all."""


class CareForm(Form):
    """Which posts wait for a look, and which words call for one."""

    care = RadioField(
        _("Before the room sees a post"),
        choices=[SelectChoice(key, label) for key, label in MODES.items()],
    )
    word_list = words_field(_("Words that call for a look"), "word_list", area=True)


class KeepForm(Form):
    """How long words are kept after the workshop."""

    days = RadioField(
        _("After the workshop, words are kept for"),
        choices=[SelectChoice(str(days), label) for days, label in PERIODS.items()],
    )


@pages.get("/workshops/<slug>/care", endpoint="care")
def care_page(slug: str, wrong: tuple[str, str, str] | None = None) -> str:  # noqa: ARG001 - the guard has read it already
    """The rules of care as they stand, what to look at, and everything that was done.

    `wrong` is a decision about votes that was refused: which pattern, why, and what was typed.
    """
    return _page(_rules(), wrong=wrong)


def _rules() -> CareForm:
    """The rules of care as they stand."""
    with house().store.read() as db:
        listed = reading.word_list(db, room().id)
    return CareForm(formdata=None, care=room().care, word_list=listed)


@pages.post("/workshops/<slug>/care")
def set_care(slug: str) -> ResponseReturnValue:
    """Change the rules; what was typed stays where it cannot be taken."""
    form = CareForm()
    if not form.validate():
        return _page(form), 422
    try:
        perform_once(
            care.set_rules,
            workshop_id=room().id,
            care=form.care.data,
            word_list=form.word_list.data or "",
            account_id=account_id(),
        )
    except Refused as refusal:
        form.word_list.errors = [words(refusal)]
        return _page(form), STATUS.get(refusal.code, 409)
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.care", slug=slug), 303)


@pages.post("/workshops/<slug>/keeping")
def set_keeping(slug: str) -> ResponseReturnValue:
    """Choose how long words are kept."""
    keeping = KeepForm()
    if not keeping.validate():
        return _page(_rules(), keeping), 422
    days = int(keeping.days.data)
    try:
        perform_once(set_period, workshop_id=room().id, days=days, account_id=account_id())
    except Refused as refusal:
        keeping.days.errors = [words(refusal)]
        return _page(_rules(), keeping), STATUS.get(refusal.code, 409)
    flash(gettext("Saved."))
    return redirect(url_for("facilitator.care", slug=slug), 303)


@pages.get("/workshops/<slug>/care/log.csv")
def care_log(slug: str) -> Response:
    """The whole log as a file. No line of it has anybody's words in it."""
    with house().store.read() as db:
        lines = reading.deeds(db, room().id)
    answer = Response(log_file.write(lines, gettext), mimetype=log_file.MIME)
    answer.headers["Content-Disposition"] = f'attachment; filename="care-{slug}.csv"'
    return answer


@pages.get("/workshops/<slug>/seats/<int:seat_id>")
def ask_to_leave(slug: str, seat_id: int) -> str:  # noqa: ARG001 - the guard has read it already
    """What asking this person to leave does, and why they are asked."""
    with house().store.read() as db:
        found = [seat for seat in people.seats(db, room().id) if seat.id == seat_id]
    if not found:
        raise Refused("not_found")
    return render_template("facilitator/leave.html", room=room(), seat=found[0], fresh_id=fresh_id)


def account_id() -> int | None:
    """The account of whoever looks after this room."""
    account = who().account
    return account.id if account else None


def _page(
    form: CareForm, keeping: KeepForm | None = None, wrong: tuple[str, str, str] | None = None
) -> str:
    with house().store.read() as db:
        found = patterns_card(db, room())
        lines = reading.deeds(db, room().id)
        waiting = reading.queue(db, room().id).waiting
    return render_template(
        "facilitator/care.html",
        room=room(),
        form=form,
        keeping=keeping or KeepForm(formdata=None, days=str(room().keep_days or "")),
        lines=lines[:MOST_LINES],
        more=len(lines) - MOST_LINES,
        waiting=waiting,
        found=found,
        wrong=wrong,
        fresh_id=fresh_id,
        why=log_file.why,
    )
