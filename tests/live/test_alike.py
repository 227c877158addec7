"""Asking over the live line what sounds alike: typed, bounded, and nothing that one may not see."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.live.line import Exchange, exchange, token
from tests.web.visitors import Place, place
from workshop.acts import posts
from workshop.live.limits import LIMITS
from workshop.reads.posts import board

TYPED: Final = {"kind": "problem", "text": "After five there is no bus any more"}


@pytest.fixture
def here(tmp_path: Path) -> Place:
    found = place(tmp_path, step="problems", problems=0, ideas=0)
    found.told.posts(found.told.people[0], "problem", "The last bus goes at <five>")
    return found


@pytest.fixture
def floor(here: Place) -> Exchange:
    return _open(here, "page", "citizen")


def _open(here: Place, sid: str, group: str) -> Exchange:
    floor = exchange(here.longtable, here.clock)
    client = here.seated(here.newcomer(group)).client
    slug = here.told.room().slug
    assert floor.open(sid, client, token(here.longtable, client, slug, "phone"))
    return floor


def test_it_answers_with_cards_that_name_a_group_and_no_author(
    here: Place, floor: Exchange
) -> None:
    answer = floor.ask("page", "alike", TYPED)
    assert answer["ok"]
    (card,) = answer["cards"]
    assert card.keys() == {"id", "html"}
    assert "The last bus goes at &lt;five&gt;" in card["html"]
    assert f"{here.room}?builds=" in card["html"]
    assert "add_to" not in card["html"], "a link keeps the draft; a button would post"
    assert here.told.people[0].receipt not in repr(answer)


@pytest.mark.parametrize(
    "data",
    [
        None,
        {},
        {"text": "bus"},
        {"kind": "problem"},
        {"kind": "problem", "text": 7},
        {"kind": None, "text": "bus"},
        {"kind": "problem", "text": "bus", "state": "hidden"},
    ],
)
def test_what_is_not_exactly_the_question_is_refused(floor: Exchange, data: object) -> None:
    assert floor.ask("page", "alike", data)["code"] == "bad_value"


@pytest.mark.parametrize("text", ["", " ", "\x00", "🙂" * 4_000, "a " * 4_000, "\u202e\u200b"])
def test_strange_words_find_nothing_and_break_nothing(floor: Exchange, text: str) -> None:
    assert floor.ask("page", "alike", {**TYPED, "text": text}) == {"ok": True, "cards": []}


def test_who_asks_too_fast_is_told_when_and_posting_goes_on(floor: Exchange) -> None:
    answers = [floor.ask("page", "alike", TYPED) for _ in range(int(LIMITS["alike"].burst) + 2)]
    assert answers[-1]["code"] == "too_fast"
    assert answers[-1]["again"] <= 1
    sent = {"id": "a command", "n": 1, "device": "a phone", "kind": "problem.post"}
    assert floor.ask("page", "command", {**sent, "body": {"text": "No bus after five"}})["ok"]


def test_who_only_watches_is_not_answered(here: Place) -> None:
    floor = _open(here, "watcher", "watching")
    assert floor.ask("watcher", "alike", TYPED)["code"] == "watching"


def test_what_is_hidden_is_not_told_of_from_one_question_to_the_next(
    here: Place, floor: Exchange
) -> None:
    assert floor.ask("page", "alike", TYPED)["cards"]
    with here.longtable.store.read() as db:
        (bus,) = (post.id for post in board(db, here.told.workshop, {"problem"}))
    here.told.do(posts.set_state, post_id=bus, state="hidden")
    assert floor.ask("page", "alike", TYPED)["cards"] == []
