"""Findings are kept with a revealed round; what is parked or kept in has a reason and a day."""

from __future__ import annotations

import pytest

from tests.revealed import risks, scores
from tests.story import Story, story
from workshop.acts import assessments, assessors, backlog, findings, running, verdicts
from workshop.reads.findings import FindingsCard, findings_of
from workshop.reads.results import shown_results
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

NEXT_YEAR = "2027-11-01"


def voted(store: Store) -> Story:
    """Twelve people, four ideas; everybody gives the first two, one of them the third as well."""
    told = story(store, people=12, ideas=4, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 2)
        told.votes(person, told.ideas[1], 1)
    told.votes(told.people[0], told.ideas[2], 1)
    return told


def weighed(told: Story, size: int | None = None) -> FindingsCard:
    findings.work_out(told.stage, last(told), size, workshop_id=told.workshop)
    with told.stage.store.read() as db:
        return findings_of(db, shown_results(db, told.room()))[last(told)]


def last(told: Story) -> int:
    opened = told.room().last_round
    assert opened is not None
    return opened.id


def gives(told: Story, kind: str, idea: int, reason: str, review_on: str | None = None) -> None:
    told.do(
        verdicts.give_verdict,
        round_id=last(told),
        idea_id=idea,
        kind=kind,
        reason=reason,
        review_on=review_on,
    )


def test_nothing_is_worked_out_before_the_reveal(store: Store) -> None:
    told = voted(store)
    findings.work_out(told.stage, last(told), workshop_id=told.workshop)
    with store.read() as db:
        assert findings_of(db, shown_results(db, told.room())) == {}


def test_findings_are_worked_out_once_and_again_for_another_length(store: Store) -> None:
    told = voted(store)
    told.reveals()
    first = weighed(told)
    assert (first.size, set(first.plain)) == (2, set(told.ideas[:2]))
    seq = told.room().seq
    assert weighed(told) == first
    assert told.room().seq == seq
    assert weighed(told, 3).size == 3
    assert weighed(told).size == 3


@pytest.mark.parametrize("size", [0, 4, -1])
def test_a_list_that_would_choose_nothing_is_refused(store: Store, size: int) -> None:
    told = voted(store)
    told.reveals()
    with pytest.raises(Refused) as no:
        weighed(told, size)
    assert no.value.code == "list_size"


def test_another_room_cannot_have_a_round_worked_out(store: Store) -> None:
    told = voted(store)
    told.reveals()
    with pytest.raises(Refused) as no:
        findings.work_out(told.stage, last(told), workshop_id=told.workshop + 1)
    assert no.value.code == "not_found"


def test_an_idea_is_parked_until_a_day_kept_in_or_left_to_its_count(store: Store) -> None:
    told = voted(store)
    told.reveals()
    gives(told, "parked", told.ideas[3], "Wait for the new clinic.", NEXT_YEAR)
    one = weighed(told).by_id[told.ideas[3]]
    assert one.verdict is not None
    assert (one.stays, one.verdict.review_on) == ("parked", NEXT_YEAR)
    gives(told, "kept", told.ideas[3], "The law asks for it.", NEXT_YEAR)
    one = weighed(told).by_id[told.ideas[3]]
    assert one.verdict is not None
    assert (one.stays, one.verdict.review_on) == ("kept", None)
    for _ in range(2):
        told.do(verdicts.take_verdict_back, round_id=last(told), idea_id=told.ideas[3])
    assert weighed(told).by_id[told.ideas[3]].verdict is None


@pytest.mark.parametrize(
    ("kind", "reason", "review_on", "code"),
    [
        ("parked", "Later.", None, "review_needed"),
        ("parked", "Later.", "2020-01-01", "review_ahead"),
        ("parked", " ", NEXT_YEAR, "empty"),
        ("kept", "x" * 301, None, "too_long"),
        ("thrown away", "Bad.", None, "unknown_choice"),
    ],
)
def test_a_verdict_needs_a_reason_and_a_parked_idea_a_day(
    store: Store, kind: str, reason: str, review_on: str | None, code: str
) -> None:
    told = voted(store)
    told.reveals()
    with pytest.raises(Refused) as no:
        gives(told, kind, told.ideas[3], reason, review_on)
    assert no.value.code == code


def test_nobody_decides_about_an_idea_before_the_counts_are_shown(store: Store) -> None:
    told = voted(store)
    with pytest.raises(Refused) as no:
        gives(told, "kept", told.ideas[0], "I like it.")
    assert no.value.code == "not_revealed"
    told.reveals()
    with pytest.raises(Refused) as no:
        gives(told, "kept", told.problems[0], "Not an idea.")
    assert no.value.code == "not_found"


@pytest.mark.parametrize("screen", running.MEANING)
def test_the_screen_waits_for_the_last_place(store: Store, screen: str) -> None:
    told = voted(store)
    with pytest.raises(Refused) as no:
        told.do(running.show_screen, screen=screen)
    assert no.value.code == "screen_waits"
    told.reveals()
    told.do(running.show_screen, screen=screen)
    assert told.room().screen == screen


def test_an_idea_with_a_high_reward_estimate_is_protected_whatever_its_count(store: Store) -> None:
    told = voted(store)
    told.reveals()
    out = next(one for one in weighed(told).ideas if one.band == "out" and not one.gem)
    item = told.do(backlog.promote, idea_id=out.idea_id, round_id=last(told)).answer["item"]
    for number, high in enumerate((50, 51)):
        asked = {"name": "Sam", "standing": "citizen", "token": f"assessor {number}"}
        sam = told.do(assessors.invite_assessor, **asked).answer["assessor"]
        given = {"scores": scores(10, 20, high), "risks": risks(), "still": risks()}
        told.do(assessments.assess, item_id=item, assessor_id=sam, **given)
        protected = weighed(told).by_id[out.idea_id].gem
        assert protected == (("high_reward",) if high > 50 else ())


def test_votes_counted_by_an_older_program_are_worked_out_once(store: Store) -> None:
    told = voted(store)
    told.reveals()
    assert (findings.catch_up(told.stage), findings.catch_up(told.stage)) == (1, 0)
    assert weighed(told).size == 2
