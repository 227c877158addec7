"""One backlog item: its page, its facts, the answer to it and the news of it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import backlog, decisions
from workshop.rules.backlog import ITEM_MOMENTS
from workshop.rules.refusals import Refused
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.panel import SHORTFALLS
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.risk import BEARERS, IMPACTS, LIKELIHOODS, REVERSIBILITY
from workshop.rules.scoring.rounds import STATES
from workshop.rules.scoring.savings import A_CUT
from workshop.rules.stages import STAGE_HINTS
from workshop.rules.trials import TRIAL_OUTCOMES
from workshop.web.errors import STATUS
from workshop.web.house import house, who
from workshop.web.item_forms import AnswerForm, FactsForm, NewsForm
from workshop.web.reach import act_on, page_of
from workshop.web.reckoning import asked
from workshop.web.sheets import back, show
from workshop.web.spoken import spoken
from workshop.web.stage_forms import TalkForm


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    both = ["GET", "POST"]
    pages.add_url_rule("/backlog/<int:item_id>", view_func=item)
    pages.add_url_rule("/backlog/<int:item_id>/edit", view_func=edit_item, methods=both)
    pages.add_url_rule("/backlog/<int:item_id>/answer", view_func=decide, methods=both)
    pages.add_url_rule("/backlog/<int:item_id>/news", view_func=report_outcome, methods=both)


def item(item_id: int) -> str:
    """Everything about one item. Nobody sees a score while the first round is open."""
    working = asked()
    page = page_of(item_id)
    return render_template(
        "leader/item.html",
        page=page,
        working=working,
        roles=who().roles,
        spoken=spoken(page.yard),
        may_answer="leader" in who().roles,
        talk=TalkForm(formdata=None),
        lines=page.card.appraisal.lines if page.card.appraisal else page.yard.lines,
        A_CUT=A_CUT,
        ADVICE=ADVICE,
        BEARERS=BEARERS,
        EVIDENCE=EVIDENCE,
        HINTS=STAGE_HINTS,
        GATES=GATES,
        IMPACTS=IMPACTS,
        LIKELIHOODS=LIKELIHOODS,
        MOMENTS=ITEM_MOMENTS,
        REVERSIBILITY=REVERSIBILITY,
        SHORTFALLS=SHORTFALLS,
        SCORING=STATES,
        TRIAL_OUTCOMES=TRIAL_OUTCOMES,
    )


def edit_item(item_id: int) -> ResponseReturnValue:
    """Change what is known of an item; its numbers follow."""
    page = page_of(item_id)
    if request.method == "GET":
        return show("edit", page, FactsForm.of(page))
    form = FactsForm()
    if not form.validate():
        return show("edit", page, form), 422
    try:
        act_on(item_id, backlog.edit_item, **form.facts())
    except Refused as refusal:
        return show("edit", page, form, refusal), STATUS.get(refusal.code, 409)
    house().reckoner.ask()
    return back(item_id, _("Saved."))


def decide(item_id: int) -> ResponseReturnValue:
    """Answer an item, with a reason that everybody can read."""
    page = page_of(item_id)
    form = AnswerForm()
    if request.method == "GET":
        form.seen.data = str(page.last_answer)
        return show("answer", page, form)
    account = who().account
    if account is None or not form.validate():
        return show("answer", page, form), 422
    try:
        act_on(item_id, decisions.decide, account_id=account.id, **form.told())
    except Refused as refusal:
        return _not_answered(item_id, form, refusal)
    return back(item_id, _("Your answer is public now."))


def _not_answered(item_id: int, form: AnswerForm, refusal: Refused) -> ResponseReturnValue:
    """The form with every word; whoever was overtaken reads the other answer, and may go on."""
    page = page_of(item_id)
    if refusal.code == "overtaken":
        form.seen.data = str(page.last_answer)
    return show("answer", page, form, refusal), STATUS.get(refusal.code, 409)


def report_outcome(item_id: int) -> ResponseReturnValue:
    """Tell everybody what is being done, or was."""
    page = page_of(item_id)
    form = NewsForm()
    if request.method == "GET":
        return show("news", page, form)
    if not form.validate():
        return show("news", page, form), 422
    news = {"text": form.text.data or "", "done": bool(form.done.data)}
    try:
        act_on(item_id, decisions.report_outcome, **news)
    except Refused as refusal:
        return show("news", page, form, refusal), STATUS.get(refusal.code, 409)
    return back(item_id, _("Everybody can read it now."))
