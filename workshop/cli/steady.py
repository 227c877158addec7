"""Keeps a serving process steady: no pause while a hall is there for what could wait.

Python looks for rubbish in everything that lives, and thousands of open connections are much to
look through: seconds, while nobody is answered. What a hall brings with it is set aside once it is
in, and looked through when it has left. Templates are compiled before the first visitor asks.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import Environment

from workshop.factory import Longtable

LOOK_SECONDS: Final = 5.0
BREATH_SECONDS: Final = 0.005
ENOUGH: Final = 100
"""So many connections more or fewer are worth a change."""

YOUNG: Final = 10_000
"""New objects after which the youngest are looked through; Python's own 700 suit small programs."""

NEVER: Final = 1_000_000
SILENT_LOOKS: Final = 120
"""After so many looks without a change (ten minutes), what is not set aside is looked through."""


@dataclass(slots=True)
class Housekeeping:
    """Decides when to set aside and when to look through.

    Attributes:
        aside: how many connections were open when everything was set aside.
        before: how many there were at the last look.
        looks: looks since the last change.
    """

    aside: int = 0
    before: int = 0
    looks: int = 0

    def look(self, connections: int) -> str:
        """What to do now: "aside", "through", "rest" or nothing at all ("")."""
        settled = abs(connections - self.before) < max(2, connections // 50)
        self.before = connections
        self.looks += 1
        if settled and connections >= self.aside + ENOUGH:
            return self._done("aside", connections)
        if settled and connections < self.aside // 2:
            return self._done("through", connections)
        if self.looks >= SILENT_LOOKS:
            return self._done("rest", self.aside)
        return ""

    def _done(self, what: str, connections: int) -> str:
        self.aside, self.looks = connections, 0
        return what


def _aside() -> None:
    gc.collect(1)
    gc.freeze()


def _through() -> None:
    gc.unfreeze()
    gc.collect()
    gc.freeze()


DOINGS: Final[dict[str, Callable[[], object]]] = {
    "aside": _aside,
    "through": _through,
    "rest": gc.collect,
}


def compiled(environment: Environment) -> Iterable[str]:
    """Compile every template, and name each when it is done."""
    for name in environment.list_templates(extensions=["html"]):
        environment.get_template(name)
        yield name


def look_seldom() -> None:
    """Set aside what is there, and look through young objects alone unless somebody asks."""
    gc.set_threshold(YOUNG, 10, NEVER)
    _through()


def keep(house: Longtable) -> None:
    """Start what keeps this process steady; it ends with the process."""
    look_seldom()
    server: Any = house.socketio.server  # type: ignore[attr-defined]  # left out of the type stubs

    def run() -> None:
        for _ in compiled(house.app.jinja_env):
            server.sleep(BREATH_SECONDS)
        _through()
        keeping = Housekeeping()
        while True:
            server.sleep(LOOK_SECONDS)
            if what := keeping.look(len(server.eio.sockets)):
                DOINGS[what]()

    server.start_background_task(run)
