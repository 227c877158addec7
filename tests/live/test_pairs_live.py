"""Which of two over real sockets: an answer brings the next pair, and its sender alone sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.live.room import Room, Visit, serving, visit
from tests.paired import pair

NEXT = re.compile(r'name="(left|right)_id" value="(\d+)"')


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    wishes = {"people": 2, "ideas": 4, "step": "vote", "rule": {"method": "pairwise"}}
    with serving(tmp_path_factory.mktemp("pairs"), **wishes) as served:
        yield served


def test_an_answer_brings_the_next_pair_and_one_taken_back_the_last(room: Room) -> None:
    async def come(here: Visit) -> None:
        phone = await here.line(0)
        first = pair(room.told, room.told.people[0])
        assert first
        sides = {"left_id": first[0], "right_id": first[1]}
        told = await phone.does("pair.answer", **sides, better_id=first[0])
        assert told["ok"]
        html = told["answer"]["pair"]
        second = {name: int(number) for name, number in NEXT.findall(html)[:2]}
        assert set(second.values()) != set(first)
        assert "csrf_token" not in html
        again = await phone.does("pair.answer", 2, **sides, better_id=first[1])
        assert again["code"] == "pair_gone"
        back = await phone.does("pair.undo", 3, **sides)
        assert [int(number) for _, number in NEXT.findall(back["answer"]["pair"])[:2]] == [*first]
        wrong = await phone.does("pair.answer", 4, **sides, better_id="left")
        assert wrong["code"] == "bad_value"
        assert not (await (await here.line("host")).does("pair.answer", **sides, better_id=None))[
            "ok"
        ]

    visit(room, come)
