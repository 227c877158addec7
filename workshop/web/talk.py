"""Talking about one idea, on a page of its own: what speaks for it, what worries, what to add."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.reads import posts
from workshop.reads.posts import PostCard
from workshop.reads.talk import said_of
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import Said, asked, seat
from workshop.web.posting import CommentForm
from workshop.web.turns import in_turn


def add_to(pages: Blueprint) -> None:
    """Hang these routes on a participant's pages."""
    pages.get("/ideas/<int:idea_id>")(in_turn(talk))
    pages.post("/comments")(post_comment)


def talk(slug: str, idea_id: int) -> ResponseReturnValue:
    """The page of an idea that the room can see, while people may talk about it.

    It is a page of the step it was opened at: once the room moves on, so does whoever reads it.
    """
    here, at = this_room(), request.args.get("at", type=int)
    if at is None and _talks():
        return redirect(url_for(".talk", slug=slug, idea_id=idea_id, at=here.position))
    if at != here.position or not _talks():
        return redirect(url_for(".room", slug=slug))
    return _page(idea_id, CommentForm(formdata=None))


def post_comment(slug: str) -> ResponseReturnValue:
    """Say something about an idea, and come back to it."""
    form = CommentForm()
    fits, idea_id, no = form.validate(), form.idea_id.data, None
    if idea_id is None or form.idea_id.errors:
        raise Refused("bad_value")
    looks = fits and _talks() and asked() and not request.form.get("sure")
    naming = form.naming() if looks else ""
    if fits and not naming:
        try:
            perform("comment.post", {**form.body(), "stance": form.stance.data or ""})
        except Refused as refusal:
            no = Said(refusal)
        else:
            place = url_for(".talk", slug=slug, idea_id=idea_id, _anchor="own")
            return redirect(place, 303)
    if _talks():
        return _page(idea_id, form, no, naming)
    late = no or Said(Refused("step_closed"))
    return render_template("participant/late.html", room=this_room(), form=form, no=late), 409


def _talks() -> bool:
    return this_room().state == "running" and PHASES[this_room().step.phase].talks


def _page(
    idea_id: int, form: CommentForm, no: Said | None = None, naming: str = ""
) -> ResponseReturnValue:
    idea, said, own = _read(idea_id)
    page = render_template(
        "participant/talk.html",
        room=this_room(),
        seat=seat(),
        asked=asked(),
        idea=idea,
        said=said,
        own=own,
        form=form,
        no=no,
        naming=naming,
        live=request.method == "GET",
    )
    return page, no.status if no else 422 if form.errors else 200


def _read(idea_id: int) -> tuple[PostCard, tuple[PostCard, ...], tuple[PostCard, ...]]:
    """The idea, what is said about it, and what of that this person said."""
    here = this_room()
    with house().store.read() as db:
        idea = posts.some(db, here.id, [idea_id]).get(idea_id)
        if idea is None or (idea.kind, idea.state) != ("idea", "shown"):
            raise Refused("not_found")
        said = said_of(db, here.id, idea_id, ("shown",))
        mine = posts.own(db, here.id, seat().receipt)
    own = tuple(one for one in mine if one.kind == "comment" and one.answers_id == idea_id)
    return idea, said, tuple(one for one in own if one.state != "removed")
