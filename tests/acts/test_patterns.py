"""A facilitator looks at votes that came together, sets them aside or leaves them in, with why."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.paired import answers
from tests.story import Person, Story, story
from workshop.acts import marking, patterns, running, seats
from workshop.acts.stage import Change
from workshop.reads.patterns import PatternsCard, patterns_card
from workshop.reads.voting import ResultCard, result
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import DecidedSeat, Seat, Workshop
from workshop.storage.store import Store

BOT = "203.0.113.9"


def flooded(store: Store, **rule: object) -> Story:
    """Twelve people vote for the first two ideas; nine seats from one place for the last one."""
    told = story(store, people=12, ideas=4, step="vote", rule=dict(rule) or None)
    for person in told.people:
        if not rule.get("secret"):
            told.votes(person, told.ideas[person.seat % 2], 2)
    for number in range(9):
        told.clock.now += 800
        receipt = f"BOT-{number}"
        given = {"group": VOICES[0], "receipt": receipt, "address": BOT, "browser": receipt}
        seat = told.do(seats.take_seat, **given).answer["seat"]
        if not rule.get("secret"):
            told.do(marking.set_mark, seat_id=seat, idea_id=told.ideas[3], value=3)
    return told


def card(told: Story) -> PatternsCard:
    with told.stage.store.read() as db:
        found = patterns_card(db, told.room())
    assert found is not None
    return found


def decides(told: Story, decision: str, reason: str = "", kind: str = "place") -> None:
    found = card(told)
    one = next(one for one in found.all if one.kind == kind)
    given = {"round_id": found.round_id, "pattern": one.key, "decision": decision}
    told.do(patterns.decide, **given, reason=reason)


def counted(told: Story) -> ResultCard:
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    with told.stage.store.read() as db:
        found = result(db, opened.id)
    assert found is not None
    return found


def test_a_pattern_is_told_while_the_vote_is_open_and_drops_nothing_by_itself(
    store: Store,
) -> None:
    told = flooded(store)
    assert [(one.kind, one.seats, one.seconds) for one in card(told).all] == [("place", 9, 7)]
    assert counted(told).ballots == 21


def test_ballots_are_compared_only_once_the_vote_is_closed(store: Store) -> None:
    told = story(store, people=30, ideas=9, step="vote")
    for number, person in enumerate(told.people):
        wanted = (0, 1) if number < 5 else (2 + number % 7, 2 + number // 7)
        for idea, value in zip(wanted, (3, 2), strict=True):
            told.votes(person, told.ideas[idea], value)
    assert card(told).all == ()
    told.do(running.finish)
    assert [(one.kind, one.seats) for one in card(told).all] == [("alike", 5)]


def test_votes_set_aside_are_not_counted_and_everybody_reads_why(store: Store) -> None:
    told = flooded(store)
    decides(told, "aside", "One laptop at the back made nine seats.")
    assert card(told).waiting == 0
    found = counted(told)
    assert found.ballots == 12
    assert [(one["votes"], one["reason"]) for one in found.aside] == [
        (9, "One laptop at the back made nine seats.")
    ]
    assert next(row for row in found.rows if row.idea_id == told.ideas[3]).score == 0


def test_answers_set_aside_are_in_no_pair_that_is_counted(store: Store) -> None:
    """Twelve people always pick the older idea, nine seats from one place the newer one."""
    told = story(store, people=12, ideas=3, step="vote", rule={"method": "pairwise"})
    for person in told.people:
        answers(told, person, min)
    for number in range(9):
        told.clock.now += 800
        receipt = f"BOT-{number}"
        given = {"group": VOICES[0], "receipt": receipt, "address": BOT, "browser": receipt}
        seat = int(told.do(seats.take_seat, **given).answer["seat"])
        answers(told, Person(seat, VOICES[0], receipt), max)
    decides(told, "aside", "One laptop at the back made nine seats.")
    found = counted(told)
    assert (found.ballots, [one["votes"] for one in found.aside]) == (12, [9])
    assert [row.idea_id for row in found.rows] == told.ideas, "by the twelve alone"
    assert {sum(count.seen for count in row.by_group.values()) for row in found.rows} == {12}


def test_votes_left_in_are_looked_at_and_count(store: Store) -> None:
    told = flooded(store)
    decides(told, "left")
    assert (card(told).waiting, len(card(told).all)) == (0, 1)
    found = counted(told)
    assert (found.ballots, found.aside) == (21, ())


def test_a_decision_is_taken_back_and_changed_until_the_seal(store: Store) -> None:
    told = flooded(store)
    decides(told, "aside", "Look.")
    (one,) = card(told).all
    for _ in range(2):
        told.do(patterns.take_back, decided_id=one.decided_id)
    assert card(told).waiting == 1
    decides(told, "aside", "Look again.")
    last = card(told).all[0].decided_id
    assert counted(told).ballots == 12
    with pytest.raises(Refused) as no:
        told.do(patterns.take_back, decided_id=last)
    assert no.value.code == "round_sealed"


def test_one_more_seat_is_another_pattern_to_look_at(store: Store) -> None:
    told = flooded(store)
    decides(told, "aside", "Look.")
    told.do(seats.take_seat, group="staff", receipt="BOT-X", address=BOT)
    assert [(one.seats, one.decision) for one in card(told).all] == [(10, ""), (9, "aside")]
    decides(told, "left")
    assert [(one.seats, one.decision) for one in card(told).all] == [(10, "left")]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decision": "aside", "reason": " "}, "empty"),
        ({"decision": "burn"}, "unknown_choice"),
        ({"pattern": "place-0"}, "pattern_gone"),
        ({"round_id": 99}, "not_found"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    store: Store, change: dict[str, object], code: str
) -> None:
    told = flooded(store)
    found = card(told)
    given = {"round_id": found.round_id, "pattern": found.all[0].key, "decision": "left"}
    with pytest.raises(Refused) as no:
        told.do(patterns.decide, **{**given, **change})
    assert no.value.code == code
    assert card(told).waiting == 1


def test_secret_ballots_stay_in_because_nobody_knows_whose_they_are(store: Store) -> None:
    told = flooded(store, method="dots", budget=5, cap=3, secret=True)
    assert (card(told).secret, card(told).waiting) == (True, 1)
    with pytest.raises(Refused) as no:
        decides(told, "aside", "Look.")
    assert no.value.code == "secret_stays"
    decides(told, "left")


def test_a_helpers_device_is_never_told_of(store: Store) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    for number in range(40):
        given = {"group": "staff", "receipt": f"HELPED-{number}", "channel": "helper"}
        told.do(seats.take_seat, **given, address=BOT, browser="one device")
    assert card(told).all == ()


def test_the_place_where_the_workshop_was_started_is_the_venue(store: Store) -> None:
    told = story(store, people=2, ideas=2, step="vote")

    def starts_again(db: Session, *, now: int, workshop_id: int) -> Change:
        db.get_one(Workshop, workshop_id).state = "upcoming"
        return running.start(db, now=now, workshop_id=workshop_id, address=BOT)

    told.do(starts_again)
    told.moves_to("vote")
    for number in range(30):
        told.do(seats.take_seat, group="staff", receipt=f"HALL-{number}", address=BOT)
    assert card(told).all == ()


def test_where_people_came_from_goes_with_its_key_once_the_last_vote_is_counted(
    store: Store,
) -> None:
    told = flooded(store)
    decides(told, "left")
    assert marks(store) != set()
    told.reveals()
    assert marks(store) == set()
    with store.read() as db:
        assert db.get_one(Workshop, told.workshop).origin_key == ""
        assert db.scalars(select(DecidedSeat)).all() == []
    told.do(seats.take_seat, group="staff", receipt="LATE", address=BOT, browser="b")
    assert marks(store) == set(), "after that no mark is made any more"


def test_the_end_of_a_meeting_waits_for_a_vote_that_is_still_covered(store: Store) -> None:
    told = flooded(store)
    told.do(running.finish)
    assert marks(store) != set()
    told.reveals()
    assert marks(store) == set()


def marks(store: Store) -> set[str | None]:
    with store.read() as db:
        rows = db.execute(select(Seat.origin, Seat.device))
        return {mark for row in rows for mark in row} - {None}
