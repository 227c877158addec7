"""The one cookie: sent when it changed, renewed once a day, never with an answer that is late."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.test_helping import helper_of, on_device, seats_somebody
from tests.web.visitors import Place, place
from workshop.acts import seats
from workshop.web.signatures import RENEWED_AFTER, SteadySigner


@pytest.fixture
def here(tmp_path: Path) -> Place:
    made = place(tmp_path, step="problems")
    made.told.do(seats.set_helpers, welcome=True)
    return made


def test_an_answer_that_changes_nothing_brings_no_cookie(here: Place) -> None:
    """In one tab the device goes over to Rosa while another tab's page is still under way."""
    device = helper_of(here)
    for name in ("Rosa", "Ola"):
        seats_somebody(here, device, name)
    rosa, ola = on_device(device.get(here.room))
    late = device.client.get(here.room)
    assert "Set-Cookie" not in late.headers
    assert device.post(f"{here.room}/people/switch", seat=rosa).headers["Set-Cookie"]
    assert on_device(device.get(here.room)) == {rosa: True, ola: False}


def test_a_cookie_is_renewed_when_it_is_a_day_old(
    here: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = helper_of(here)
    seats_somebody(here, device, "Rosa")
    device.get(here.room)
    signed = SteadySigner.get_timestamp

    def later(self: SteadySigner) -> int:
        return signed(self) + RENEWED_AFTER + 1

    monkeypatch.setattr(SteadySigner, "get_timestamp", later)
    assert "Set-Cookie" in device.client.get(here.room).headers
    assert "Set-Cookie" not in device.client.get(here.room).headers
