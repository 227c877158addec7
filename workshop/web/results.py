"""What the vote says: the revealed rounds, the way into the backlog, and the ballots as a file."""

from __future__ import annotations

from flask import current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from workshop.acts.backlog import promote as promote_idea
from workshop.formats.bundle import bundle
from workshop.formats.files import Remark
from workshop.formats.own_marks import TYPE_OF
from workshop.reads import people
from workshop.reads.ballots import ballot_box
from workshop.reads.findings import findings_of
from workshop.reads.imports import ImportCard, import_card
from workshop.reads.patterns import patterns_card
from workshop.reads.record import files as record_files
from workshop.reads.results import shown_results
from workshop.rules.fairness.agreement import SHELVES
from workshop.rules.fairness.gems import REASONS as GEMS
from workshop.rules.refusals import Refused
from workshop.web.commands import fresh_id
from workshop.web.control import pages
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.house import house, room, who
from workshop.web.moves import whole
from workshop.web.round_files import add_to

add_to(pages)


@pages.get("/workshops/<slug>/results")
def results(slug: str) -> str:  # noqa: ARG001 - the guard has read it already
    """Every revealed round, the latest first; before a reveal, one sentence and no number."""
    return results_page()


def results_page(verdict: Form | None = None) -> str:
    """The page, with a form on it that was refused and keeps what was typed."""
    here = room()
    with house().store.read() as db:
        found = shown_results(db, here)
        meaning = findings_of(db, found)
        heads = people.headcount(db, here.id, here.counted_step)
        imported = import_card(db, here.id)
        patterns = patterns_card(db, here)
    return render_template(
        "facilitator/results.html",
        room=here,
        results=found,
        findings=meaning,
        verdict=verdict,
        heads=heads,
        imported=imported,
        told=_odd(imported),
        patterns=patterns,
        files=TYPE_OF,
        hosts=who().hosts,
        covered=here.last_round is not None and not here.last_round.is_told,
        fresh_id=fresh_id,
        SHELVES=SHELVES,
        GEMS=GEMS,
    )


def _odd(imported: ImportCard | None) -> list[str]:
    """Everything odd in the file that this workshop was made of, in words."""
    remarks = imported.remarks if imported else ()
    return [Remark(*one).words(gettext) for one in remarks]


@pages.post("/workshops/<slug>/results/promote")
def promote(slug: str) -> ResponseReturnValue:
    """Take the picked ideas into the backlog. Twice is harmless."""
    try:
        round_id = whole(request.form.get("round_id", ""))
        ideas = [whole(given) for given in request.form.getlist("idea_id")]
        for idea_id in ideas:
            _promote(idea_id, round_id)
    except Refused as refusal:
        flash(words(refusal))
    else:
        flash(_told(len(ideas)))
    return redirect(url_for("facilitator.results", slug=slug), 303)


def _promote(idea_id: int, round_id: int) -> None:
    house().stage.perform(promote_idea, workshop_id=room().id, idea_id=idea_id, round_id=round_id)


def _told(ideas: int) -> str:
    if not ideas:
        return str(gettext("Please pick an idea first."))
    told = ngettext(
        "%(n)s idea is in the backlog now.", "%(n)s ideas are in the backlog now.", ideas, n=ideas
    )
    return str(told)


@pages.get("/workshops/<slug>/ballots", defaults={"round_id": None})
@pages.get("/workshops/<slug>/ballots/<int:round_id>")
def ballots(slug: str, round_id: int | None) -> ResponseReturnValue:
    """A revealed round as a JSON file, the latest by default; nothing in it names a person."""
    last = room().last_round
    if round_id is None and last is None:
        raise Refused("not_found")
    number = round_id if round_id is not None or last is None else last.id
    with house().store.read() as db:
        box = ballot_box(db, room().id, number or 0)
    answer = jsonify(box.as_json())
    answer.headers["Content-Disposition"] = f'attachment; filename="ballots-{slug}.json"'
    return answer


@pages.get("/workshops/<slug>/rounds/<int:round_id>/record.zip")
def record(slug: str, round_id: int) -> ResponseReturnValue:
    """The files with which anybody can count a sealed round again."""
    with house().store.read() as db:
        files = record_files(db, room().id, round_id)
    answer = current_app.response_class(bundle(files), mimetype="application/zip")
    name = f"vote-{slug}-{round_id}.zip"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
