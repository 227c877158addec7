"""Asking the facilitator to look at somebody else's post, on a page of its own."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from workshop.reads import care, posts
from workshop.reads.posts import PostCard
from workshop.rules.care import CONCERNS
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form, number
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import seat


class ReportForm(Form):
    """Which post, and why it should be looked at."""

    post_id = number(required=True)
    concern = RadioField(
        lazy_gettext("What’s wrong with it?"),
        choices=[SelectChoice(key, label) for key, label in CONCERNS.items()],
        validate_choice=False,
    )


def hang(pages: Blueprint) -> None:
    """Hang the two routes on a participant's pages."""
    pages.add_url_rule("/posts/<int:post_id>/report", "ask_look", ask_look)
    pages.add_url_rule("/posts/report", "report_post", report_post, methods=["POST"])


def ask_look(slug: str, post_id: int) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
    """The post and the reasons; once it was reported, that the facilitator knows.

    Who only watches reads how to take part: cards are the same for all, so they have the link too.
    """
    return _page(ReportForm(formdata=None, post_id=post_id), _seen(post_id))


def report_post(slug: str) -> ResponseReturnValue:
    """Tell the facilitator; a refusal keeps the picked reason."""
    form = ReportForm()
    if not form.validate() or form.post_id.data is None:
        raise Refused("bad_value")
    wanted = {"post_id": form.post_id.data, "concern": form.concern.data or ""}
    try:
        perform("post.report", wanted)
    except Refused as refusal:
        form.concern.errors = [words(refusal)]
        return _page(form, _seen(form.post_id.data)), STATUS.get(refusal.code, 409)
    flash(_("Thank you. The facilitator knows, and nobody else does."))
    return redirect(url_for(".room", slug=slug), 303)


def _seen(post_id: int) -> PostCard:
    """A post that the room sees; Refused `not_found`."""
    with house().store.read() as db:
        found = posts.some(db, this_room().id, [post_id]).get(post_id)
    if found is None or found.state != "shown" or found.kind == "pledge":
        raise Refused("not_found")
    return found


def _page(form: ReportForm, post: PostCard) -> str:
    with house().store.read() as db:
        known = care.has_reported(db, post.id, seat().receipt)
    values: dict[str, Any] = {"room": this_room(), "seat": seat(), "form": form, "post": post}
    live = request.method == "GET" and not known
    return render_template("participant/report.html", **values, known=known, live=live)
