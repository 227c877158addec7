"""What a server asks of a rehearsal that it starts as a child, and what it is told.

The order is one line of JSON on standard input. It holds the only key the child has: a link that
makes it the remote of one throwaway room. What it measures goes to standard output, a line of JSON
each second. Standard input stays open for as long as the server wants it; its end is ours.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from workshop.rules.rehearsals import Figures


@dataclass(frozen=True, slots=True)
class Order:
    """What to rehearse.

    Attributes:
        sites: addresses of the server, the one people use first; origin: the site of its pages.
        room: the room's name in addresses; link: what stands after /j/ for those who join it.
        remote: the one-time token of its remote.
        people: stand-ins; seconds: how long they play; limit: when we end, whatever happens.
        steps: the plan, in the form of `rules.packs`, and whether a vote is secret.
        legs: the parts of its journey.
    """

    sites: tuple[str, ...]
    origin: str
    room: str
    link: str
    remote: str
    people: int
    seconds: int
    limit: int
    steps: tuple[Mapping[str, Any], ...]
    legs: tuple[int, ...] = ()


def read_order() -> Order:
    """The order that waits on standard input; when that ends, so does this program."""
    told = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    known: dict[str, Any] = {}
    for row in fields(Order):
        value = told[row.name]
        known[row.name] = tuple(value) if isinstance(value, list) else value
    return Order(**known)


def _end_with_the_server() -> None:
    """Wait until nobody holds the other end any more, however that came about."""
    sys.stdin.buffer.read()
    os._exit(1)


def tell(figures: Figures) -> None:
    """Write what was measured so far."""
    sys.stdout.write(json.dumps(asdict(figures)) + "\n")
    sys.stdout.flush()
