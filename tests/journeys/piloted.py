"""A room that is over, whose first idea was answered, tested and is being piloted."""

from __future__ import annotations

from dataclasses import dataclass

from tests.revealed import revealed
from workshop.acts import decisions, evidence, running, trials
from workshop.acts.stage import Stage
from workshop.reads.progress import trials as trials_of

WORDS = {
    "place": "Elm Road and Harbour Street",
    "who": "180 people due a check",
    "works_if": "7 in 10 people have all three checks on one day",
    "stop_if": "Eye checks wait longer than 6 weeks",
}


@dataclass(frozen=True)
class Piloted:
    """The room's number, its item, the pilot that runs, and a receipt of somebody in it."""

    workshop: int
    item: int
    pilot: int
    receipt: str


def piloted(stage: Stage) -> Piloted:
    """Tell it: its author can follow it, the pilot can be told of, the test has failed."""
    over = revealed(stage.store)
    item = over.promotes()
    reason = "Many people want it, and it can be undone."
    answer = {"account_id": over.leader, "answer": "test", "reason": reason}
    over.do(decisions.decide, item_id=item, **answer)
    over.do(running.finish)
    test = {"kind": "test", "what": "Ring ten people", "who": "Tomasz", "ends_on": "2026-10-01"}
    over.do(trials.plan_trial, item_id=item, **test)
    (row,) = _trials(stage, item)
    came = {"happened": "Four of ten rang back.", "learned": "Evenings suit people better."}
    over.do(trials.end_trial, item_id=item, trial_id=row, outcome="failed", **came)
    days = {"begins_on": "2026-10-01", "ends_on": "2027-12-01"}
    over.do(trials.plan_trial, item_id=item, kind="pilot", **WORDS, **days)
    over.do(decisions.decide, item_id=item, **{**answer, "answer": "yes"})
    known = {"text": "Two surgeries nearby did it.", "strength": 3, "source": "Their report"}
    over.do(evidence.add_evidence, item_id=item, **known)
    said = {"account_id": over.leader, "text": "Podiatry is asked."}
    over.do(evidence.say_at_desk, item_id=item, **said)
    pilot = _trials(stage, item)[0]
    return Piloted(over.told.workshop, item, pilot, over.told.people[0].receipt)


def _trials(stage: Stage, item: int) -> list[int]:
    with stage.store.read() as db:
        return [one.id for one in trials_of(db, [item], stage.clock())[item]]
