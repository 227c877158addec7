"""Pictures on posts: put on and taken off by a plain form, and shown to whoever sees the post."""

from __future__ import annotations

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import pictures as acts
from workshop.formats.pictures import remade
from workshop.reads import pictures
from workshop.rules.refusals import Refused
from workshop.web.errors import words
from workshop.web.house import house, room, who
from workshop.web.phone import seat

LOCKED_UP = "default-src 'none'; sandbox"
"""What a picture may do where a browser is sent to it alone: nothing."""


def add_to(pages: Blueprint) -> None:
    """Hang these routes on a participant's pages."""
    pages.post("/posts/<int:post_id>/picture")(put_picture)
    pages.post("/posts/<int:post_id>/picture/off")(take_picture_off)
    pages.get("/posts/<int:post_id>/picture/<key>")(picture)


def put_picture(slug: str, post_id: int) -> ResponseReturnValue:
    """Put a picture on one's own post. The post stands already: a no loses no words."""
    try:
        # Unfolding a photo takes a part of a second: it holds up nobody's vote.
        made = house().offload(remade, _sent())
        house().stage.perform(
            acts.put_picture,
            workshop_id=room().id,
            seat_id=seat().id,
            receipt=seat().receipt,
            post_id=post_id,
            data=made.data,
            width=made.width,
            height=made.height,
            alt=request.form.get("alt", ""),
        )
    except Refused as refusal:
        flash(words(refusal))
    else:
        flash(_("Your picture is on the card. Where it was taken is not kept."))
    return redirect(url_for(".room", slug=slug, _anchor=f"own-{post_id}"), 303)


def _sent() -> bytes:
    """The file that was picked."""
    sent = request.files.get("picture")
    if sent is None or not sent.filename:
        raise Refused("no_picture")
    data: bytes = sent.read()
    return data


def take_picture_off(slug: str, post_id: int) -> ResponseReturnValue:
    """Take the picture off one's own post."""
    house().stage.perform(
        acts.take_picture_off,
        workshop_id=room().id,
        seat_id=seat().id,
        receipt=seat().receipt,
        post_id=post_id,
    )
    flash(_("The picture is gone."))
    return redirect(url_for(".room", slug=slug, _anchor=f"own-{post_id}"), 303)


def picture(slug: str, post_id: int, key: str) -> Response:  # noqa: ARG001 - the guard has read it
    """A picture, for whoever sees its post now. It is asked for again each time it is shown."""
    caller = who()
    with house().store.read() as db:
        found = pictures.picture(
            db,
            room().id,
            post_id,
            key,
            hosts=caller.hosts,
            receipt=caller.seat.receipt if caller.seat else "",
        )
    if found is None:
        abort(404)
    answer = Response(found, mimetype="image/webp")
    answer.headers["Content-Security-Policy"] = LOCKED_UP
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.headers["Content-Disposition"] = "inline; filename=picture.webp"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(key)
    answer.make_conditional(request)
    return answer
