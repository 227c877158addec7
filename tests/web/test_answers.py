"""An answer in full: its terms, what would change it, the answers before it, and two at once."""

from __future__ import annotations

import pytest

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel
from workshop.acts.decisions import decide

__all__ = ["desk"]

TERMS = "The eye camera stays free on Fridays."
MIND = "If waits for eyes pass six weeks."
FULL = {"reason": "People want it.", "conditions": TERMS, "change_mind": MIND, "seen": "0"}


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


@pytest.mark.parametrize("answer", ["yes", "test", "no"])
def test_terms_and_what_would_change_it_stand_wherever_the_answer_does(
    here: Panel, answer: str
) -> None:
    sent = here.leader.post(f"/backlog/{here.item}/answer", data={**FULL, "answer": answer})
    assert sent.status_code == 303
    phone = here.desk.visitor()
    with phone.session_transaction() as kept:
        kept["seats"] = {here.slug: here.room.told.people[0].receipt}
    for page in (
        here.leader.get(f"/backlog/{here.item}").text,
        here.desk.visitor().get("/changes").text,
        here.desk.visitor().get(f"/changes/{here.slug}").text,
        phone.get(f"/w/{here.slug}/mine").text,
    ):
        assert TERMS in page
        assert MIND in page


def test_an_answer_without_terms_says_nothing_of_them(here: Panel) -> None:
    bare = {"answer": "test", "reason": "People want it.", "seen": "0"}
    here.leader.post(f"/backlog/{here.item}/answer", data=bare)
    for page in (
        here.leader.get(f"/backlog/{here.item}").text,
        here.desk.visitor().get(f"/changes/{here.slug}").text,
    ):
        assert "On this condition" not in page
        assert "What would change our mind" not in page


def _seen(page: str) -> str:
    """Which answer a form says that its writer had in front of them."""
    return page.split('name="seen"')[1].split('value="')[1].split('"', maxsplit=1)[0]


def test_earlier_answers_stay_with_their_terms(here: Panel) -> None:
    here.leader.post(f"/backlog/{here.item}/answer", data={**FULL, "answer": "test"})
    seen = here.leader.get(f"/backlog/{here.item}/answer").text
    anew = {"answer": "no", "reason": "The camera was sold.", "seen": _seen(seen)}
    assert here.leader.post(f"/backlog/{here.item}/answer", data=anew).status_code == 303
    page = here.leader.get(f"/backlog/{here.item}").text
    assert "1 earlier answer" in page
    assert TERMS in page.split("1 earlier answer")[1]
    assert TERMS not in here.desk.visitor().get(f"/changes/{here.slug}").text


def test_whoever_answers_second_keeps_every_word_and_the_first_answer_stands(here: Panel) -> None:
    here.room.do(
        decide, item_id=here.item, account_id=here.room.leader, answer="no", reason="No room."
    )
    sent = here.leader.post(f"/backlog/{here.item}/answer", data={**FULL, "answer": "yes"})
    assert sent.status_code == 409
    assert "Somebody changed this just before you." in sent.text
    assert TERMS in sent.text
    assert MIND in sent.text
    public = here.desk.visitor().get(f"/changes/{here.slug}").text
    assert "No room." in public
    assert "People want it." not in public
    assert "The answer that stands now" in sent.text
    assert "No room." in sent.text
    again = {**FULL, "answer": "yes", "seen": _seen(sent.text)}
    assert here.leader.post(f"/backlog/{here.item}/answer", data=again).status_code == 303
    assert "People want it." in here.desk.visitor().get(f"/changes/{here.slug}").text
