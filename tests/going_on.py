"""What goes on after a meeting, for tests of who may: a small change, and a test of an item."""

from __future__ import annotations

from typing import Any

from tests.revealed import Revealed
from workshop.acts import just_do, trials
from workshop.reads import progress


def changed(here: Revealed, programme: int) -> int:
    """A small change of somebody of the staff, inside lines that a leader set."""
    lines: dict[str, Any] = {"kinds": ["words"], "money": 0, "days": 1, "people": 9}
    here.told.stage.perform(
        just_do.set_lines, account_id=here.leader, programme_id=programme, **lines
    )
    nurse = here.told.people[1]
    own = {"seat_id": nurse.seat, "receipt": nurse.receipt, "guest_id": 0}
    right = {"money": "yes", "days": "yes", "people": "yes", "harm": "no"}
    said = {"kind": "words", "text": "A shorter letter", "answers": right}
    return int(here.do(just_do.start_change, giver=own, **said).answer["change"])


def tested(here: Revealed, item: int) -> int:
    """A test of the item that has not ended."""
    test = {"kind": "test", "what": "Ring ten people", "who": "Tomasz", "ends_on": "2026-12-01"}
    here.do(trials.plan_trial, item_id=item, **test)
    with here.told.stage.store.read() as db:
        return progress.trials(db, [item], here.told.clock())[item][0].id
