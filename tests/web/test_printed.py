"""Reports for paper: who sat there, every vote, and the backlog with its answers; nobody’s name."""

from __future__ import annotations

import re

import pytest

from tests.formats.backlog_rows import FULL
from tests.story import facilitator
from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts import hosts
from workshop.acts.decisions import decide
from workshop.formats.json_file import write_json
from workshop.formats.rows import BacklogRow

__all__ = ["desk"]


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def words(page: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_workshop_tells_who_sat_there_and_how_they_voted(here: Panel) -> None:
    page = words(here.leader.get(f"/workshops/{here.slug}/report").text)
    assert "13 people sat down" in page
    assert "Citizens 5, Others 8" in page
    assert "Staff 4" not in page, "a group under five is never told apart"
    for said in ("The goal we started from", "Idea 1", "13 people voted", "Rule: Dots"):
        assert said in page
    assert "1 idea is in the backlog." in page


def test_an_answer_stands_there_with_its_terms(here: Panel) -> None:
    here.room.do(
        decide,
        item_id=here.item,
        account_id=here.room.leader,
        answer="test",
        reason="People want it.",
        conditions="On Fridays",
        change_mind="Six weeks",
    )
    for address in ("/backlog/report", f"/workshops/{here.slug}/report"):
        page = words(here.leader.get(address).text)
        for said in ("Yes, we’ll try it first. People want it.", "On Fridays", "Six weeks"):
            assert said in page


def test_numbers_gates_and_rules_stand_there_in_words(here: Panel) -> None:
    here.is_scored()
    page = words(here.leader.get("/backlog/report").text)
    for said in ("Stop until fixed", "Nobody owns it yet.", "Reward 70", "Rule scoring-"):
        assert said in page
    assert "How this was worked out" in page


def test_a_part_of_the_backlog_is_a_part_of_the_report(here: Panel) -> None:
    assert "Idea 1" in here.leader.get(f"/backlog/report?workshop={here.slug}").text
    assert "Idea 1" not in here.leader.get("/backlog/report?service=Something+else").text
    assert (
        f"/backlog/report?workshop={here.slug}"
        in here.leader.get(f"/backlog?workshop={here.slug}").text
    )


def test_an_empty_backlog_is_still_a_report(desk: Desk) -> None:
    page = desk.visitor(desk.account("leader")).get("/backlog/report").text
    assert "Nothing is in the backlog yet." in page


def test_a_workshop_before_its_vote_has_a_report(desk: Desk) -> None:
    told = desk.story(people=2, ideas=1, step="ideas")
    page = desk.visitor(told.facilitator).get(f"/workshops/{told.room().slug}/report").text
    assert "No vote has been revealed yet." in page


def test_a_vote_under_way_shows_no_count(desk: Desk) -> None:
    told = desk.story(people=6, ideas=2, step="vote")
    for person in told.people:
        told.votes(person, told.ideas[0], 2)
    page = desk.visitor(told.facilitator).get(f"/workshops/{told.room().slug}/report").text
    assert "No vote has been revealed yet." in page
    assert "Idea 1" not in page


def test_figures_of_a_file_are_told_as_imported(desk: Desk) -> None:
    leader = desk.visitor(desk.account("leader"))
    text = write_json([BacklogRow(number=1, title="One letter", reward=FULL.reward)]).decode()
    leader.post("/backlog/bring", data={"backlog": text})
    page = words(leader.get("/backlog/report").text)
    assert "Reward 73" in page
    assert "Figures imported from a file" in page


def test_a_stranger_reads_no_report(here: Panel) -> None:
    address = f"/workshops/{here.slug}/report"
    assert here.facilitator.get(address).status_code == 200
    other = here.desk.visitor(facilitator(here.desk.stage, "sam@example.org"))
    assert other.get(address).status_code in {403, 404}
    assert "Idea 1" not in other.get("/backlog/report").text
    assert here.desk.visitor().get("/backlog/report").status_code == 302


def test_whoever_helps_in_the_room_alone_reads_its_votes_and_nothing_of_the_backlog(
    here: Panel,
) -> None:
    olu = facilitator(here.desk.stage, "olu@example.org", "cofacilitator")
    owner = here.room.told.facilitator
    here.room.do(hosts.add_host, by=owner, is_admin=False, email="olu@example.org")
    page = words(here.desk.visitor(olu).get(f"/workshops/{here.slug}/report").text)
    assert "13 people voted" in page
    assert "in the backlog" not in page
    assert "Not scored yet" not in page


def test_what_people_wrote_is_data(here: Panel) -> None:
    nasty = "<script>alert(1)</script>"
    kept = {"title": nasty, "facet": "mission", "evidence": "4", "reversible": "weeks"}
    here.leader.post(f"/backlog/{here.item}/edit", data={**kept, "seen": "0", "owner": nasty})
    assert "<script>alert" not in here.leader.get("/backlog/report").text
