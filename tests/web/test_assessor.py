"""Scoring by link and by account: the form, its refusals, and who sees what."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel, sheet
from workshop.reads import assessors
from workshop.reads.assessors import Sheet
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.risk import FACTORS
from workshop.storage.models import Appraisal

__all__ = ["desk"]


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def grace(here: Panel) -> FlaskClient:
    """Somebody without an account, who followed their own link."""
    here.invites("graces-link")
    client = here.desk.visitor()
    assert client.get("/assess/graces-link").status_code == 200
    return client


def saved(here: Panel) -> Sheet:
    with here.desk.product.store.read() as db:
        found = assessors.sheet(db, here.item, 1)
    assert found is not None
    return found


def nothing_is_saved(here: Panel) -> bool:
    with here.desk.product.store.read() as db:
        return assessors.sheet(db, here.item, 1) is None


def test_a_personal_link_leads_to_the_ideas(here: Panel) -> None:
    page = grace(here).get("/assess/items").text
    assert "Idea 1" in page
    assert f"/assess/items/{here.item}" in page


def test_a_link_that_is_none_leads_nowhere(here: Panel) -> None:
    assert here.desk.visitor().get("/assess/guessed").status_code == 404
    assert here.desk.visitor().get(f"/assess/items/{here.item}").status_code in {302, 403}


def test_the_form_asks_every_question_of_the_tables_in_words(here: Panel) -> None:
    page = grace(here).get(f"/assess/items/{here.item}").text
    for row in CRITERIA.values():
        assert row.question in page
        assert row.anchors[4] in page
    for factor in FACTORS.values():
        assert factor.question in page
        assert factor.still in page


def test_a_whole_answer_is_saved_and_the_numbers_follow(here: Panel) -> None:
    client = grace(here)
    sent = client.post(f"/assess/items/{here.item}", data=sheet())
    assert (sent.status_code, sent.location) == (303, "/assess/items")
    assert saved(here).scores["equity"].likely == 70
    assert saved(here).still["legal"].bearers == ("citizen", "staff")
    with here.desk.product.store.read() as db:
        assert db.get_one(Appraisal, here.item).numbers["assessors"] == 1
    page = client.get(f"/assess/items/{here.item}").text
    assert 'value="70"' in page
    assert "Where groups stand" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reward_equity-low": "75"}, "“Low” can’t be more than “likely”."),
        ({"reward_equity-likely": "85"}, "“Likely” can’t be more than “high”."),
        ({"reward_equity-high": "101"}, "Please use a number from 0 to 100."),
        ({"reward_equity-high": "many"}, "Please use a number from 0 to 100."),
        ({"reward_equity-likely": ""}, "One question has no answer yet."),
        ({"risk_legal-band": ""}, "One question has no answer yet."),
        ({"still_legal-impact": "9"}, "1 answer needs changing."),
        ({"reward_savings-low": "10"}, "One question has no answer yet."),
    ],
)
def test_a_wrong_answer_has_its_sentence_and_nothing_is_half_saved(
    here: Panel, wrong: dict[str, str], sentence: str
) -> None:
    client = grace(here)
    sent = client.post(f"/assess/items/{here.item}", data={**sheet(), **wrong})
    assert sent.status_code == 422
    assert sentence in sent.text
    assert "Nothing is saved yet." in sent.text
    assert "It helped next door." in sent.text
    assert nothing_is_saved(here)


def test_savings_need_their_mechanism(here: Panel) -> None:
    money = {f"reward_savings-{name}": 20 for name in ("low", "likely", "high")}
    client = grace(here)
    address = f"/assess/items/{here.item}"
    assert "Please say how it saves money." in client.post(address, data={**sheet(), **money}).text
    told = {**sheet(), **money, "reward_savings-why": "Fewer repeat letters"}
    assert client.post(address, data=told).status_code == 303
    assert saved(here).scores["savings"].why == "Fewer repeat letters"


def test_the_scores_of_others_are_private_until_one_has_scored(here: Panel) -> None:
    here.is_scored()
    client = grace(here)
    address = f"/assess/items/{here.item}"
    assert "Where groups stand" not in client.get(address).text
    client.post(address, data=sheet())
    assert "Where groups stand" in client.get(address).text


def test_a_link_opens_the_ideas_of_its_own_workshop_only(here: Panel) -> None:
    client = grace(here)
    elsewhere = here.elsewhere()
    assert client.get(f"/assess/items/{elsewhere}").status_code == 404
    assert client.get("/backlog").status_code in {302, 403}


def test_a_leader_says_where_they_speak_from_and_takes_a_seat(here: Panel) -> None:
    address = f"/assess/items/{here.item}"
    client = here.leader
    assert "Whose eyes do you bring?" in client.get(address).text
    sent = client.post(address, data={**sheet(), "standing": "leader"})
    assert sent.status_code == 303
    assert "Whose eyes do you bring?" not in client.get(address).text
    with here.desk.product.store.read() as db:
        (seat,) = assessors.panel(db, here.room.told.workshop, here.item)
    assert (seat.standing, seat.scored, seat.linked) == ("leader", True, False)
