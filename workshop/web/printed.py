"""Reports for paper: the whole backlog or a part of it, and one workshop with what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, render_template, url_for

from workshop.reads.item_card import ItemCard
from workshop.reads.report import ReportRoom, report_room
from workshop.rules.fairness.folding import SMALLEST_GROUP
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.simulation import DRAWS, RULE_VERSION
from workshop.web.filtering import asked_for, the_same_part
from workshop.web.house import house, room, who
from workshop.web.portfolio import shelves
from workshop.web.reach import cards, host

SEATS_DRAWN: Final = 60
"""Beyond it a drawn table would be a band of dots, and the sentence on it says the same."""


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages these routes."""
    pages.add_url_rule("/backlog/report", view_func=report)
    pages.add_url_rule("/workshops/<slug>/report", view_func=workshop_report)


def report() -> str:
    """The part of the backlog that the address asks for: every idea by advice, with its answer."""
    filters = asked_for()
    kept = [card for card in cards() if filters.keep(card)]
    return _page(kept, the_same_part("leader.backlog"))


def workshop_report(slug: str) -> str:
    """One workshop: what was asked, who took part, every revealed vote, and its ideas."""
    with house().store.read() as db:
        told = report_room(db, room())
    back = url_for("facilitator.results", slug=slug)
    kept = [card for card in cards() if card.slug == slug]
    sees_backlog = "leader" in who().roles or host() == room().facilitator_id
    return _page(kept, back, told, sees_backlog=sees_backlog)


def _page(
    found: Sequence[ItemCard],
    back: str,
    told: ReportRoom | None = None,
    *,
    sees_backlog: bool = True,
) -> str:
    """The report. Whoever helps in a room alone reads nothing of its backlog."""
    return render_template(
        "leader/report.html",
        told=told,
        cards=found,
        shelves=shelves(found),
        workshops={card.slug for card in found},
        lines={card.appraisal.lines for card in found if card.appraisal},
        back=back,
        sees_backlog=sees_backlog,
        now=house().now(),
        seats_drawn=SEATS_DRAWN,
        smallest=SMALLEST_GROUP,
        draws=DRAWS,
        version=RULE_VERSION,
        ADVICE=ADVICE,
        CRITERIA=CRITERIA,
        GATES=GATES,
    )
