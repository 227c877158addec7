"""The pulse: pings when they are due, hangs up on silence, and asks for no task of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from engineio.exceptions import QueueEmpty

from workshop.live.pulse import Pulse


@dataclass
class Lines:
    """Stands where the fan-out does and notes who was pinged and who was hung up on."""

    pinged: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)

    def send(self, number: str, frame: bytes, _packet: object) -> None:
        assert frame == b"\x81\x012"
        self.pinged.append(number)


def _pulse(lines: Lines) -> Pulse:
    server: Any = SimpleNamespace(eio=SimpleNamespace(ping_interval=10, ping_timeout=10))
    return Pulse(server, lines.send, lines.ended.append, lines.unread.__contains__)


def _end() -> SimpleNamespace:
    """Stands where the library's own end of a line does; nothing is ever queued for it."""
    waits = iter([True, True, False])

    def poll() -> list[str]:
        if next(waits):
            raise QueueEmpty
        return ["packet"]

    return SimpleNamespace(last_ping=1.0, poll=poll)


def test_a_line_whose_queue_stays_empty_is_not_ended_for_that() -> None:
    end = _end()
    _pulse(Lines()).opened("a", end)
    assert end.poll() == ["packet"]


def test_a_line_is_pinged_at_every_interval_for_as_long_as_it_answers() -> None:
    lines, end = Lines(), _end()
    pulse = _pulse(lines)
    pulse.opened("a", end)
    end.schedule_ping()
    start = pulse._beats["a"].next
    for beat in range(5):
        pulse.look(start + 10 * beat - 0.5)
        pulse.look(start + 10 * beat)
        end.schedule_ping()
    assert lines.pinged == ["a"] * 5
    assert end.last_ping is None
    assert lines.ended == []


def test_a_line_that_stays_silent_is_ended_once() -> None:
    lines = Lines()
    pulse = _pulse(lines)
    end = _end()
    pulse.opened("a", end)
    end.schedule_ping()
    start = pulse._beats["a"].next
    for second in range(30):
        pulse.look(start + second)
    assert lines.pinged == ["a"]
    assert lines.ended == ["a"]


def test_a_line_that_never_answers_at_all_is_ended_after_twenty_seconds() -> None:
    lines = Lines()
    pulse = _pulse(lines)
    pulse.opened("a", _end())
    opened = pulse._beats["a"].next - 20
    for half in range(41):
        pulse.look(opened + half / 2)
    assert lines.ended == []
    pulse.look(opened + 20.5)
    assert (lines.pinged, lines.ended) == ([], ["a"])


def test_a_process_that_was_held_up_blames_nobody_for_it() -> None:
    lines = Lines()
    pulse = _pulse(lines)
    end = _end()
    pulse.opened("a", end)
    end.schedule_ping()
    start = pulse._beats["a"].next
    pulse.look(start)
    pulse.look(start + 15)
    assert lines.ended == []
    for second in range(16, 40):
        pulse.look(start + second)
    assert lines.ended == ["a"]


def test_a_line_whose_answer_waits_to_be_read_is_not_silent() -> None:
    lines = Lines(unread={"a"})
    pulse = _pulse(lines)
    end = _end()
    pulse.opened("a", end)
    end.schedule_ping()
    start = pulse._beats["a"].next
    for second in range(40):
        pulse.look(start + second)
    assert lines.ended == []
    lines.unread.clear()
    pulse.look(start + 40)
    assert lines.ended == ["a"]


def test_a_line_that_has_gone_is_left_alone() -> None:
    lines = Lines()
    pulse = _pulse(lines)
    pulse.opened("a", _end())
    pulse.closed("a")
    pulse.look(float("inf"))
    assert lines == Lines()
