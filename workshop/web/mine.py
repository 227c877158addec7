"""What I said: everything one person posted with its trail, and what they make of it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.reads import own
from workshop.reads.told import is_told
from workshop.rules.pledges import asks
from workshop.rules.promises import today
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.errors import STATUS, words
from workshop.web.hear import HearForm, address_kept, leave
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import Said, seat, show
from workshop.web.posting import OnePostForm, PledgeAnswerForm


def hang(pages: Blueprint) -> None:
    """Give the participant these routes."""
    pages.add_url_rule("/mine", view_func=mine)
    pages.add_url_rule("/mine/email", view_func=leave_address, methods=["POST"])
    pages.add_url_rule("/pledges/answer", view_func=answer_pledge, methods=["POST"])
    pages.add_url_rule("/moments/problem", view_func=raise_problem, methods=["POST"])


def mine(**_path: str) -> ResponseReturnValue:
    """What I said: every post with its trail, and the code that leads back here."""
    return _page(None, "")


def leave_address(slug: str) -> ResponseReturnValue:
    """Say where to write to; a refusal keeps what was typed."""
    form = HearForm()
    if not form.validate():
        return _page(None, "", form), 422
    try:
        leave(form)
    except Refused as refusal:
        if refusal.code in {"not_found", "other_person"}:
            raise
        form.address.errors = [words(refusal)]
        return _page(None, "", form), STATUS.get(refusal.code, 409)
    flash(_("Saved. We’ll write when something you said moves."))
    return redirect(url_for(".mine", slug=slug, _anchor="hear"), 303)


def _page(answer: PledgeAnswerForm | None, sentence: str, form: HearForm | None = None) -> str:
    """The page; `answer` is what was just typed about a promise, and `sentence` the no to it.

    `form` is the address that was just typed.
    """
    with house().store.read() as db:
        found = own.said(db, this_room(), seat().receipt)
        told = is_told(db, this_room().id)
    return render_template(
        "participant/mine.html",
        room=this_room(),
        seat=seat(),
        said=found,
        told=told,
        asks=asks(this_room().ask_on, today(house().now())),
        typed=answer.data if answer else {},
        sentence=sentence,
        form=form or HearForm(formdata=None),
        heard=address_kept(thing.post.id for thing in found),
        receipt_link=_receipt_link(),
        live=True,
    )


def _receipt_link() -> str:
    """The link back to this page. What stands behind "#" stays in the browser and in no log."""
    root = (house().settings.public_url or request.host_url).rstrip("/")
    return f"{root}{url_for('door.resume')}#{seat().receipt}"


def answer_pledge(slug: str) -> ResponseReturnValue:
    """Say what came of one's own promise; a refusal keeps what was typed."""
    form = PledgeAnswerForm()
    number = post_id()
    if not form.validate():
        return _page(form, form.helped.errors[0] if form.helped.errors else ""), 422
    body = {"post_id": number, "outcome": form.outcome.data or "", "helped": form.helped.data or ""}
    try:
        perform("pledge.answer", body)
    except Refused as refusal:
        if refusal.code in {"not_found", "not_yours", "watching"}:
            raise
        return _page(form, words(refusal)), STATUS.get(refusal.code, 409)
    flash(_("Thank you. You can change your answer any time."))
    return redirect(url_for(".mine", slug=slug, _anchor=f"said-{number}"), 303)


def raise_problem(slug: str) -> ResponseReturnValue:
    """Make a problem of one's own moment."""
    try:
        perform("experience.raise", {"post_id": post_id()})
    except Refused as refusal:
        if refusal.code in {"not_found", "not_yours", "watching", "bad_value"}:
            raise
        return show(no=Said(refusal))
    flash(_("It’s a problem on the table now. You can still change its words."))
    return redirect(url_for(".room", slug=slug, _anchor="own"), 303)


def post_id() -> int:
    """Which of their own posts this request's form is about.

    Raises:
        Refused: `bad_value`.
    """
    form = OnePostForm()
    if not form.validate() or form.post_id.data is None:
        raise Refused("bad_value")
    return int(form.post_id.data)
