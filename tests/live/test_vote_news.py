"""What a vote tells over real sockets: looks are nobody's news, more votes are everybody's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live.room import Room, Visit, serving, visit
from workshop.acts import posts


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("votes"), people=3, ideas=3, step="vote") as served:
        yield served


def test_who_looked_at_what_is_kept_once_and_told_to_nobody(room: Room) -> None:
    async def come(here: Visit) -> None:
        phone, control = await here.line(0), await here.line("host")
        await here.settled()
        seq = room.told.room().seq
        for number in (1, 2):
            answer = await phone.does("ideas.seen", number, idea_ids=room.told.ideas)
            assert answer["ok"]
        assert room.rows("SELECT count(*) FROM exposure") == [(3,)]
        assert room.told.room().seq == seq
        assert not (await control.does("ideas.seen", idea_ids=room.told.ideas))["ok"]
        wrong = await phone.does("ideas.seen", 3, idea_ids=["1"])
        assert wrong["code"] == "bad_value"

    visit(room, come)


def test_more_votes_and_other_ideas_make_phones_fetch_their_page(room: Room) -> None:
    async def come(here: Visit) -> None:
        phone, control = await here.line(0), await here.line("host")
        await here.settled()
        opened = room.told.room().last_round
        assert opened
        raised = await control.does("budget.raise", round_id=opened.id, budget=9)
        assert raised["ok"]
        await phone.hears(lambda message: message["page"])
        assert not (await phone.does("budget.raise", round_id=opened.id, budget=12))["ok"]
        assert (await control.does("ideas.first", 2, round_id=opened.id))["ok"]
        await phone.hears(lambda message: message["page"])
        room.told.do(posts.set_state, post_id=room.told.ideas[0], state="hidden")
        await phone.hears(lambda message: message["page"])

    visit(room, come)


def test_a_mark_for_another_way_of_voting_is_refused_over_the_line(room: Room) -> None:
    async def come(here: Visit) -> None:
        phone = await here.line(0)
        idea = room.told.ideas[0]
        wrong = await phone.does("mark.set", idea_id=idea, value=1, method="ranked")
        assert wrong["code"] == "rule_changed"
        assert (await phone.does("mark.set", 2, idea_id=idea, value=1, method="dots"))["ok"]

    visit(room, come)
