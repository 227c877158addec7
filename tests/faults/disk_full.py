"""The disk fills in the middle of a vote, and later there is room again.

First the store alone, on a file system that takes so many bytes and no more, at another number of
bytes in each round: whatever was acknowledged is kept whole, all else is refused politely, and the
same commands go through once there is room. Then a real server on a small volume of its own that is
filled to the last byte: a phone reads that its vote is kept and will be tried again, a newcomer a
sentence with status 503, and both go on without a restart.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
import uuid
from functools import partial
from pathlib import Path
from typing import Any

import aiohttp

from tests.faults.apsw_driver import drive
from tests.faults.full_disk import FILE, FullDisk, Volume, possible, volume
from tests.faults.ground import DISK, Tap, Told, at_once, new_id, voting_room
from tests.faults.recount import lost, read, wrong
from tests.faults.table import Figures
from tests.story import Story
from workshop.acts import accounts
from workshop.acts.stage import Stage
from workshop.rehearsal.browser import Browser, Page
from workshop.rehearsal.facilitator import Facilitator
from workshop.rehearsal.phone import Phone
from workshop.storage.models import Base
from workshop.storage.store import Store
from workshop.storage.upgrade import upgrade

PEOPLE = 8
TAPS = 40
MOST_BYTES = 400_000
"""More than the votes of one round write, so that some rounds hardly notice."""
POLITE = {"server_busy", "no_votes_left"}
ABOUT = {"title": "Full", "service": "A test", "goal": "Nothing lost", "better_for": "Everybody"}
IDEAS, VOTE = 3, 4
PHONES = 3
TOKEN = "a one-time token for a full disk"
MANY = 200
"""More votes than a full disk can swallow in what its files still have room for."""


def _fill(disk: FullDisk, path: str, told: Story, chance: random.Random) -> tuple[Told, list[str]]:
    """Vote while the disk fills, look, make room, and send again what was refused."""
    store = Store(f"sqlite:///{path}")
    drive(store.engine, path, disk.name)
    told.stage = Stage(store, told.clock)
    heard, missed = Told(), list[Tap]()

    def send(tap: Tap) -> None:
        if heard.send(tap, told.stage, told) is None:
            missed.append(tap)

    taps = _taps(told, chance)
    told.room()
    disk.left = chance.randrange(MOST_BYTES)
    at_once(partial(send, tap) for tap in taps)
    found = [f"refused as {code}" for code in heard.refused.keys() - POLITE]
    if told.room().state != "running":
        found.append("a full disk could not be read")
    busy, disk.left = heard.refused["server_busy"], None
    for tap in list(missed):
        send(tap)
    if heard.refused["server_busy"] > busy:
        found.append("there was room again, and a vote was refused all the same")
    store.close()
    stored = read(f"sqlite:///{path}")
    return heard, [*found, *heard.errors, *wrong(stored), *lost(stored, heard.acks)]


def _taps(told: Story, chance: random.Random) -> list[Tap]:
    """Votes of everybody, from a device that nobody has used before."""
    device = f"phone-{chance.getrandbits(32)}"
    return [
        Tap(
            chance.choice(told.people),
            chance.choice(told.ideas),
            chance.randrange(4),
            device,
            number,
            new_id(chance),
        )
        for number in range(1, TAPS + 1)
    ]


def _store_alone(rounds: int, chance: random.Random) -> Figures:
    disk = FullDisk(f"full-{chance.getrandbits(64)}")
    refused, acknowledged, found = 0, 0, []
    with tempfile.TemporaryDirectory(prefix="longtable-fault-", dir=DISK) as folder:
        path = f"{folder}/room.sqlite3"
        store = Store(f"sqlite:///{path}")
        Base.metadata.create_all(store.engine)
        told = voting_room(store, people=PEOPLE, ideas=5, budget=12)
        store.close()
        for _ in range(rounds):
            heard, lines = _fill(disk, path, told, chance)
            refused += heard.refused["server_busy"]
            acknowledged += len(heard.acks)
            found += lines
    if not refused:
        found.append("the disk was never full")
    return {"acknowledged": acknowledged, "refused while full": refused, "wrong": found}


class Meeting:
    """A vote on a real server, on a disk that fills."""

    def __init__(self, small: Volume, connector: aiohttp.TCPConnector) -> None:
        self.small = small
        self.found: list[str] = []
        site = small.server.url
        self.nadia = Facilitator(Browser(site, connector))
        self.phones = [Phone(Browser(site, connector)) for _ in range(PHONES)]
        self.newcomer = Browser(site, connector)
        self.link = ""
        self.sent = 0

    async def begin(self) -> int:
        """Open a room, let people in, and come to the vote; the idea they vote on."""
        await self.nadia.sign_in(TOKEN)
        self.link = await self.nadia.make_workshop("hour", ABOUT)
        for phone in self.phones:
            await phone.join(self.link)
        await self.nadia.move_to(IDEAS)
        idea = int((await self.phones[0].command("idea.post", {"text": "Vote on me"}))["post"])
        await self.nadia.move_to(VOTE)
        return idea

    async def vote(self, phone: Phone, idea: int) -> tuple[dict[str, Any], dict[str, Any]]:
        """Send one vote, once; the command and its answer."""
        self.sent += 1
        body = {"idea_id": idea, "value": self.sent % 4}
        sent = {"id": str(uuid.uuid4()), "n": self.sent, "device": "phone", "kind": "mark.set"}
        sent["body"] = body
        assert phone.wire
        return sent, await phone.wire.ask("command", sent)

    def expect(self, what: str, *, holds: bool) -> None:
        if not holds:
            self.found.append(what)

    async def knock(self) -> Page:
        """Somebody new asks for a seat."""
        door = await self.newcomer.get(self.link)
        form = door.form(lambda one: "group" in one.fields or self.link in one.action, "for a seat")
        return await self.newcomer.send(door, form, group="citizen")

    async def while_full(self, idea: int) -> list[tuple[Phone, dict[str, Any]]]:
        """Vote until each phone was refused; those votes."""
        kept = []
        for phone in self.phones:
            for _ in range(MANY):
                sent, answer = await self.vote(phone, idea)
                if not answer["ok"]:
                    kept.append((phone, sent))
                    break
            else:
                self.found.append("the disk is full, and every vote was taken")
                continue
            said = {answer.get("code"), bool(answer.get("message")), bool(answer.get("again"))}
            self.expect(f"a vote on a full disk: {answer}", holds=said == {"server_busy", True})
        page = await self.knock()
        self.expect(f"a newcomer: status {page.status}", holds=page.status == 503)
        self.expect("a newcomer got no sentence", holds="try again" in page.text)
        room = await self.phones[0].browser.get(
            self.phones[0].page.url if self.phones[0].page else ""
        )
        self.expect(f"the room could not be read: {room.status}", holds=room.status == 200)
        ready = await self.newcomer.get("/readyz")
        self.expect(f"ready, while full: {ready.text}", holds="disk_full" in ready.text)
        return kept

    async def with_room(self, kept: list[tuple[Phone, dict[str, Any]]], idea: int) -> None:
        """Send again what was refused, let the newcomer in, and hold ballots against answers."""
        for phone, sent in kept:
            assert phone.wire
            answer = await phone.wire.ask("command", sent)
            self.expect(f"refused with room: {answer}", holds=answer["ok"])
            _, last = await self.vote(phone, idea)
            mine = await phone.mine()
            expected = last["answer"]["value"]
            self.expect(f"{mine} is not {expected}", holds=mine["marks"].get(str(idea)) == expected)
        page = await self.knock()
        self.expect(f"no seat with room: {page.status}", holds=bool(page.body.get("data-token")))
        await self.nadia.close_vote()
        await self.nadia.reveal()


def _furnished(folder: Path) -> Path:
    """A database with all tables, and a token for whoever will run a room."""
    store = Store(f"sqlite:///{folder / FILE}")
    upgrade(store.engine)
    make: dict[str, Any] = {"kind": "robot", "role": "facilitator", "token": TOKEN}
    Stage(store, lambda: time.time_ns() // 1_000_000).perform(accounts.make_pass, **make)
    store.close()
    return folder / FILE


async def _filled(small: Volume) -> list[str]:
    """Fill a real server's disk, and make room again; everything that was wrong."""
    connector = aiohttp.TCPConnector()
    room = Meeting(small, connector)
    try:
        idea = await room.begin()
        await room.vote(room.phones[0], idea)
        small.fill()
        kept = await room.while_full(idea)
        small.make_room()
        await room.with_room(kept, idea)
    finally:
        for phone in room.phones:
            await phone.close()
        await room.nadia.browser.close()
        await room.newcomer.close()
        await connector.close()
    return room.found


def run(rounds: int, seed: int) -> Figures:
    """Fill a store's disk `rounds` times, and a real server's once, where we may have a volume."""
    figures = _store_alone(rounds, random.Random(seed))
    if not possible():
        return {**figures, "server": "no volume of our own can be had here"}
    with tempfile.TemporaryDirectory(prefix="longtable-fault-") as name:
        folder = Path(name)
        with volume(folder, _furnished(folder)) as small:
            found = asyncio.run(_filled(small))
            found += wrong(read(small.copied(folder)))
        if "Traceback" in (folder / "server.log").read_text():
            found.append("the server logged a traceback")
    return {**figures, "server": "filled", "wrong": figures["wrong"] + found}
