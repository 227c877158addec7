"""You said, we did: what anybody may read, and nothing that they may not."""

from __future__ import annotations

import re

import pytest

from tests.story import facilitator
from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts import posts
from workshop.acts.backlog import set_answer_by
from workshop.acts.decisions import decide
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.gates import GATES
from workshop.rules.voting import METHODS

__all__ = ["desk"]


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def test_before_anything_is_answered_the_page_says_what_waits(here: Panel) -> None:
    page = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "Nothing is answered yet." in page
    assert "No day is promised yet." in page


def test_a_no_keeps_its_reason_and_what_would_change_it(here: Panel) -> None:
    here.room.do(
        decide,
        item_id=here.item,
        account_id=here.room.leader,
        answer="no",
        reason="The car park belongs to the port.",
        change_mind="If the port agrees",
    )
    page = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "We can’t, and why" in page
    assert "The car park belongs to the port." in page
    assert "If the port agrees" in page
    assert "Nothing. Everything has an answer." in page


def test_small_groups_are_folded_on_the_public_page(here: Panel) -> None:
    page = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "5 citizens" in page
    assert "8 others" in page
    assert "4 staff" not in page


def test_words_that_were_taken_off_the_wall_are_not_told(here: Panel) -> None:
    here.room.do(posts.set_state, post_id=here.room.told.ideas[0], state="removed")
    page = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "Idea 1" not in page
    assert "Its author took these words back." in page


def test_a_workshop_without_items_has_no_public_page(desk: Desk) -> None:
    told = desk.story(people=1, ideas=1, step="vote")
    assert desk.visitor().get(f"/changes/{told.room().slug}").status_code == 404
    assert "Nothing to tell yet" in desk.visitor().get("/changes").text


def test_every_workshop_with_items_is_listed_with_its_answers(here: Panel) -> None:
    assert "0 of 1 answered" in here.desk.visitor().get("/changes").text
    here.room.do(
        decide, item_id=here.item, account_id=here.room.leader, answer="yes", reason="It helps."
    )
    page = here.desk.visitor().get("/changes").text
    assert "All 1 answered" in page
    assert "It helps." in page


def test_every_rule_is_told_with_its_version(desk: Desk) -> None:
    page = desk.visitor().get("/how").text
    for method in METHODS.values():
        assert method.label in page
    for row in CRITERIA.values():
        assert row.question in page
    for gate in GATES.values():
        assert gate in page
    assert "scoring-1" in page


def test_the_promises_of_a_workshop_are_told_in_numbers_to_all_and_to_its_facilitator(
    here: Panel,
) -> None:
    assert '<dl class="tally">' not in here.desk.visitor().get(f"/changes/{here.slug}").text
    for item, day in (
        (here.item, "2020-01-31"),
        (here.room.promotes(1), "2999-12-31"),
        (here.room.promotes(2), "2020-01-31"),
    ):
        here.room.do(set_answer_by, item_id=item, answer_by=day)
    by = {"account_id": here.room.leader, "answer": "yes", "reason": "It helps."}
    here.room.do(decide, item_id=here.item, **by)
    for reader, path in (
        (here.desk.visitor(), f"/changes/{here.slug}"),
        (here.facilitator, "/workshops"),
    ):
        told = reader.get(path).text.partition('<dl class="tally">')[2].partition("</dl>")[0]
        numbers = re.findall(r"<dt>(.*?)</dt><dd.*?>(.*?)</dd>", told)
        assert numbers[:3] == [("Promised an answer", "3"), ("Answered", "1"), ("Late", "1")]
        assert int(numbers[3][1]) > 2000
        assert numbers[4] == ("Next answer by", "31 December 2999")
    stranger = facilitator(here.desk.stage, "sam@example.org")
    assert "tally" not in here.desk.visitor(stranger).get("/workshops").text
