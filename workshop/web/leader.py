"""The backlog for those who answer it: the portfolio page and the files it can be saved as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from flask import Blueprint, Response, abort, render_template
from flask_babel import gettext

from workshop.formats.exports import EXPORTS
from workshop.formats.flat import flat
from workshop.reads.backlog import NOT_SCORED
from workshop.reads.choosing import votes_behind
from workshop.reads.item_card import ItemCard
from workshop.rules.promises import today
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.mix import SENTENCES
from workshop.rules.scoring.portfolio import ADVICE, DEFAULTS, Thresholds
from workshop.rules.scoring.risk import BEARERS
from workshop.rules.scoring.simulation import RULE_VERSION
from workshop.web import (
    backlog_bringing,
    choosing,
    invitations,
    items,
    just_do,
    offers,
    own_views,
    printed,
    progress,
    reckoning,
    several,
    what_if,
)
from workshop.web.days import day
from workshop.web.desk import desk
from workshop.web.due import due
from workshop.web.filtering import asked_for, choices
from workshop.web.house import house, who
from workshop.web.mix import mix
from workshop.web.portfolio import portfolio
from workshop.web.reach import cards
from workshop.web.rows import kept

pages: Final = Blueprint("leader", __name__)
pages.context_processor(desk)
pages.add_app_template_filter(day, "day")
items.add_to(pages)
invitations.add_to(pages)
progress.add_to(pages)
reckoning.add_to(pages)
offers.add_to(pages)
just_do.add_to(pages)
own_views.add_to(pages)
several.add_to(pages)
printed.add_to(pages)
backlog_bringing.add_to(pages)
choosing.add_to(pages)
what_if.add_to(pages)


@pages.get("/backlog")
def backlog() -> str:
    """The portfolio: the map, who waits for an answer, the mix, and the list by advice."""
    working = reckoning.asked()
    everything = cards()
    filters = asked_for()
    shown = [card for card in everything if filters.keep(card)]
    lines = _lines(everything)
    with house().store.read() as db:
        votes = votes_behind(db, shown)
    return render_template(
        "leader/backlog.html",
        all=portfolio(shown, lines),
        total=len(everything),
        filters=filters,
        NOT_SCORED=NOT_SCORED,
        choices=choices(everything),
        views=own_views.mine(),
        several=several.SeveralForm.fresh(),
        may_move="leader" in who().roles,
        exports=EXPORTS,
        kept=kept,
        working=working,
        due=due(),
        lines=lines,
        version=RULE_VERSION,
        ADVICE=ADVICE,
        BEARERS=BEARERS,
        GATES=GATES,
        mix=mix(shown, votes),
        BALANCE=SENTENCES,
    )


@pages.get("/backlog/export/<fmt>")
def export(fmt: str) -> Response:
    """The items that this reader sees, as one of the files in `EXPORTS`."""
    kind = EXPORTS.get(fmt) or abort(404)
    filters = asked_for()
    rows = [flat(card) for card in cards() if filters.keep(card)]
    data = house().offload(kind.write, rows, gettext)
    name = f"backlog-{today(house().now()).isoformat()}{kind.suffix}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=kind.mime, headers=headers)


def _lines(found: Sequence[ItemCard]) -> Thresholds:
    """The lines that all of these were measured by; ours where they were measured by several."""
    lines = {card.appraisal.lines for card in found if card.appraisal}
    return lines.pop() if len(lines) == 1 else DEFAULTS
