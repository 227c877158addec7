"""The question back about a promise, without JavaScript, and what others see of the answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, errors, place, words
from workshop.acts import pledges

HELPED = "CANARY-HELPED"


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, people=3, step="next")


def _host(here: Place) -> Browser:
    visitor = here.browser()
    with visitor.client.session_transaction() as kept:
        kept.update(account=here.told.facilitator, epoch=0)
    return visitor


def test_the_facilitator_sets_the_day_and_people_answer_from_then_on(here: Place) -> None:
    person = here.newcomer()
    number = here.told.posts(person, "pledge", "I will ring my sister")
    host, desk = _host(here), f"/workshops/{here.told.room().slug}"
    host.get(desk)
    assert host.post(f"{desk}/pledges", day="2026-10-01").status_code == 303
    assert 'value="2026-10-01"' in host.get(desk)
    visitor = here.seated(person)
    assert "On 1 October we ask you" in words(visitor.get(here.room))
    assert "Did it happen?" not in words(visitor.get(f"{here.room}/mine"))
    early = visitor.post(f"{here.room}/pledges/answer", post_id=number, outcome="yes")
    assert (
        "It’s too early to say." in errors(early)[0] if errors(early) else early.status_code == 409
    )
    here.clock.pass_minutes(10 * 24 * 60)
    assert "Did it happen?" in words(visitor.get(f"{here.room}/mine"))
    answer = {"post_id": number, "outcome": "partly", "helped": "She rang first."}
    assert visitor.post(f"{here.room}/pledges/answer", **answer).status_code == 303
    page = words(visitor.get(f"{here.room}/mine"))
    assert "You told us: Partly She rang first." in page
    assert "Change my answer" in page
    page = words(host.get(desk))
    assert "1 promise was made. 1 was told of." in page
    assert "What they said shows here once five people have answered." in page
    assert "She rang first." in page


def test_an_answer_without_a_choice_keeps_what_was_typed(here: Place) -> None:
    person = here.newcomer()
    number = here.told.posts(person, "pledge", "I will ring my sister")
    here.told.do(pledges.set_ask_day, day="2026-01-01")
    visitor = here.seated(person)
    answer = visitor.post(f"{here.room}/pledges/answer", post_id=number, helped="She rang first.")
    assert answer.status_code in {409, 422}
    assert errors(answer) == ["Please pick one from the list."]
    assert "She rang first." in answer.get_data(as_text=True)


def test_what_helped_is_for_its_author_and_the_facilitator_alone(here: Place) -> None:
    person = here.newcomer()
    number = here.told.posts(person, "pledge", "I will ring my sister")
    here.told.do(pledges.set_ask_day, day="2026-01-01")
    author = here.seated(person)
    author.post(f"{here.room}/pledges/answer", post_id=number, outcome="yes", helped=HELPED)
    other, room = here.seated(here.newcomer()), here.told.room()
    pages = [other.get(here.room), other.get(f"{here.room}/mine")]
    pages += [here.browser().get(f"/screen/{room.screen_token}"), here.browser().get("/changes")]
    assert [page for page in pages if HELPED in page] == []
    assert HELPED in author.get(f"{here.room}/mine")
    assert HELPED in _host(here).get(f"/workshops/{room.slug}")
