"""The backlog for leaders and facilitators: what each may see, and what becomes of an item."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from tests.story import facilitator
from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts.decisions import decide
from workshop.storage.models import Decision

__all__ = ["desk"]

ANSWER = {"answer": "test", "reason": "People want it.", "seen": "0"}


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def test_an_empty_backlog_says_how_it_fills(desk: Desk) -> None:
    page = desk.visitor(desk.account("leader")).get("/backlog").text
    assert "Nothing in the backlog yet" in page


def test_an_item_that_nobody_scored_stands_apart_without_numbers(here: Panel) -> None:
    page = here.leader.get("/backlog").text
    assert "Not scored yet" in page
    assert f"/backlog/{here.item}" in page


def test_a_scored_item_is_a_link_on_the_map_with_a_whole_sentence(here: Panel) -> None:
    here.leader.post(f"/backlog/{here.item}/edit", data=facts(owner="Tomasz", effort="2"))
    here.is_scored()
    page = here.leader.get("/backlog").text
    assert "Q1, Quick win: Idea 1. Reward likely 70, between" in page
    assert '<svg class="mx mx--desk"' in page


def facts(**given: str) -> dict[str, str]:
    kept = {"title": "Idea 1", "facet": "mission", "evidence": "4", "reversible": "weeks"}
    return {**kept, "seen": "0", **given}


def test_without_an_owner_no_reward_opens_the_gate(here: Panel) -> None:
    here.is_scored(likely=85)
    page = here.leader.get(f"/backlog/{here.item}").text
    assert "Nobody owns it yet." in page
    assert "Stop until fixed" in page


def test_a_facilitator_sees_only_their_own_items_and_others_look_absent(here: Panel) -> None:
    stranger = here.desk.visitor(facilitator(here.desk.stage, "sam@example.org"))
    assert "Idea 1" not in stranger.get("/backlog").text
    for ending in ("", "/edit"):
        assert stranger.get(f"/backlog/{here.item}{ending}").status_code == 404
    assert stranger.get(f"/workshops/{here.slug}/assessors").status_code == 404
    assert stranger.get(f"/assess/items/{here.item}").status_code == 404
    assert here.facilitator.get(f"/backlog/{here.item}").status_code == 200


def test_a_facilitator_cannot_answer(here: Panel) -> None:
    address = f"/backlog/{here.item}/answer"
    assert "Give an answer" not in here.facilitator.get(f"/backlog/{here.item}").text
    assert here.facilitator.post(address, data=ANSWER).status_code == 403


def test_nobody_reads_the_backlog_without_signing_in(here: Panel) -> None:
    answer = here.desk.visitor().get("/backlog")
    assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in")


def test_an_answer_is_public_with_its_reason(here: Panel) -> None:
    answer = here.leader.post(f"/backlog/{here.item}/answer", data=ANSWER)
    assert answer.status_code == 303
    assert "People want it." in here.desk.visitor().get(f"/changes/{here.slug}").text


def test_the_same_answer_sent_twice_counts_once(here: Panel) -> None:
    client = here.leader
    for _ in range(2):
        sent = client.post(f"/backlog/{here.item}/answer", data={**ANSWER, "command_id": "one"})
        assert sent.status_code == 303
    with here.desk.product.store.read() as db:
        assert db.scalar(select(func.count()).select_from(Decision)) == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "Please write something first."),
        ({"answer": ""}, "Please pick one from the list."),
        ({"answer": "later"}, "Please say when you’ll look at it again."),
    ],
)
def test_a_wrong_answer_comes_back_with_its_words(
    here: Panel, wrong: dict[str, str], sentence: str
) -> None:
    sent = here.leader.post(
        f"/backlog/{here.item}/answer",
        data={**ANSWER, "conditions": "Feet stay the same.", **wrong},
    )
    assert sent.status_code in {409, 422}
    assert sentence in sent.text
    assert "Feet stay the same." in sent.text


def test_two_leaders_at_once_are_told_so(here: Panel) -> None:
    here.room.do(
        decide, item_id=here.item, account_id=here.room.leader, answer="no", reason="No room."
    )
    sent = here.leader.post(f"/backlog/{here.item}/answer", data=ANSWER)
    assert sent.status_code == 409
    assert "Somebody changed this just before you." in sent.text
    assert "People want it." in sent.text


def test_savings_wait_until_somebody_has_scored_the_outcome(here: Panel) -> None:
    address = f"/backlog/{here.item}/edit"
    given = facts(savings="Fewer repeat letters")
    sent = here.leader.post(address, data=given)
    assert sent.status_code == 409
    assert "Money comes last." in sent.text
    here.is_scored()
    assert here.leader.post(address, data=given).status_code == 303
    assert "Fewer repeat letters" in here.leader.get(f"/backlog/{here.item}").text


def test_news_is_told_in_the_past_tense_only_when_it_is_done(here: Panel) -> None:
    here.leader.post(f"/backlog/{here.item}/answer", data={**ANSWER, "answer": "yes"})
    news = f"/backlog/{here.item}/news"
    here.leader.post(news, data={"text": "Two surgeries begin."})
    public = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "We’re doing" in public
    assert "We did" not in public
    here.leader.post(news, data={"text": "Both offer it now.", "done": "y"})
    assert "We did" in here.desk.visitor().get(f"/changes/{here.slug}").text


def test_filters_leave_codes_as_they_are(here: Panel) -> None:
    assert "Idea 1" in here.leader.get(f"/backlog?workshop={here.slug}").text
    page = here.leader.get("/backlog?service=Something+else").text
    assert "Idea 1" not in page
    assert "Show all ideas" in page


def test_every_kind_of_file_is_offered_and_opens(here: Panel) -> None:
    here.is_scored()
    for kind, mime in (
        ("csv", "text/csv"),
        ("json", "application/json"),
        ("markdown", "text/markdown"),
        ("jira", "text/csv"),
        ("github", "text/csv"),
        ("trello", "text/csv"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        answer = here.leader.get(f"/backlog/export/{kind}")
        assert answer.mimetype == mime
        assert "attachment" in answer.headers["Content-Disposition"]
    (row,) = json.loads(here.leader.get("/backlog/export/json").data)["items"]
    assert (row["title"], row["votes"]) == ("Idea 1", {"citizen": 10, "others": 16})
    assert here.leader.get("/backlog/export/exe").status_code == 404


def test_a_small_group_is_in_no_page_and_no_file(here: Panel) -> None:
    page = here.leader.get(f"/backlog/{here.item}").text
    assert "8 of 8 people" in page
    assert "4 of 4 people" not in page
    assert "partner" not in here.leader.get("/backlog/export/json").text


def test_who_scores_is_asked_by_a_link_that_is_shown_once(here: Panel) -> None:
    address = f"/workshops/{here.slug}/assessors"
    asked = {"name": "A carer", "standing": "citizen", "lived": "y", "command_id": "one"}
    client = here.facilitator
    first = client.post(address, data=asked).text
    again = client.post(address, data=asked).text
    link = first.split('value="https://table.example')[1].split('"')[0]
    assert link in again
    assert link not in client.get(address).text
    assert client.get(address).text.count("A carer</bdi>") == 1
    assert "Hello, A carer" in here.desk.visitor().get(link).text


def test_nobody_sees_a_score_while_the_first_round_is_open(here: Panel) -> None:
    here.scores()
    for reader in (here.leader, here.facilitator):
        page = reader.get(f"/backlog/{here.item}").text
        assert "Reward, part by part" not in page
        assert "3 people have scored it. Nobody sees a score until the round is closed." in page
        assert '"reward": null' in reader.get("/backlog/export/json").text
    here.moves("alone", "talk")
    assert "Reward, part by part" in here.leader.get(f"/backlog/{here.item}").text


def test_what_people_wrote_is_data(desk: Desk) -> None:
    here = panel(desk)
    nasty = "<script>alert(1)</script> =1+1"
    here.leader.post(f"/backlog/{here.item}/edit", data=facts(owner=nasty, title=nasty))
    for address in ("/backlog", f"/backlog/{here.item}", f"/backlog/{here.item}/edit"):
        assert "<script>alert" not in here.leader.get(address).text
