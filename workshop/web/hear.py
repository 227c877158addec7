"""Hearing back by email: leaving an address on one's own page, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, lazy_gettext
from flask_babel import gettext as _

from workshop.acts import hearing
from workshop.reads.hearing import kept_of
from workshop.rules.hearing import masked, post_marks, stop_target
from workshop.web.commands import same_person
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import seat


class HearForm(Form):
    """Where to write to. The act says whether it is an address."""

    address = words_field(
        lazy_gettext("Your email address"),
        "email",
        required=True,
        type="email",
        autocomplete="email",
    )


def hang(pages: Blueprint) -> None:
    """Give the participant this route."""
    pages.add_url_rule("/mine/stop", view_func=stop_hearing, methods=["POST"])


def hang_in_public(pages: Blueprint) -> None:
    """Give everybody the page that the link of a letter leads to."""
    pages.add_url_rule("/letters/<token>", view_func=stop_letters, methods=["GET", "POST"])


def address_kept(posts: Iterable[int]) -> str:
    """The address of whoever asks, as their own page shows it, or "".

    What is new among their `posts` is followed from now on, and a language that they changed to.
    """
    with house().store.read() as db:
        kept = kept_of(db, this_room().id, seat().receipt)
    if kept is None:
        return ""
    marks = post_marks(house().settings.secret_key, kept.salt, posts)
    if (marks, str(get_locale())) != (list(kept.posts), kept.language):
        house().stage.perform(hearing.follow_anew, **_mine(), **_read_in())
    return masked(kept.address)


def leave(form: HearForm) -> None:
    """Keep the address that was typed.

    Raises:
        Refused: `empty`, `bad_email`, `too_long`, `not_found`.
    """
    same_person()
    address = form.address.data or ""
    house().stage.perform(hearing.leave_address, **_mine(), address=address, **_read_in())


def stop_hearing(slug: str) -> ResponseReturnValue:
    """Take one's own address back."""
    same_person()
    house().stage.perform(hearing.take_address_back, **_mine())
    flash(_("Your address is rubbed out. No more emails will come."))
    return redirect(url_for(".mine", slug=slug, _anchor="hear"), 303)


def stop_letters(token: str) -> ResponseReturnValue:
    """What the link of a letter leads to: a button, since programs open links by themselves.

    Raises:
        Refused: `not_found` for a link that we never gave.
    """
    key = house().settings.secret_key
    stop_target(key, token)
    form, done = Form(), False
    if form.is_submitted():
        house().stage.perform(hearing.stop_letters, token=token, secret_key=key)
        done = True
    return render_template("public/letters.html", form=form, done=done)


def _mine() -> dict[str, Any]:
    return {"workshop_id": this_room().id, "receipt": seat().receipt}


def _read_in() -> dict[str, Any]:
    return {"language": str(get_locale()), "secret_key": house().settings.secret_key}
