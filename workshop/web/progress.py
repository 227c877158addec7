"""How an item goes on: another stage, a test or a pilot and its result, evidence, desk talk."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from workshop.acts import evidence, stages, trials
from workshop.reads.items import ItemPage
from workshop.reads.progress import TrialCard
from workshop.rules.scoring.assessment import EVIDENCE
from workshop.rules.stages import STAGE_HINTS
from workshop.rules.trials import TRIAL_KINDS
from workshop.web.house import house, who
from workshop.web.reach import page_of
from workshop.web.sheets import again, back, show, tried
from workshop.web.stage_forms import (
    TRIAL_FORMS,
    EvidenceForm,
    ResultForm,
    StageForm,
    TalkForm,
    planned,
    trial_form,
)


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    both, one = ["GET", "POST"], "/backlog/<int:item_id>"
    pages.add_url_rule(f"{one}/stage", view_func=move_stage, methods=both)
    pages.add_url_rule(f"{one}/<any(test, pilot):kind>", view_func=plan_trial, methods=both)
    pages.add_url_rule(f"{one}/trials/<int:trial_id>", view_func=end_trial, methods=both)
    pages.add_url_rule(f"{one}/evidence", view_func=add_evidence, methods=both)
    pages.add_url_rule(f"{one}/talk", view_func=say_at_desk, methods=both)


def move_stage(item_id: int) -> ResponseReturnValue:
    """Move an item to another stage, with a reason that everybody can read."""
    page = page_of(item_id)
    if request.method == "GET":
        form = StageForm.about(page.card, formdata=None)
        form.seen.data = str(page.last_move)
        return show("stage", page, form, HINTS=STAGE_HINTS)
    form = StageForm.about(page.card)
    refusal = None
    if form.validate():
        told = form.told()
        refusal = tried(item_id, stages.move_stage, account_id=_account(), **told)
        if refusal is None:
            return back(item_id, _("Moved. The reason is public now."))
    return again("stage", page, form, refusal, HINTS=STAGE_HINTS)


def _account() -> int:
    account = who().account
    return account.id if account else 0


def plan_trial(item_id: int, kind: str) -> ResponseReturnValue:
    """Say beforehand what a test or a pilot will be."""
    page = page_of(item_id)
    title: dict[str, Any] = {"kind": kind, "TRIAL_KINDS": TRIAL_KINDS}
    if request.method == "GET":
        return show("trial", page, trial_form(kind, _open(page, kind)), **title)
    form = TRIAL_FORMS[kind]()
    refusal = None
    if form.validate():
        refusal = tried(item_id, trials.plan_trial, kind=kind, **planned(form))
        if refusal is None:
            return back(item_id, _("Saved."))
    return again("trial", page, form, refusal, **title)


def _open(page: ItemPage, kind: str) -> TrialCard | None:
    found = page.card.trial(kind)
    return found if found and found.ended_at is None else None


def end_trial(item_id: int, trial_id: int) -> ResponseReturnValue:
    """Tell what came of a test or a pilot."""
    page = page_of(item_id)
    trial = next((one for one in page.card.trials if one.id == trial_id), None)
    if trial is None or trial.ended_at is not None:
        abort(404)
    more: dict[str, Any] = {"trial": trial, "TRIAL_KINDS": TRIAL_KINDS}
    form = ResultForm()
    if request.method == "GET":
        return show("result", page, form, **more)
    refusal = None
    if form.validate():
        said = {name: form[name].data or "" for name in ("outcome", "happened", "learned")}
        refusal = tried(item_id, trials.end_trial, trial_id=trial_id, **said)
        if refusal is None:
            return back(item_id, _("Everybody can read it now."))
    return again("result", page, form, refusal, **more)


def add_evidence(item_id: int) -> ResponseReturnValue:
    """Write down what is known, where it can be read and how strong it is."""
    page = page_of(item_id)
    form = EvidenceForm()
    if request.method == "GET":
        form.strength.data = page.card.evidence
        return show("evidence", page, form, EVIDENCE=EVIDENCE)
    refusal = None
    if form.validate():
        said = {
            "text": form.text.data or "",
            "source": form.source.data or "",
            "strength": form.strength.data,
            "counts": bool(form.counts.data),
        }
        refusal = tried(item_id, evidence.add_evidence, **said)
        if refusal is None:
            house().reckoner.ask()
            return back(item_id, _("Saved."))
    return again("evidence", page, form, refusal, EVIDENCE=EVIDENCE)


def say_at_desk(item_id: int) -> ResponseReturnValue:
    """Say something about an item to the others at the desk."""
    page = page_of(item_id)
    form = TalkForm()
    if request.method == "GET":
        return show("talk", page, form)
    refusal = None
    if form.validate():
        said = {"text": form.text.data or "", "account_id": _account()}
        refusal = tried(item_id, evidence.say_at_desk, **said)
        if refusal is None:
            return back(item_id, _("Said."))
    return again("talk", page, form, refusal)
