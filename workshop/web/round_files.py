"""The files of a revealed round: its ballots as a Pabulib vote, and its result as a table."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, Response
from flask_babel import gettext

from workshop.formats import pabulib, result_file
from workshop.formats.own_marks import TYPE_OF, as_election
from workshop.reads.ballots import ballot_box
from workshop.reads.findings import FindingsCard, findings_of
from workshop.reads.imports import import_card
from workshop.reads.results import ShownResult, shown_result
from workshop.rules.findings import usual_size
from workshop.rules.refusals import Refused
from workshop.web.house import house, room


def add_to(pages: Blueprint) -> None:
    """Give the facilitator's pages these routes."""
    where = "/workshops/<slug>/rounds/<int:round_id>"
    pages.add_url_rule(f"{where}/vote.pb", view_func=pabulib_vote)
    pages.add_url_rule(f"{where}/result.csv", view_func=result_table)


def pabulib_vote(slug: str, round_id: int) -> Response:
    """A revealed round as a `.pb` file. Nothing in it leads to a person."""
    shown, found = _round(round_id)
    if shown.card.rule.method not in TYPE_OF:
        raise Refused("no_such_file")
    with house().store.read() as db:
        box = ballot_box(db, room().id, round_id)
        brought = import_card(db, room().id) if shown.card.imported else None
    election = house().offload(
        as_election,
        shown.card.rule,
        dict(sorted((row.row.idea_id, row.text) for row in shown.rows)),
        box.ballots,
        _about(shown, slug),
        found.size if found else usual_size(len(shown.rows)),
        brought.facts if brought else None,
    )
    return _download(pabulib.write(election).encode(), "text/plain", f"vote-{slug}-{round_id}.pb")


def _about(shown: ShownResult, slug: str) -> dict[str, str]:
    here = room()
    day = datetime.fromtimestamp((here.finished_at or house().now()) / 1000, UTC).date()
    return {
        "description": here.title,
        "unit": here.service,
        "instance": slug,
        "date_begin": day.isoformat(),
        "date_end": day.isoformat(),
        "longtable_question": gettext(shown.step.question),
    }


def result_table(slug: str, round_id: int) -> Response:
    """A revealed round as a table for spreadsheets, small groups folded as on its page."""
    shown, found = _round(round_id)
    data = result_file.write(shown, found, gettext)
    return _download(data, result_file.MIME, f"result-{slug}-{round_id}.csv")


def _round(round_id: int) -> tuple[ShownResult, FindingsCard | None]:
    """A revealed round of this room, and what it means as far as that is worked out.

    Raises:
        Refused: `not_found`, or `not_revealed` until the room has seen the counts.
    """
    steps = [step for step in room().steps if step.round and step.round.id == round_id]
    if not steps:
        raise Refused("not_found")
    with house().store.read() as db:
        shown = shown_result(db, steps[0])
        if shown is None:
            raise Refused("not_revealed")
        return shown, findings_of(db, [shown]).get(round_id)


def _download(data: bytes, mime: str, name: str) -> Response:
    answer = Response(data, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
