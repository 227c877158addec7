"""Home for those who sign in: their workshops, a new one, and the people who may sign in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.acts.accounts import PASS_DAYS, make_pass
from workshop.acts.programmes import put_in_programme
from workshop.acts.workshops import create_workshop
from workshop.reads import identity, plans, programmes, rooms
from workshop.reads.backlog import tallies
from workshop.reads.programmes import ProgrammeCard
from workshop.rules.refusals import Refused
from workshop.rules.roles import ACCOUNT_ROLES
from workshop.rules.templates import OWN, TEMPLATES
from workshop.rules.wording import LARGEST
from workshop.web.about import AboutForm
from workshop.web.desk import desk
from workshop.web.due import due
from workshop.web.errors import words
from workshop.web.house import house, who
from workshop.web.moves import whole
from workshop.web.reach import host
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
        stand = tallies(db, now=house().now(), host=host())
    makes = "facilitator" in who().roles
    return render_template(
        "home/workshops.html", rooms=found, makes=makes, due=due(), tallies=stand
    )


@pages.route("/workshops/new", methods=["GET", "POST"])
def new_workshop() -> ResponseReturnValue:
    """Make a workshop from a template; what was typed stays when it cannot be made."""
    form = AboutForm()
    template = request.form.get("template", next(iter(TEMPLATES)))
    if request.method == "GET":
        return new_page(_begun(), template)
    if not form.validate():
        return new_page(form, template), 422
    try:
        made = house().stage.perform(
            create_workshop, account_id=account_id(), **_start_from(template), **form.about()
        )
    except Refused as refusal:
        form.title.errors = [words(refusal)]
        return new_page(form, template), 422
    if (wanted := _programme()) is not None:
        number, room_id = wanted.id, made.answer["workshop"]
        put = {"workshop_id": room_id, "account_id": account_id(), "programme_id": number}
        house().stage.perform(put_in_programme, **put)
    return redirect(url_for("facilitator.plan", slug=made.answer["slug"]), 303)


def _programme() -> ProgrammeCard | None:
    """The programme that the new workshop becomes part of, where the address names one."""
    number = request.args.get("programme", type=int)
    if number is None or number > LARGEST:
        return None
    with house().store.read() as db:
        return programmes.programme(db, account_id(), number) or abort(404)


def _begun() -> AboutForm:
    """An empty form, or one that begins with what the programme's last workshop was about."""
    wanted = _programme()
    if wanted is None:
        return AboutForm(formdata=None)
    last = [one.room for one in wanted.rooms][-1:]
    known = {"goal": last[0].goal, "better_for": last[0].better_for} if last else {}
    return AboutForm(formdata=None, data={"service": wanted.service, **known})


def _start_from(template: str) -> dict[str, Any]:
    """What a workshop is made of: one of our templates, or by "plan-7" one of their own."""
    kind, _, number = template.partition("-")
    if kind == "plan" and number.isascii() and number.isdecimal():
        return {"template": OWN, "plan_id": whole(number)}
    return {"template": template}


def account_id() -> int:
    """The account of the caller. Only on routes whose policy asks for one."""
    account = who().account
    if account is None:
        raise Refused("sign_in")
    return account.id


@dataclass(frozen=True, slots=True)
class WrongFile:
    """Why a file that was brought cannot be used, and what stands around its wrong line."""

    sentence: str
    line: int | None
    lines: tuple[tuple[int, str], ...]


def new_page(form: AboutForm, template: str, no: WrongFile | None = None) -> str:
    """The page on which a workshop is made. `no` is what is wrong with a file that was brought."""
    with house().store.read() as db:
        own = plans.own_plans(db, account_id())
    return render_template(
        "home/new.html", form=form, template=template, own=own, no=no, programme=_programme()
    )


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
