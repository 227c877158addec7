"""What bounds a room's traffic: buckets, queues, and a return that is spread out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.live.room import Room, Visit, serving, visit
from workshop.live.fanout import Fanout
from workshop.live.lines import LONGEST_QUEUE
from workshop.live.messages import JITTER_PER_PAGE_MS, LONGEST_JITTER_MS

MANY = 60


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    with serving(tmp_path_factory.mktemp("limits"), people=4, step="problems") as served:
        yield served


def test_a_bucket_is_one_persons_and_one_kinds(room: Room) -> None:
    """Another tab or a new connection brings no more; other people and kinds have their own."""

    async def come(here: Visit) -> None:
        browser, token, seq = await here.page(0)
        fast, other = [await here.open(browser, token, seq) for _ in range(2)]
        answers = [await fast.ask("mine", {}) for _ in range(MANY)]
        slowed = [answer for answer in answers if not answer["ok"]]
        assert {answer["code"] for answer in slowed} == {"too_fast"}
        assert all(0 < answer["again"] <= 1 for answer in slowed)
        assert (await fast.ask("catch_up", {"seq": seq}))["ok"]
        assert (await other.ask("mine", {}))["code"] == "too_fast"
        again = await here.open(browser, token, seq)
        assert (await again.ask("mine", {}))["code"] == "too_fast"
        somebody_else = await here.line(1)
        assert (await somebody_else.ask("mine", {}))["ok"]

    visit(room, come)


def test_a_page_is_told_how_far_to_spread_its_return(room: Room) -> None:
    """A room moves on: every phone fetches its page, but not all in the same moment."""

    async def come(here: Visit) -> None:
        lines = [await here.line(persona) for persona in (0, 1, 2, 3)]
        await here.settled()
        room.told.moves_to("ideas")
        for line in lines:
            told = await line.hears(lambda message: bool(message["page"]))
            assert len(lines) * JITTER_PER_PAGE_MS <= told["jitter"] <= LONGEST_JITTER_MS
        room.told.moves_to("problems")

    visit(room, come)


@dataclass
class End:
    """The library's end of a line whose reader takes nothing: what is sent stays in its queue."""

    waiting: list[Any] = field(default_factory=list)
    closed: bool = False

    @property
    def queue(self) -> End:
        return self

    def empty(self) -> bool:
        return not self.waiting

    def qsize(self) -> int:
        return len(self.waiting)

    def send(self, packet: object) -> None:
        self.waiting.append(packet)

    def close(self, **_how: object) -> None:
        self.closed = True


class Server:
    """The part of the Socket.IO server that a fan-out uses."""

    def __init__(self, ends: dict[str, End]) -> None:
        self.sockets = ends
        self._async = {"websocket": object}

    @property
    def eio(self) -> Server:
        return self

    @property
    def manager(self) -> Server:
        return self

    def get_participants(self, _namespace: str, _room: str) -> list[tuple[str, str]]:
        return [(name, name) for name in self.sockets]


@pytest.mark.parametrize("direct", [True, False])
def test_a_queue_is_bounded_and_who_overflows_it_is_dropped_alone(*, direct: bool) -> None:
    slow, quick = End(), End()
    ends = {"slow": slow, "quick": quick}
    fanout = Fanout(Server(ends), direct=direct)
    for number in range(LONGEST_QUEUE + 5):
        fanout.send("a room", "room", {"to": number})
        quick.waiting.clear()
    assert len(slow.waiting) == LONGEST_QUEUE
    assert (slow.closed, quick.closed) == (True, False)
