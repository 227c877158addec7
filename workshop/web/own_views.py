"""Views of the backlog under names of one's own: a part of the list, one press away."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts import views
from workshop.reads.views import View, own_views
from workshop.rules.refusals import Refused
from workshop.rules.scoring.portfolio import ADVICE
from workshop.web.errors import words
from workshop.web.filtering import asked_for, choices, the_same_part
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.home import account_id
from workshop.web.house import house
from workshop.web.reach import cards, perform_once


class ViewForm(Form):
    """What a view is called."""

    title = words_field(_("Name of the view"), "view", required=True)


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    pages.add_url_rule("/backlog/views", view_func=own, methods=["GET", "POST"], endpoint="views")
    pages.add_url_rule("/backlog/views/remove", view_func=remove_view, methods=["POST"])


def mine() -> tuple[View, ...]:
    """The views of whoever asks."""
    with house().store.read() as db:
        return own_views(db, account_id())


def own() -> ResponseReturnValue:
    """One's own views; where the address asks for a part of the list, a form that names it."""
    form = ViewForm()
    if request.method == "GET":
        return _page(form)
    asked = asked_for().asked
    if not form.validate():
        return _page(form), 422
    try:
        perform_once(
            views.save_view, account_id=account_id(), title=form.title.data or "", asked=asked
        )
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return _page(form), 409
    flash(gettext("Saved. It’s under “My views” now."))
    return redirect(the_same_part("leader.backlog"), 303)


def remove_view() -> ResponseReturnValue:
    """Throw one away. The ideas in it stay."""
    title = request.form.get("title", "")
    perform_once(views.remove_view, account_id=account_id(), title=title)
    flash(gettext("Thrown away. The ideas in it stay."))
    return redirect(the_same_part("leader.views"), 303)


def _page(form: ViewForm) -> str:
    return render_template(
        "leader/views.html",
        views=mine(),
        form=form,
        filters=asked_for(),
        choices=choices(cards()),
        ADVICE=ADVICE,
    )
