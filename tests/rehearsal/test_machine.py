"""What a server costs is read from the right process, and said to be unknown where it is not."""

from __future__ import annotations

import os
import resource
import socket
from pathlib import Path

import pytest

from workshop.rehearsal import machine
from workshop.rehearsal.browser import Lost
from workshop.rehearsal.machine import Cost, Machine, listeners
from workshop.rehearsal.usage import usage


def test_the_process_behind_a_port_is_found_while_it_listens() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        port = server.getsockname()[1]
        assert listeners(port) == []
        server.listen()
        assert listeners(port) == [os.getpid()]


def test_time_and_memory_are_read_behind_whatever_a_program_calls_itself(tmp_path: Path) -> None:
    folder = tmp_path / "7"
    folder.mkdir()
    ticks = os.sysconf("SC_CLK_TCK")
    before = " ".join(["0"] * 10)
    (folder / "stat").write_text(f"7 (a) b (c) S {before} {ticks * 2} {ticks} 0 0 20")
    (folder / "statm").write_text("900 3 1 1 0 1 0")
    for thread in ("7", "8"):
        (folder / "task" / thread).mkdir(parents=True)
        (folder / "task" / thread / "schedstat").write_text("5000000000 250000000 9")
    cost = Machine((7, 7), tmp_path).cost()
    assert cost.waited == 1.0
    assert (cost.server, cost.memory) == (6.0, 6 * os.sysconf("SC_PAGE_SIZE"))


def test_a_server_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Lost, match=r"The server \(process 7\) is gone\."):
        Machine((7,), tmp_path).cost()


def test_what_is_not_known_is_not_guessed() -> None:
    cost = Machine(()).cost()
    assert (cost.server, cost.memory) == (None, None)
    used = usage(Cost(1.0, None, 0.5, None), Cost(3.0, None, 1.5, None))
    assert (used.cores, used.seconds, used.own) == (None, None, 0.5)


def test_a_machine_that_had_other_things_to_do_is_seen() -> None:
    used = usage(Cost(1.0, 1.0, 0.0, 1, 0.5, 1.0), Cost(3.0, 1.5, 0.0, 1, 1.5, 1.2))
    assert (used.cores, used.waited, used.own_waited) == (0.25, 0.5, 0.1)


def test_a_hall_too_large_for_this_machine_is_told_before_anybody_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no(*_: object) -> None:
        raise ValueError("not allowed to raise maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda _: (1_024, 4_096))
    monkeypatch.setattr(resource, "setrlimit", no)
    with pytest.raises(Lost, match=r"5,000 phones need 9,200 open files, and .* 4,096"):
        machine.make_room(5_000)


def test_whoever_may_raise_the_limit_of_open_files_does(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (1_024, 4_096))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    machine.make_room(1_000)
    machine.make_room(5_000)
    machine.make_room(100)
    assert asked == [(2_200, 4_096), (9_200, 9_200)]
