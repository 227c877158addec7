"""Home for those who sign in: their workshops, a new one, and the people who may sign in."""

from __future__ import annotations

import secrets

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.accounts import PASS_DAYS, make_pass
from workshop.acts.workshops import create_workshop
from workshop.reads import identity, rooms
from workshop.rules.refusals import Refused
from workshop.rules.roles import ACCOUNT_ROLES
from workshop.rules.templates import TEMPLATES
from workshop.web.about import AboutForm
from workshop.web.desk import desk
from workshop.web.errors import words
from workshop.web.house import house, who
from workshop.web.when import to_wall

pages = Blueprint("home", __name__)
pages.context_processor(desk)
pages.add_app_template_filter(to_wall, "wall")


@pages.get("/workshops")
def workshops() -> str:
    """The facilitator's own workshops; an administrator sees everybody's."""
    account = who().account
    with house().store.read() as db:
        found = (
            rooms.hosted_by(db, account.id, everyone=account.role == "administrator")
            if account
            else ()
        )
    makes = "facilitator" in who().roles
    return render_template("home/workshops.html", rooms=found, makes=makes)


@pages.route("/workshops/new", methods=["GET", "POST"])
def new_workshop() -> ResponseReturnValue:
    """Make a workshop from a template; what was typed stays when it cannot be made."""
    form = AboutForm()
    template = request.form.get("template", next(iter(TEMPLATES)))
    account = who().account
    if request.method == "GET" or account is None:
        return render_template("home/new.html", form=form, template=template)
    if not form.validate():
        return render_template("home/new.html", form=form, template=template), 422
    try:
        made = house().stage.perform(
            create_workshop, account_id=account.id, template=template, **form.about()
        )
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return render_template("home/new.html", form=form, template=template), 422
    return redirect(url_for("facilitator.plan", slug=made.answer["slug"]), 303)


@pages.get("/people")
def accounts() -> str:
    """Everybody who can sign in."""
    return _people(link="")


@pages.post("/people")
def invite() -> ResponseReturnValue:
    """Make a link with which one person can make an account. It is shown this one time only."""
    token = secrets.token_urlsafe(24)
    role = request.form.get("role", "")
    house().stage.perform(make_pass, kind="invite", role=role, token=token)
    address = house().settings.public_url + url_for("door.accept_invitation", token=token)
    return _people(link=address, role=role)


def _people(link: str, role: str = "") -> str:
    with house().store.read() as db:
        found = identity.accounts(db)
    return render_template(
        "home/people.html",
        people=found,
        roles=ACCOUNT_ROLES,
        link=link,
        link_role=role,
        days=PASS_DAYS["invite"],
    )
