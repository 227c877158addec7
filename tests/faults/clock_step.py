"""The server's clock jumps an hour forward and back while a timer runs and a vote is open.

Cookies, tokens and marks made before each jump have to hold after it: nobody is turned out, no vote
is lost, no time is negative, and what happened stays in the order of its numbers, whatever the
clock said. A round is one jump, to an hour before, an hour after, or the true time.
"""

from __future__ import annotations

import random
import re
import tempfile
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from tests.faults.ground import DISK, Tap, Told, new_id
from tests.faults.recount import lost, read, wrong
from tests.faults.table import Figures
from tests.web.visitors import Browser, Place, place
from workshop.acts import running
from workshop.factory import _handshake_reader

HOUR = 3_600_000
TICK = 10_000
PEOPLE = 6
TOKEN = re.compile(r'data-token="([^"]+)"')
ACTIONS = ("start", "add", "pause", "resume")


class Room:
    """A room whose people came before the first jump."""

    def __init__(self, here: Place, chance: random.Random) -> None:
        self.here = here
        self.chance = chance
        self.heard = Told()
        self.found: list[str] = []
        self.offset = 0
        self.sent = 0
        self.browsers: list[Browser] = []
        self.tokens: list[str] = []
        for _ in range(PEOPLE):
            self.browsers.append(here.seated(here.newcomer()))
            token = TOKEN.search(self.browsers[-1].get(here.room))
            assert token, "the room's page carries no token"
            self.tokens.append(token[1])

    def jump(self) -> None:
        """Set the clock an hour off, or right again, and go on with the meeting."""
        before = self.offset
        self.offset = self.chance.choice([o for o in (-HOUR, 0, HOUR) if o != before])
        self.here.clock.now += self.offset - before + TICK
        self.here.told.clock.now = self.here.clock.now
        self._vote()
        self._timer()
        self._still_in(f"{(self.offset - before) / HOUR:+.0f} h")

    def _vote(self) -> None:
        told = self.here.told
        for person in told.people:
            self.sent += 1
            idea, value = self.chance.choice(told.ideas), self.chance.randrange(3)
            tap = Tap(person, idea, value, "phone", self.sent, new_id(self.chance))
            self.heard.send(tap, told.stage, told)

    def _timer(self) -> None:
        action, told = self.chance.choice(ACTIONS), self.here.told
        told.do(running.set_timer, action=action, minutes=self.chance.randrange(-3, 9))
        card, now = told.room(), self.here.clock.now
        if card.timer_left is not None and card.timer_left < 0:
            self.found.append(f"after {action}: {card.timer_left} ms are left")
        if card.timer_ends_at is not None and card.timer_ends_at < now:
            self.found.append(f"after {action}: the timer ended {now - card.timer_ends_at} ms ago")

    def _still_in(self, jumped: str) -> None:
        """Whether everybody who came before the jump is still known after it."""
        address = self.here.room
        for browser in self.browsers:
            if (status := browser.client.get(address).status_code) != 200:
                self.found.append(f"{jumped}: somebody was turned out ({status})")
        reads = _handshake_reader(self.here.longtable.settings)
        refused = sum(reads(token) is None for token in self.tokens)
        if refused:
            self.found.append(f"{jumped}: {refused} live connections would be turned away")

    def ended(self) -> list[str]:
        """Show the result, and everything that was wrong."""
        self.here.told.reveals()
        stored = read(str(self.here.longtable.store.engine.url))
        found = [*self.found, *self.heard.errors, *wrong(stored), *lost(stored, self.heard.acks)]
        numbers = [ack.seq for ack in self.heard.acks]
        if numbers != sorted(set(numbers)):
            found.append("I9: the numbers of the acts are not in the order of the acts")
        found += [f"refused as {code}" for code in self.heard.refused if code != "no_votes_left"]
        return found


def run(rounds: int, seed: int) -> Figures:
    """Jump `rounds` times."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="longtable-fault-", dir=DISK) as folder:
        here = place(Path(folder), people=1, ideas=4, step="vote")
        clock = SimpleNamespace(time=lambda: here.clock.now / 1000)
        # The library that signs cookies and tokens asks the machine itself what time it is.
        with patch("itsdangerous.timed.time", clock):
            room = Room(here, chance)
            for _ in range(rounds):
                room.jump()
            found = room.ended()
        here.longtable.store.close()
    return {"wrong": found, "votes": room.sent, "acknowledged": len(room.heard.acks)}
