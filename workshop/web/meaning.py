"""What a vote means, for whoever took part and for everybody: the same page without any button."""

from __future__ import annotations

from flask import render_template

from workshop.reads.findings import findings_of
from workshop.reads.results import shown_results
from workshop.reads.rooms import RoomCard
from workshop.rules.fairness.agreement import SHELVES
from workshop.rules.fairness.gems import REASONS
from workshop.web.house import house


def meaning_page(here: RoomCard, back: str, back_words: str) -> str:
    """Every revealed round of a room and what it means; `back` is where its reader came from."""
    with house().store.read() as db:
        found = shown_results(db, here)
        meaning = findings_of(db, found)
    return render_template(
        "findings/page.html",
        room=here,
        results=found,
        findings=meaning,
        back=back,
        back_words=back_words,
        hosts=False,
        SHELVES=SHELVES,
        GEMS=REASONS,
    )
