"""For whoever runs the room: questions made of problems, and what people say about an idea."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from workshop.acts import questions as acts
from workshop.reads import posts
from workshop.reads.posts import PostCard
from workshop.reads.talk import said_of, sources
from workshop.rules.questions import suggest
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.control import pages, paint
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, room
from workshop.web.moves import whole
from workshop.web.reach import perform_once


class QuestionForm(Form):
    """The words of a question."""

    text = words_field(_("How might we …"), "question", area=True, required=True)


@pages.get("/workshops/<slug>/questions")
def questions(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """Every question so far, and a form for a new one; `?from=` names a problem to begin with."""
    picked = request.args.getlist("from", type=int)
    form = QuestionForm(formdata=None)
    problems = _board("problem")
    begun = [(one.text, one.better) for one in problems if one.id in picked]
    form.text.data = suggest(begun, gettext)
    return _page(form, problems, picked)


@pages.post("/workshops/<slug>/questions")
def ask_question(slug: str) -> ResponseReturnValue:
    """Make a question of the problems that are ticked; a no keeps the words and the ticks."""
    form = QuestionForm()
    no, status = "", 422
    picked = [whole(number) for number in request.form.getlist("problem_ids")]
    if "suggest" in request.form:
        begun = [(one.text, one.better) for one in _board("problem") if one.id in picked]
        form.text.data, status = suggest(begun, gettext), 200
    elif form.validate():
        try:
            perform_once(
                acts.ask_question,
                workshop_id=room().id,
                text=form.text.data or "",
                problem_ids=picked,
            )
        except Refused as refusal:
            no = words(refusal)
        else:
            return redirect(url_for(".questions", slug=slug), 303)
    return _page(form, _board("problem"), picked, no), status


@pages.post("/workshops/<slug>/questions/<int:question_id>")
def reword_question(slug: str, question_id: int) -> ResponseReturnValue:
    """Give a question other words."""
    text = request.form.get("text", "")
    perform_once(acts.reword_question, workshop_id=room().id, post_id=question_id, text=text)
    return redirect(url_for(".questions", slug=slug, _anchor=f"question-{question_id}"), 303)


@pages.get("/workshops/<slug>/ideas/<int:idea_id>")
def talk(slug: str, idea_id: int) -> str:  # noqa: ARG001 - the guard has read it already
    """What people say about one idea, with what may be done about it."""
    with house().store.read() as db:
        idea = posts.some(db, room().id, [idea_id]).get(idea_id)
        if idea is None or idea.kind != "idea" or idea.state not in {"shown", "hidden"}:
            raise Refused("not_found")
        said = said_of(db, room().id, idea_id, ("shown", "hidden"))
    return render_template(
        "facilitator/talk.html", room=room(), idea=idea, said=said, paint=paint, fresh_id=fresh_id
    )


def _board(kind: str) -> tuple[PostCard, ...]:
    with house().store.read() as db:
        return posts.board(db, room().id, {kind})


def _page(
    form: QuestionForm, problems: Sequence[PostCard], picked: Sequence[int], no: str = ""
) -> str:
    given: dict[str, Any] = {"form": form, "problems": problems, "picked": picked, "no": no}
    with house().store.read() as db:
        here = posts.board(db, room().id, {"question"})
        given["questions"] = [(one, sources(db, room().id, one.id)) for one in here]
        given["themes"] = posts.themes(db, room().id)
    return render_template("facilitator/questions.html", room=room(), fresh_id=fresh_id, **given)
