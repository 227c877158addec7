"""What nobody may see yet, or at all, is on no wire: looked for in every frame that was heard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest

from tests.live.room import Room, Visit, has, serving, visit
from workshop.acts import posts

TAGS = re.compile(r"<[^>]*>")


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("covered"), people=4, ideas=3) as served:
        yield served


def test_no_count_is_on_any_wire_before_the_reveal(room: Room) -> None:
    """Two people give 83 and 91 votes: the two numbers, and 174, are told to nobody else."""
    heard: dict[str, list[str]] = {}

    async def come(here: Visit) -> None:
        told = room.told
        told.moves_to("vote")
        stored = "UPDATE round SET budget = 100, cap = 100"
        room.product.store.write(lambda db: db.connection().exec_driver_sql(stored))
        voters = [told.joins("citizen"), told.joins("staff")]
        audiences: list[int | str] = [0, "host", "screen"]
        lines = {str(persona): await here.line(persona) for persona in audiences}
        places = [len(told.people) - 2, len(told.people) - 1]
        for place, value in zip(places, (83, 91), strict=True):
            line = await here.line(place)
            assert (await line.does("mark.set", value, idea_id=told.ideas[0], value=value))["ok"]
            assert (await line.does("ballot.done", done=True))["ok"]
        opened = told.room().last_round
        assert opened is not None
        control = lines["host"]
        assert (await control.does("round.move", round_id=opened.id, to="closed"))["ok"]
        for name, line in lines.items():
            await line.hears(lambda message: bool(message["page"] or message["slots"]))
            await line.ask("catch_up", {"seq": 0})
            heard[name] = line.heard
        assert voters

    visit(room, come)
    numbers = re.compile(r"(?<![\w.])(83|91|174)(?![\w.])")
    assert {
        name: [t for t in told if numbers.search(_said(t))] for name, told in heard.items()
    } == {
        "0": [],
        "host": [],
        "screen": [],
    }
    assert not any('"counts":{"' in text for told in heard.values() for text in told)


def _said(text: str) -> str:
    """What a frame says to people, without the drawings and the attributes around it."""
    return unescape(TAGS.sub(" ", text))


def test_a_hidden_post_is_on_no_wire_but_the_facilitators(room: Room) -> None:
    async def come(here: Visit) -> None:
        told = room.told
        told.moves_to("problems")
        post = told.posts(told.people[0], "problem", "Canary words that were hidden")
        told.do(posts.set_state, post_id=post, state="hidden")
        lines = [await here.line(persona) for persona in (1, "screen", "host")]
        for line in lines:
            await line.ask("catch_up", {"seq": told.room().seq - 2})
        await here.settled()
        told.do(posts.set_state, post_id=post, state="hidden")
        await lines[2].hears(has("Canary words"))
        told.posts(told.people[0], "problem", "The last word")
        for line in lines:
            await line.hears(has("The last word"))
        phone, screen, control = ("".join(line.heard) for line in lines)
        assert "Canary words" not in phone
        assert "Canary words" not in screen
        assert "Canary words" in control

    visit(room, come)
