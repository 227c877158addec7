"""What fits, and what if: two pages to think with. They ask by their address and keep nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests.revealed import risks, scores
from tests.story import facilitator
from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from tests.web.test_leader import facts
from workshop.acts import appraisals, assessments, backlog
from workshop.storage.models import ItemMoment, PortfolioRun, Yardstick

__all__ = ["desk"]


@pytest.fixture
def here(desk: Desk) -> Panel:
    """One scored item with an owner and two person-months of work."""
    found = panel(desk)
    found.leader.post(f"/backlog/{found.item}/edit", data=facts(owner="Tomasz", effort="2"))
    found.is_scored()
    return found


def words(client: FlaskClient, address: str, status: int = 200) -> str:
    """The words of a page, without markup."""
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_with_nothing_moved_the_page_shows_what_is_stored(here: Panel) -> None:
    page = words(here.leader, "/backlog/what-if")
    assert "As it is stored" in page
    assert "Nothing here is saved: the backlog stays as it is." in page
    assert "Stored Q1 Quick win With these numbers as stored Reward 70 Place by reward 1" in page


def test_another_line_changes_the_advice_on_this_page_alone(here: Panel) -> None:
    page = words(here.leader, "/backlog/what-if?reward=90")
    assert "1 of 1 idea changes its advice." in page
    assert "Stored Q1 Quick win With these numbers N1 Not now" in page
    assert "stored: 50" in page
    assert "Q1, Quick win: Idea 1." in here.leader.get("/backlog").text


def test_asking_changes_nothing_that_is_stored(here: Panel) -> None:
    def kept() -> list[int | None]:
        with here.desk.product.store.read() as db:
            rows = (ItemMoment, PortfolioRun, Yardstick)
            return [db.scalar(select(func.count()).select_from(row)) for row in rows]

    before = kept()
    for asked in ("w-outcome=90&w-equity=1&risk=5", "reward=90", "quick=0"):
        here.leader.get(f"/backlog/what-if?{asked}")
    here.leader.get("/backlog/choose?months=5")
    assert kept() == before


def test_a_number_that_was_not_touched_is_the_stored_one_itself(here: Panel) -> None:
    same = "w-outcome=30&w-equity=20&w-empowerment=20&w-staff=15&w-learning=15&reward=50&risk=30"
    assert "As it is stored" in words(here.leader, f"/backlog/what-if?{same}")
    assert "Move a number" in words(here.leader, "/backlog/what-if?w-outcome=&reward=")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("w-outcome=-5", "A weight is a number, zero or more."),
        ("w-outcome=lots", "A weight is a number, zero or more."),
        ("reward=101", "Please check the lines."),
        ("risk=low", "Please check the lines."),
        ("quick=-1", "Please check the lines."),
        (
            "&".join(
                f"w-{key}=0" for key in ["outcome", "equity", "empowerment", "staff", "learning"]
            ),
            "Please give at least one question a weight above zero.",
        ),
    ],
)
def test_a_number_that_makes_no_sense_is_told_and_stays_in_its_field(
    here: Panel, asked: str, sentence: str
) -> None:
    answer = here.leader.get(f"/backlog/what-if?{asked}")
    assert answer.status_code == 422
    assert sentence in answer.text
    name, typed = asked.split("&", maxsplit=1)[0].split("=")
    assert f'name="{name}" inputmode="decimal" autocomplete="off" value="{typed}"' in answer.text


def test_only_what_is_seen_is_asked_about(here: Panel) -> None:
    stranger = here.desk.visitor(facilitator(here.desk.stage, "sam@example.org"))
    for address in ("/backlog/what-if", "/backlog/choose?months=5"):
        page = stranger.get(address).text
        assert "Idea 1" not in page
    assert "Idea 1" in here.facilitator.get("/backlog/what-if").text
    assert "Idea 1" in here.facilitator.get("/backlog/choose?months=5").text
    assert here.desk.visitor().get("/backlog/choose").status_code == 302


def test_nobody_sees_a_score_here_while_the_first_round_is_open(desk: Desk) -> None:
    found = panel(desk)
    found.scores()
    assert "Nobody has scored an idea yet" in found.leader.get("/backlog/what-if").text


def test_what_fits_is_chosen_in_two_ways_with_what_it_costs(here: Panel) -> None:
    page = words(here.leader, "/backlog/choose?months=5")
    assert page.count("2 of 5 person-months 3 stay free") == 2
    assert page.count("13 people want it") == 2
    assert "Everybody gets something they voted for" in page
    assert "Both ways choose the same ideas here." in page
    assert "13 ballots were counted." in page


def test_what_does_not_fit_is_not_chosen(here: Panel) -> None:
    page = words(here.leader, "/backlog/choose?months=1,5")
    assert page.count("0 of 1.5 person-months") == 2
    assert page.count("13 of 13 get nothing they voted for") == 2


def test_what_is_left_aside_says_why(here: Panel) -> None:
    other = here.room.promotes(1)
    page = words(here.leader, "/backlog/choose?months=5")
    assert "Nobody has said how much work it is Idea 2" in page
    answer = {"answer": "no", "reason": "No room.", "seen": "0"}
    here.leader.post(f"/backlog/{here.item}/answer", data=answer)
    page = words(here.leader, "/backlog/choose?months=5")
    assert "Settled already: adopted, stopped or parked Idea 1" in page
    assert f"/backlog/{other}/edit" in here.leader.get("/backlog/choose?months=5").text


def edits(here: Panel, **given: Any) -> None:
    """Say anew what is known of the item."""
    known = {"title": "Idea 1", "owner": "Tomasz", "effort": 2.0, "evidence": 4, **given}
    here.room.do(backlog.edit_item, item_id=here.item, **known)
    appraisals.work_out(here.room.told.stage)


def test_a_closed_gate_cannot_be_chosen_by_votes(here: Panel) -> None:
    edits(here, owner="")
    page = words(here.leader, "/backlog/choose?months=5")
    assert "A gate is closed. No support can open it. Idea 1 Nobody owns it yet." in page


@pytest.mark.parametrize("typed", ["many", "0", "-1", "nan", "99999", "<script>alert(1)</script>"])
def test_a_capacity_that_is_none_is_told_and_stays_in_its_field(here: Panel, typed: str) -> None:
    answer = here.leader.get("/backlog/choose", query_string={"months": typed})
    assert answer.status_code == 422
    assert "Please give person-months" in answer.text
    assert "<script>alert" not in answer.text
    if "<" not in typed:
        assert f'value="{typed}"' in answer.text


def test_what_is_chosen_so_far_says_whom_it_leaves_out(here: Panel) -> None:
    assert "Nothing is chosen yet" in here.leader.get("/backlog").text
    answer = {"answer": "test", "reason": "People want it.", "seen": "0"}
    here.leader.post(f"/backlog/{here.item}/answer", data=answer)
    assert "Everybody who voted sees an idea of theirs" in here.leader.get("/backlog").text


def test_a_group_that_would_be_worse_off_stands_beside_the_mix(here: Panel) -> None:
    assert "Nobody has named a group" in here.leader.get("/backlog").text
    edits(here, worse_off="People without a phone")
    page = words(here.leader, "/backlog")
    assert "1 idea makes somebody worse off: People without a phone ( Idea 1 )" in page


def test_a_bold_bet_stands_beside_its_test_or_an_ask_to_write_one(desk: Desk) -> None:
    here = panel(desk)
    assert "No idea here is a bold bet." in here.leader.get("/backlog").text
    for standing in ("citizen", "staff", "leader"):
        here.room.do(
            assessments.assess,
            item_id=here.item,
            assessor_id=here.invites(standing, standing),
            scores=scores(75, 80, 85),
            risks=risks(4, 4),
            still=risks(),
        )
    here.moves("alone", "talk")
    edits(here)
    assert "Write down its cheapest test" in words(here.leader, "/backlog")
    edits(here, next_test="Ask two surgeries for six weeks.")
    page = words(here.leader, "/backlog")
    assert "B1 Idea 1 Test first: Ask two surgeries for six weeks. Risk likely" in page
    assert "Write down its cheapest test" not in page
