"""Phone pages are made one after another; what people send never waits behind them."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, BrokenBarrierError

import pytest

from tests.web.visitors import place
from workshop.web import turns

MANY = 8


def test_no_two_pages_are_made_at_the_same_moment() -> None:
    together = Barrier(2)

    @turns.in_turn
    def page() -> bool:
        """Whether somebody else made a page meanwhile."""
        try:
            together.wait(timeout=0.05)
        except BrokenBarrierError:
            together.reset()
            return False
        return True

    with ThreadPoolExecutor(MANY) as people:
        assert not any(people.map(lambda _: page(), range(MANY)))


def test_whoever_has_the_turn_lets_all_others_run_first(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[object] = []
    monkeypatch.setattr(time, "sleep", told.append)

    @turns.in_turn
    def page() -> None:
        told.append("page")

    for _ in range(2):
        page()
    assert told == [0, "page", 0, "page"]


def test_a_page_that_fails_gives_its_turn_back() -> None:
    @turns.in_turn
    def page() -> None:
        raise LookupError

    for _ in range(2):
        with pytest.raises(LookupError):
            page()


def test_a_phone_waits_for_its_page_and_not_for_what_it_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = place(tmp_path, step="problems")
    phone = here.seated(here.newcomer())
    taken: list[str] = []

    class Turn:
        def __enter__(self) -> None:
            taken.append("page")

        def __exit__(self, *_how: object) -> None:
            """Nobody waits here."""

    monkeypatch.setattr(turns, "_turn", Turn())
    phone.post(f"{here.room}/problems", text="Nobody picks up")
    assert taken == []
    phone.get(here.room)
    assert taken == ["page"]
