"""One person, five tabs, a purse of three, and far too many votes in the same moment.

A thread for each vote, through the real stage; on PostgreSQL also through two stores, as two
processes have. Each round races 100 votes; the first also 1,000, and in a whole run every round
does. Exactly three are spent, whoever comes first; everybody else hears that the purse is empty.
"""

from __future__ import annotations

import random
from functools import partial

from tests.faults.ground import Tap, Told, at_once, empty, kinds, new_id, voting_room
from tests.faults.recount import lost, read, wrong
from tests.faults.table import Figures
from tests.story import Person
from workshop.acts.stage import Stage
from workshop.storage.store import Store

PURSE = 3
TABS = 5
IDEAS = 40
VOTES = 100
HALL = 1_000
WHOLE = 200
"""From so many rounds on, every one also races a hall's number of votes."""


def taps(person: Person, ideas: list[int], votes: int, chance: random.Random) -> list[Tap]:
    """So many votes of one person, each tab numbering its own, most on ideas they cannot afford."""
    return [
        Tap(person, chance.choice(ideas), 1, f"tab-{n % TABS}", n // TABS, new_id(chance))
        for n in range(votes)
    ]


def _race(url: str, stores: int, rounds: int, chance: random.Random) -> Figures:
    """Race `rounds` times on one database, through this many stores; what came of it."""
    doors = [Store(url) for _ in range(stores)]
    told = voting_room(doors[0], people=1, ideas=IDEAS, budget=PURSE)
    stages = [Stage(door, told.clock) for door in doors]
    heard, votes = Told(), 0
    for number in range(rounds):
        for size in (VOTES, HALL) if number == 0 or rounds >= WHOLE else (VOTES,):
            sent = taps(told.joins("citizen"), told.ideas, size, chance)
            at_once(
                partial(heard.send, tap, stages[n % stores], told) for n, tap in enumerate(sent)
            )
            votes += size
    for door in doors:
        door.close()
    return {"votes": votes, **_held(url, heard, [person.seat for person in told.people[1:]])}


def _held(url: str, heard: Told, seats: list[int]) -> Figures:
    stored = read(url)
    used = {seat: spent for _, seat, _, spent in stored.purses}
    found = [*heard.errors, *wrong(stored), *lost(stored, heard.acks)]
    found += [f"seat {seat} spent {used.get(seat, 0)}" for seat in seats if used.get(seat) != PURSE]
    found += [f"refused as {code}" for code in heard.refused if code != "no_votes_left"]
    return {"races": len(seats), "acknowledged": len(heard.acks), "wrong": found}


def run(rounds: int, seed: int) -> Figures:
    """Race on every kind of database there is."""
    chance = random.Random(seed)
    figures: Figures = {"wrong": []}
    for kind in kinds():
        for stores in (1, 2) if kind == "postgresql" else (1,):
            with empty(kind) as url:
                found = _race(url, stores, rounds, chance)
            figures["wrong"] += found.pop("wrong")
            figures[f"{kind}, {stores} store" + "s" * (stores > 1)] = found
    return figures
