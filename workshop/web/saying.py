"""What a participant posts by a plain form: one step in between at the most, and no word lost."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from workshop.reads.alike import KINDS
from workshop.reads.posts import PostCard
from workshop.rules.care import PRIVATE
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.rules.similar import VERY_ALIKE
from workshop.web.commands import perform
from workshop.web.house import house
from workshop.web.house import room as this_room
from workshop.web.phone import Said, asked, seat, show
from workshop.web.posting import FORMS, IdeaForm, JoinForm, PostForm


def add_to(pages: Blueprint) -> None:
    """Hang these routes on a participant's pages."""
    pages.post("/goals")(post_goal)
    pages.post("/problems")(post_problem)
    pages.post("/problems/join")(join_problem)
    pages.post("/moments")(post_experience)
    pages.post("/ideas")(post_idea)
    pages.post("/pledges")(post_pledge)


def post_goal(slug: str) -> ResponseReturnValue:
    """Add a goal of one's own."""
    return _post(slug, "goal")


def post_problem(slug: str) -> ResponseReturnValue:
    """Add a problem."""
    return _onto() or _post(slug, "problem")


def join_problem(slug: str) -> ResponseReturnValue:
    """Add a problem to a card that says the same."""
    form = JoinForm()
    if form.host_id.data is None:
        raise Refused("bad_value")
    return _post(slug, "problem", "problem.join", form)


def post_experience(slug: str) -> ResponseReturnValue:
    """Place a moment on the line."""
    return _post(slug, "experience")


def post_idea(slug: str) -> ResponseReturnValue:
    """Add an idea."""
    return _onto() or _post(slug, "idea")


def post_pledge(slug: str) -> ResponseReturnValue:
    """Add a pledge."""
    return _post(slug, "pledge")


def _onto() -> ResponseReturnValue | None:
    """The form once more, with all its words, about the card that they are to be added to."""
    card = request.form.get("add_to", type=int)
    kind = next(iter(PHASES[this_room().step.phase].accepts & KINDS), "")
    if card is None or not kind or this_room().state != "running":
        return None
    form: IdeaForm | JoinForm = IdeaForm() if kind == "idea" else JoinForm()
    (form.builds_on_id if isinstance(form, IdeaForm) else form.host_id).data = card
    return show(form)


def _post(
    slug: str, kind: str, command: str = "", form: PostForm | None = None
) -> ResponseReturnValue:
    """Do what a form says, unless its words should be looked at once more by who wrote them."""
    form = form or FORMS[kind]()
    no, naming = None, ""
    like: tuple[PostCard, ...] = ()
    taken = kind in PHASES[this_room().step.phase].accepts and this_room().state == "running"
    taken, valid = taken and asked(), form.validate()
    if valid and taken and not request.form.get("sure"):
        naming = "" if kind in PRIVATE else form.naming()
        like = _alike(form, kind)
    if valid and not naming and not like:
        try:
            perform(command or f"{kind}.post", form.body())
        except Refused as refusal:
            no = Said(refusal)
        else:
            return redirect(url_for(".room", slug=slug, _anchor="own"), 303)
    if taken:
        return show(form, no, naming, like=like)
    late = no or Said(Refused("step_closed"))
    return render_template("participant/late.html", room=this_room(), form=form, no=late), 409


def _alike(form: PostForm, kind: str) -> tuple[PostCard, ...]:
    """What others said in nearly the same words, unless these are added to a card already."""
    body = form.body()
    if body.keys() & {"host_id", "builds_on_id"}:
        return ()
    return house().alike.to(this_room().id, kind, body["text"], seat().receipt, VERY_ALIKE)
