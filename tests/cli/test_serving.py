"""The server itself: it comes up by itself, says where to go, and stops when it is told to."""

from __future__ import annotations

import signal
import urllib.request
from pathlib import Path

import pytest

from tests.served import served


def status(link: str) -> int:
    """What the server says to a browser that follows one of its own links."""
    with urllib.request.urlopen(link, timeout=30) as page:  # noqa: S310 - our own server's link
        return int(page.status)


@pytest.mark.parametrize("engine", ["eventlet", "threading"])
def test_a_first_start_prints_a_link_that_works_and_stops_cleanly(
    engine: str, tmp_path: Path
) -> None:
    with served(tmp_path, engine=engine) as server:
        assert status(server.link("set up")) == 200
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(timeout=30) == 0
    said = next(tmp_path.glob("server-*.log")).read_text()
    assert "Longtable has stopped. Everything that was said is saved." in said


def test_a_demo_has_a_link_for_everybody_and_the_same_ones_on_the_next_start(
    tmp_path: Path,
) -> None:
    with served(tmp_path, command="demo") as server:
        links = {name: server.link(name) for name in ("participant", "projector", "facilitator")}
        passwords = [line for line in server.said.splitlines() if " password " in line]
        assert {status(link) for link in links.values()} == {200}
        port = int(server.url.rsplit(":", 1)[1])
    assert len(passwords) == 3
    with served(tmp_path, command="demo", port=port) as server:
        assert {name: server.link(name) for name in links} == links
        assert [line for line in server.said.splitlines() if " password " in line] == passwords
