"""A room that is over, whose first idea was answered, tested and is being piloted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.revealed import Revealed, revealed
from workshop.acts import (
    decisions,
    evidence,
    guests,
    just_do,
    needs,
    offers,
    programmes,
    running,
    trials,
)
from workshop.acts.offers import Giver
from workshop.acts.stage import Stage
from workshop.reads.adoptions import of_guest
from workshop.reads.offers import needs as needs_of
from workshop.reads.progress import trials as trials_of

GUEST = "a link for a partner"
TEAM = "a link for a team"
LEADING = "a link for a partner who leads"

WORDS = {
    "place": "Elm Road and Harbour Street",
    "who": "180 people due a check",
    "works_if": "7 in 10 people have all three checks on one day",
    "stop_if": "Eye checks wait longer than 6 weeks",
}


@dataclass(frozen=True)
class Piloted:
    """The room's number, its item, the pilot that runs, an item that a partner leads, a receipt."""

    workshop: int
    item: int
    pilot: int
    led: int
    receipt: str


def piloted(stage: Stage) -> Piloted:
    """Tell it: its author can follow it, the pilot can be told of, the test has failed."""
    over = revealed(stage.store)
    item, led = over.promotes(), over.promotes(1)
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
    _offered(over, item)
    _changed(over)
    _led(over, led)
    said = {"account_id": over.leader, "text": "Podiatry is asked."}
    over.do(evidence.say_at_desk, item_id=item, **said)
    pilot = _trials(stage, item)[0]
    return Piloted(over.told.workshop, item, pilot, led, over.told.people[0].receipt)


def _offered(over: Revealed, item: int) -> None:
    """One need is covered, one is not; somebody else could; a partner asks to lead."""
    for kind, text in (
        ("room", "A room with a couch, two mornings"),
        ("time", "A lift by minibus"),
    ):
        over.do(needs.add_need, item_id=item, kind=kind, text=text)
    person = over.told.people[0]
    over.do(guests.make_guest, kind="staff", name="Podiatry", token=TEAM)
    ann: Giver = {"seat_id": person.seat, "receipt": person.receipt, "guest_id": 0}
    made = over.do(guests.make_guest, kind="partner", name="Harbour Transport", token=GUEST)
    bus: Giver = {"seat_id": 0, "receipt": "", "guest_id": made.answer["guest"]}
    reach = {"name": "Ann", "reach": "0161 496 0000"}
    couch = {"kind": "room", "text": "A room with a couch in Elm Road", **reach}
    offer = over.do(offers.make_offer, giver=ann, **couch).answer["offer"]
    minibus = {"kind": "time", "text": "A minibus and its driver, Tuesdays", **reach}
    over.do(offers.make_offer, giver=bus, **minibus)
    over.do(needs.set_contact, item_id=item, name="Tomasz", reach="tomasz@example.org")
    with over.told.stage.store.read() as db:
        need = needs_of(db, [item])[item][0]
    over.do(needs.lay_beside, item_id=item, need_id=need.id, offer_id=offer, fits=True)
    with over.told.stage.store.read() as db:
        (match,) = needs_of(db, [item])[item][0].matches
    over.do(offers.answer_match, giver=ann, match_id=match.id, answer="yes")
    over.do(needs.answer_for_item, item_id=item, match_id=match.id, answer="yes")
    wish = {"guest_id": made.answer["guest"], "why": "Our drivers know the people."}
    over.do(guests.ask_to_lead, item_id=item, **wish)


def _changed(over: Revealed) -> None:
    """Lines of the room's programme, one change that was told of, one that was stopped."""
    own: dict[str, Any] = {"account_id": over.told.facilitator}
    stage = over.told.stage
    made = stage.perform(programmes.make_programme, **own, title="Checks for all", service="Checks")
    number = made.answer["programme"]
    over.do(programmes.put_in_programme, **own, programme_id=number)
    lines: dict[str, Any] = {"kinds": ["words", "order"], "money": 50, "days": 7, "people": 40}
    never = "Medicine\nA person’s record"
    stage.perform(
        just_do.set_lines, account_id=over.leader, programme_id=number, never=never, **lines
    )
    nurse = over.told.people[1]
    own_seat: Giver = {"seat_id": nurse.seat, "receipt": nurse.receipt, "guest_id": 0}
    lines_of = dict.fromkeys(("money", "days", "people"), "yes")
    right = {**lines_of, **dict.fromkeys(("harm", "never_0", "never_1"), "no")}
    letter, _shoes, before_eight = (
        over.do(just_do.start_change, giver=own_seat, kind="words", text=text, answers=right)
        for text in ("Send one letter, not three", "Ask about shoes first", "Ring before eight")
    )
    came = {"outcome": "keep", "happened": "Eleven fewer calls in a week."}
    over.do(just_do.tell_change, giver=own_seat, change_id=letter.answer["change"], **came)
    stop = {"account_id": over.leader, "reason": "The line isn’t staffed before nine."}
    over.do(just_do.stop_change, change_id=before_eight.answer["change"], **stop)


def _led(over: Revealed, item: int) -> None:
    """A second partner leads the other idea and has planned nothing yet."""
    link = {"kind": "partner", "name": "Elm Road Hall", "token": LEADING}
    guest = over.do(guests.make_guest, **link).answer["guest"]
    over.do(guests.ask_to_lead, item_id=item, guest_id=guest, why="The hall is ours.")
    with over.told.stage.store.read() as db:
        (asked,) = of_guest(db, guest)
    yes = {"account_id": over.leader, "agree": True, "reason": "They know the people."}
    over.do(guests.answer_lead, item_id=item, adoption_id=asked.id, **yes)


def _trials(stage: Stage, item: int) -> list[int]:
    with stage.store.read() as db:
        return [one.id for one in trials_of(db, [item], stage.clock())[item]]
