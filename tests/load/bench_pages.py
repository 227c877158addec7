"""How long pages take with 200 ideas: `python tests/load/bench_pages.py`.

Prints the processor time of the server for each page (median of the runs, in milliseconds), which
another busy program on the machine disturbs less than the clock on the wall.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from flask.testing import FlaskClient

from tests.story import Story, story
from workshop.factory import build
from workshop.settings import load
from workshop.storage.models import Base

IDEAS = 200
PEOPLE = 34
RUNS = 15
LIMIT_MS = 50


def _timed(fetch: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        before = time.process_time()
        fetch()
        times.append((time.process_time() - before) * 1000)
    return statistics.median(times)


def _seated(client: FlaskClient, told: Story) -> None:
    with client.session_transaction() as cookie:
        cookie.update(seats={told.room().slug: told.people[0].receipt}, sid="bench")


def _signed_in(client: FlaskClient, told: Story) -> None:
    with client.session_transaction() as cookie:
        cookie.update(account=told.facilitator, epoch=0, sid="bench")


def main() -> None:
    """Tell a room with many ideas and fetch its pages at each step."""
    with tempfile.TemporaryDirectory() as folder:
        asked = {"LONGTABLE_DATABASE_URL": f"sqlite:///{Path(folder)}/bench.sqlite3"}
        product = build(load(asked))
        Base.metadata.create_all(product.store.engine)
        told = story(product.store, people=PEOPLE, problems=40, ideas=IDEAS, step="ideas")
        slug = told.room().slug
        phone, desk = product.app.test_client(), product.app.test_client()
        _seated(phone, told)
        _signed_in(desk, told)
        screen = f"/screen/{told.room().screen_token}"
        for phase in ("problems", "ideas", "vote", "results"):
            told.moves_to(phase)
            if phase == "results":
                told.reveals()
            for name, client, address in (
                ("phone", phone, f"/w/{slug}"),
                ("control", desk, f"/workshops/{slug}"),
                ("projector", desk, screen),
            ):
                _say(f"{phase}, {name}", client, address)
        _say("results page", desk, f"/workshops/{slug}/results")
        _say("what I said", phone, f"/w/{slug}/mine")
        _say("first page", phone, "/")


def _say(name: str, client: FlaskClient, address: str) -> None:
    size = len(client.get(address).data)
    took = _timed(lambda: client.get(address))
    verdict = "ok" if took <= LIMIT_MS else "SLOW"
    print(  # noqa: T201 - a benchmark speaks to whoever ran it
        f"{name:<22} {took:6.1f} ms {size / 1024:7.1f} KB  {verdict}"
    )


if __name__ == "__main__":
    main()
