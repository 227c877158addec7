"""Changing and taking back what one has written, as plain forms."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.reads import posts
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.house import house, room
from workshop.web.phone import Said, seat
from workshop.web.posting import FORMS, OnePostForm, PostForm

FIXED = frozenset({"answers_id", "builds_on_id", "idea_id", "stance", "leg_id", "feeling"})
"""What a post is about, and where it stands, stays as it is when its words change."""


def add_to(pages: Blueprint) -> None:
    """Hang these routes on a participant's pages."""
    pages.post("/posts/edit")(edit_post)
    pages.post("/posts/withdraw")(withdraw_post)


def edit_post(slug: str) -> ResponseReturnValue:
    """Reword one's own post."""
    post_id = _post_id()
    with house().store.read() as db:
        mine = posts.own(db, room().id, seat().receipt)
    post = next((one for one in mine if one.id == post_id), None)
    if post is None:
        raise Refused("not_yours")
    form = _form(post.kind)
    no = None
    if form.validate():
        try:
            perform("post.edit", {**form.body(), "post_id": post.id})
        except Refused as refusal:
            no = Said(refusal)
        else:
            return _back(slug, f"own-{post.id}")
    page = render_template("participant/change.html", room=room(), post=post, form=form, no=no)
    return page, no.status if no else 422


def withdraw_post(slug: str) -> ResponseReturnValue:
    """Take back one's own post."""
    perform("post.withdraw", {"post_id": _post_id()})
    flash(_("You took that back. Its words are gone."))
    return _back(slug, "own")


def _form(kind: str) -> PostForm:
    form = FORMS[kind]()
    for name in FIXED:
        if name in form:
            del form[name]
    return form


def _post_id() -> int:
    form = OnePostForm()
    if not form.validate() or form.post_id.data is None:
        raise Refused("bad_value")
    return int(form.post_id.data)


def _back(slug: str, place: str) -> ResponseReturnValue:
    """The page that a card of one's own stands on: the room, or the idea it is about."""
    idea = request.args.get("idea", type=int)
    if idea:
        return redirect(url_for(".talk", slug=slug, idea_id=idea, _anchor=place), 303)
    return redirect(url_for(".room", slug=slug, _anchor=place), 303)
