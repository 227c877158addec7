"""What the vote says: ties, small groups, the way into the backlog, and the ballots as a file."""

from __future__ import annotations

import json

from tests.web.desk import Desk, desk, press
from tests.web.page_forms import forms
from workshop.acts import running
from workshop.rules.rounds import MOVES

__all__ = ["desk"]


def test_closing_and_revealing_show_the_ranking_with_its_tie(desk: Desk) -> None:
    told = desk.story(people=3, ideas=3, step="vote")
    for idea in told.ideas[:2]:
        told.votes(told.people[0], idea, 2, device="phone", number=idea)
    client = desk.visitor(told.facilitator)
    number = told.room().step.round
    assert number is not None
    press(client, told.room(), "round", round_id=number.id, to="closed")
    press(client, told.room(), "round", round_id=number.id, to="revealed")
    page = client.get(f"/workshops/{told.room().slug}/results").text
    assert page.count('aria-hidden="true">=</span>') == 2
    assert "How we worked this out" in page
    assert str(number.seed) in page


def test_a_small_group_is_never_shown_alone(desk: Desk) -> None:
    told = desk.story(people=12, ideas=1, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 1, device="phone", number=1)
    told.reveals()
    page = desk.visitor(told.facilitator).get(f"/workshops/{told.room().slug}/results").text
    assert "Others" in page
    assert "Partners:" not in page


def test_top_ideas_go_to_the_backlog_once(desk: Desk) -> None:
    told = desk.story(people=3, ideas=2, step="vote")
    told.votes(told.people[0], told.ideas[0], 2, device="phone", number=1)
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    client = desk.visitor(told.facilitator)
    for _ in range(2):
        press(client, told.room(), "results/promote", round_id=opened.id, idea_id=told.ideas)
    page = client.get(f"/workshops/{told.room().slug}/results").text
    assert page.count("In the backlog") == 2
    assert "To the backlog" not in page


def test_a_leader_reads_the_results_and_cannot_promote(desk: Desk) -> None:
    told = desk.story(people=3, ideas=1, step="vote")
    told.reveals()
    client = desk.visitor(desk.account("leader"))
    page = client.get(f"/workshops/{told.room().slug}/results")
    assert page.status_code == 200
    assert "To the backlog" not in page.text
    answer = press(client, told.room(), "results/promote", idea_id=told.ideas[0], round_id=1)
    assert answer.status_code == 403


def test_ballots_are_a_file_only_after_the_reveal(desk: Desk) -> None:
    told = desk.story(people=6, ideas=2, step="vote", template="sweep")
    for person in told.people:
        told.votes(person, told.ideas[0], 1, device="phone", number=1)
        told.votes(person, told.ideas[1], -1, device="phone", number=2)
    client = desk.visitor(told.facilitator)
    address = f"/workshops/{told.room().slug}/ballots"
    assert client.get(address).status_code == 409
    told.reveals()
    file = json.loads(client.get(address).data)
    assert [(idea["agree"], idea["pass"], idea["disagree"]) for idea in file["ideas"]] == [
        (6, 0, 0),
        (0, 0, 6),
    ]
    assert len(file["ballots"]) == 6
    assert file["ballots"][0].keys() == {"group", "marks"}
    assert file["seed"] == told.room().last_round.seed  # type: ignore[union-attr]  # a vote step has a round


def test_the_control_room_offers_only_where_a_round_can_go(desk: Desk) -> None:
    told = desk.story(people=3, ideas=1, step="vote")
    client, opened = desk.visitor(told.facilitator), told.room().step.round
    assert opened is not None
    there = {}
    for state in ("open", "closed", "revealed", "covered", "revealed"):
        if state != "open":
            press(client, told.room(), "round", round_id=opened.id, to=state)
        found = forms(client.get(f"/workshops/{told.room().slug}").text)
        offers = {to for form in found if form.command == "round.move" for to in form.offers("to")}
        there[state] = offers
        assert offers == MOVES[state]
    assert there.keys() == MOVES.keys()
    press(client, told.room(), "round", round_id=opened.id, to="open")
    page = client.get(f"/workshops/{told.room().slug}").text
    assert "It can’t be opened again." in page


def test_a_finished_workshop_shows_covered_counts_again_from_its_results(desk: Desk) -> None:
    told = desk.story(people=3, ideas=1, step="vote")
    told.reveals()
    client, opened = desk.visitor(told.facilitator), told.room().last_round
    assert opened is not None
    press(client, told.room(), "round", round_id=opened.id, to="covered")
    told.do(running.finish)
    page = client.get(f"/workshops/{told.room().slug}/results").text
    assert "Its counts were shown and are covered again." in page
    assert "Show the counts again" in page
    assert 'name="back" value="results"' in page
    given = {"round_id": str(opened.id), "to": "revealed", "back": "results"}
    moved = client.post(f"/workshops/{told.room().slug}/round", data=given)
    assert moved.location == f"/workshops/{told.room().slug}/results"
    page = client.get(f"/workshops/{told.room().slug}/results").text
    assert "How we worked this out" in page
