"""Scoring by link and by account: the form, its refusals, and who sees what."""

from __future__ import annotations

import re
from typing import Final

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel, sheet
from workshop.reads import assessors
from workshop.reads.assessors import Sheet
from workshop.rules.scoring.criteria import CRITERIA
from workshop.rules.scoring.risk import FACTORS
from workshop.storage.models import Appraisal, Reason

__all__ = ["desk"]

IDS: Final = re.compile(r'value="[^"]{20,}"')
"""What a form carries that was made by chance, and may hold any number."""


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


def test_the_language_is_picked_and_nothing_typed_is_lost(here: Panel) -> None:
    client = grace(here)
    form = f"/assess/items/{here.item}"
    asked = client.get(form).text
    assert 'name="language" value="ur" lang="ur" form="scores"' in asked
    page = client.post(form, data={"language": "ur", "reward_equity-low": "35"}).text
    assert '<html lang="ur" dir="rtl"' in page
    assert 'value="35"' in page
    assert "میرے نمبر محفوظ کریں" in page
    assert 'id="errors"' not in page
    assert nothing_is_saved(here)
    assert '<html lang="ur" dir="rtl"' in client.get("/assess/items").text
    assert client.post(form, data={"language": "klingon"}).status_code == 422


def test_a_whole_answer_is_saved_and_the_numbers_follow(here: Panel) -> None:
    client = grace(here)
    sent = client.post(f"/assess/items/{here.item}", data=sheet())
    assert (sent.status_code, sent.location) == (303, "/assess/items")
    assert saved(here).scores["equity"].likely == 70
    assert saved(here).still["legal"].bearers == ("citizen", "staff")
    page = client.get(f"/assess/items/{here.item}").text
    assert 'value="70"' in page
    here.leader.post(f"/workshops/{here.slug}/assessors/round", data={"was": "alone", "to": "talk"})
    with here.desk.product.store.read() as db:
        assert db.get_one(Appraisal, here.item).numbers["assessors"] == 1


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


def test_the_scores_of_others_are_private_until_the_round_is_closed(here: Panel) -> None:
    here.scores(likely=37)
    client = grace(here)
    address = f"/assess/items/{here.item}"
    client.post(address, data=sheet())
    for page in (address, f"{address}/talk", "/assess/items"):
        answer = client.get(page, follow_redirects=True)
        assert "37" not in IDS.sub("", answer.text)
        assert "Where you see it differently" not in answer.text
    here.moves("alone", "talk")
    told = client.get(f"{address}/talk").text
    assert "Where you see it differently" in told
    assert "It helped next door." in told
    assert "Staff: 37" in told


def test_the_second_round_begins_from_ones_own_answers_and_both_are_kept(here: Panel) -> None:
    client, address = grace(here), f"/assess/items/{here.item}"
    client.post(address, data=sheet())
    here.moves("alone", "talk")
    assert client.get(address).location == f"{address}/talk"
    sent = client.post(address, data=sheet(80, 85, 90))
    assert sent.status_code == 409
    assert "people are talking" in sent.text
    assert 'value="85"' in sent.text
    here.moves("talk", "again")
    assert 'value="70"' in client.get(address).text
    stale = client.post(address, data={**sheet(80, 85, 90), "round": "1"})
    assert stale.status_code == 409
    assert client.post(address, data={**sheet(80, 85, 90), "round": "2"}).status_code == 303
    with here.desk.product.store.read() as db:
        first, second = (assessors.sheet(db, here.item, 1, number) for number in (1, 2))
    assert first is not None
    assert second is not None
    assert (first.scores["equity"].likely, second.scores["equity"].likely) == (70, 85)
    assert "70" in client.get(f"{address}/talk").text
    here.moves("again", "closed")
    assert "scored it" in client.get(f"{address}/talk").text
    assert client.post(address, data=sheet()).status_code == 409


def test_people_say_why_with_or_without_a_name(here: Panel) -> None:
    client, address = grace(here), f"/assess/items/{here.item}"
    client.post(address, data=sheet())
    said = {"question": "equity", "text": "Two buses <b>an hour</b>, 100% late"}
    early = client.post(f"{address}/talk", data=said)
    assert early.status_code == 409
    here.moves("alone", "talk")
    empty = client.post(f"{address}/talk", data={**said, "text": " "})
    assert (empty.status_code, "Please write something first." in empty.text) == (422, True)
    assert client.post(f"{address}/talk", data=said).status_code == 303
    unnamed = {"question": "equity", "text": "I fear the manager.", "unnamed": "y"}
    assert client.post(f"{address}/talk", data=unnamed).status_code == 303
    page = client.get(f"{address}/talk").text
    assert "Two buses &lt;b&gt;an hour&lt;/b&gt;, 100% late" in page
    assert 'Without a name</strong> <span dir="auto">I fear the manager.' in page
    with here.desk.product.store.read() as db:
        assert db.scalars(select(Reason.assessor_id).order_by(Reason.id)).all() == [1, None]
    wrong = client.post(f"{address}/talk", data={**said, "question": "charm"})
    assert "taken out" in wrong.text


def test_what_stands_beside_the_scores_is_kept_and_checked(here: Panel) -> None:
    client, address = grace(here), f"/assess/items/{here.item}"
    wrong = {**sheet(), "reach-low": "500", "reach-likely": "400", "reach-high": "900"}
    assert "“Low” can’t be more than “likely”." in client.post(address, data=wrong).text
    half = client.post(address, data={**sheet(), "reach-low": "500"})
    assert "One question has no answer yet." in half.text
    many = client.post(address, data={**sheet(), "reach-low": "a lot"})
    assert "Please use a number of people, zero or more." in many.text
    assert nothing_is_saved(here)
    beside = {"reach-low": "300", "reach-likely": "400", "reach-high": "900", "evidence": "3"}
    sent = client.post(address, data={**sheet(), **beside, "reversible": "hard"})
    assert sent.status_code == 303
    kept = saved(here)
    assert (kept.reach, kept.evidence, kept.reversible) == ((300, 400, 900), 3, "hard")
    page = client.get(address).text
    assert 'value="400"' in page


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
