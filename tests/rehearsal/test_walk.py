"""Stand-ins walk through a plan at a real server, and count what it kept."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acts.rehearsing import begins, card
from tests.live.room import Room, serving
from workshop.acts import rehearsals
from workshop.rehearsal.order import Order, read_order, tell
from workshop.rehearsal.walk import Walk
from workshop.rules.phases import PHASES
from workshop.rules.rehearsals import Figures
from workshop.rules.templates import TEMPLATES

SECONDS = 4
PEOPLE = 10


def order_for(room: Room, **more: object) -> Order:
    """Begin a rehearsal of the room, and what its stand-ins are told."""
    begun = begins(room.told, people=PEOPLE, seconds=20, **more)
    told = begun.answer
    return Order(
        sites=("http://127.0.0.1:1", room.site),
        origin=room.site,
        room=told["room"],
        link=told["link"],
        remote=f"a remote at {room.told.clock.now}",
        people=PEOPLE,
        seconds=SECONDS,
        limit=60,
        steps=tuple(told["steps"]),
        legs=tuple(told["legs"]),
    )


def walks(order: Order) -> list[Figures]:
    """Everything that was told on the way; the last is the end."""
    heard: list[Figures] = []
    asyncio.run(Walk(order, heard.append).run())
    return heard


@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_every_kind_of_step_is_played_and_nothing_is_lost(tmp_path: Path, template: str) -> None:
    first = TEMPLATES[template].steps[0].phase
    with serving(tmp_path, people=0, template=template, step=first) as room:
        order = order_for(room)
        last = walks(order)[-1]
        assert (last.outcome, last.people, last.lost, last.doubled) == ("held", PEOPLE, 0, 0)
        asks = {kind for step in order.steps for kind in PHASES[step["phase"]].accepts}
        assert (last.posts > 0) is bool(asks)
        assert (last.votes > 0) is any(step["phase"] == "vote" for step in order.steps)
        assert last.step == last.steps == len(order.steps)
        figures = {"people": last.people, "posts": last.posts}
        room.told.do(rehearsals.beat, room=order.room, figures=figures)
        room.told.do(rehearsals.end, room=order.room, outcome="held")
        found = card(room.told).figures
        assert (found.lost, found.doubled, found.phones) == (0, 0, 0)


def test_a_secret_vote_is_cast_whole(tmp_path: Path) -> None:
    with serving(tmp_path, people=0, rule={"secret": True}, step="welcome") as room:
        last = walks(order_for(room))[-1]
        assert last.outcome == "held"
        assert 0 < last.votes <= PEOPLE


def test_an_address_at_which_nobody_answers_is_told(tmp_path: Path) -> None:
    with serving(tmp_path, people=0, step="welcome") as room:
        order = replace(order_for(room), sites=("http://127.0.0.1:1",))
        assert walks(order)[-1] == Figures(
            asked=PEOPLE, steps=len(order.steps), outcome="unreached"
        )


def test_a_room_whose_doors_are_shut_lets_nobody_in(tmp_path: Path) -> None:
    with serving(tmp_path, people=0, step="welcome") as room:
        order = replace(order_for(room), link="no such link")
        last = walks(order)[-1]
        assert (last.people, last.posts, last.outcome) == (0, 0, "held")


def test_an_order_is_read_from_a_line_and_figures_are_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = Order(
        ("http://a",), "http://a", "room", "link", "remote", 10, 20, 110, ({"x": 1},), (4,)
    )
    line = json.dumps({name: getattr(told, name) for name in Order.__slots__}).encode() + b"\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    monkeypatch.setattr("os._exit", lambda _code: None)
    assert read_order() == told
    tell(Figures(asked=10, people=3))
    assert json.loads(capsys.readouterr().out)["people"] == 3
