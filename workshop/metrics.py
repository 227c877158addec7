"""Numbers of this process, for whoever runs it: how much, how fast, how full; never who or what.

Every label comes from a closed list in the code (a kind of command, a route's name, a refusal's
code), so that nothing a person wrote, and nothing that opens a door, can become one. A counter
costs about a microsecond; what carries labels is looked up once and kept.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    ProcessCollector,
    generate_latest,
)

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
WITHHELD: Final = "withheld"
_CODE_WORD: Final = re.compile(r"[A-Za-z][A-Za-z_]*(\.[a-z_]+)?|[1-5][0-9]{2}", re.ASCII)
_LONGEST_LABEL: Final = 40

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
BATCHES: Final = (1, 2, 5, 10, 20, 50, 100, 200)

registry: Final = CollectorRegistry()
ProcessCollector(registry=registry)
GCCollector(registry=registry)


def _counter(name: str, says: str, *labels: str) -> Counter:
    return Counter(f"longtable_{name}", says, labels, registry=registry)


def _gauge(name: str, says: str, *labels: str) -> Gauge:
    return Gauge(f"longtable_{name}", says, labels, registry=registry)


def _histogram(
    name: str, says: str, *labels: str, buckets: tuple[float, ...] = SECONDS
) -> Histogram:
    return Histogram(f"longtable_{name}", says, labels, buckets=buckets, registry=registry)


_connections = _gauge("connections", "Pages open on this process.", "audience")
_commands = _counter("commands", "Commands by kind, and what came of them.", "kind", "outcome")
_command_seconds = _histogram("command_seconds", "From a command to its commit.", "kind")
_limited = _counter("limited", "Events that came too fast from one page.", "kind")
_refused = _counter("refused_events", "Live events refused before any act.", "event", "refusal")
_commit_acts = _histogram("commit_acts", "Acts that shared one commit.", buckets=BATCHES)
_commit_seconds = _histogram("commit_seconds", "One commit, its acts and its wait for the disk.")
_database_errors = _counter("database_errors", "What the database raised while writing.", "error")
_frames = _counter("frames", "Frames to open pages, by how they went.", "way")
_frame_bytes = _counter("frame_bytes", "Bytes of the frames that were sent to open pages.")
_tell_seconds = _histogram("tell_seconds", "Telling one room once, all audiences.")
_rooms_waiting = _gauge("rooms_waiting", "Rooms with news that nobody has been told yet.")
_catch_ups = _counter("catch_ups", "Pages that asked what they missed, by the answer.", "answer")
_pages = _counter("pages", "Answers over HTTP.", "endpoint", "status")
_page_seconds = _histogram("page_seconds", "From a request to its answer.", "endpoint")
_loop_late = _histogram("loop_late_seconds", "How late a sleeping task of this process woke up.")
_hints = _counter("hints", "Hints between processes, by what became of them.", "outcome")
_letters = _counter("letters", "Letters to people who want to hear back.", "outcome")
_letters_waiting = _gauge("letters_waiting", "Letters that wait to be sent, of all processes.")


@cache
def _label(value: str) -> str:
    """A word out of the code as it is; anything else says nothing."""
    fits = len(value) <= _LONGEST_LABEL and _CODE_WORD.fullmatch(value)
    return value if fits else WITHHELD


@cache
def _child(family: Counter, *values: str) -> Counter:
    return family.labels(*map(_label, values))


@cache
def _timing(family: Histogram, *values: str) -> Histogram:
    return family.labels(*map(_label, values))


@cache
def _level(audience: str) -> Gauge:
    return _connections.labels(_label(audience))


def connected(audience: str, change: int) -> None:
    """A page of this audience was opened (1) or closed (-1)."""
    _level(audience).inc(change)


@contextmanager
def command(kind: str) -> Iterator[None]:
    """Count and time a command; an exception with a `code` counts as that refusal."""
    started, outcome = time.perf_counter(), "accepted"
    try:
        yield
    except Exception as error:
        outcome = str(getattr(error, "code", None) or "fault")
        raise
    finally:
        _timing(_command_seconds, kind).observe(time.perf_counter() - started)
        _child(_commands, kind, outcome).inc()


def limited(kind: str) -> None:
    """An event was sent back because its page sends too fast."""
    _child(_limited, kind).inc()


def refused(event: str, code: str) -> None:
    """A live event was refused: `event` is its name on the wire, `code` the refusal's."""
    _child(_refused, event, code).inc()


def committed(acts: int, seconds: float) -> None:
    """So many acts shared a commit that took so long."""
    _commit_acts.observe(acts)
    _commit_seconds.observe(seconds)


def database_error(error: BaseException) -> None:
    """The database raised this; the driver's own class is told, never its message."""
    _child(_database_errors, type(getattr(error, "orig", None) or error).__name__).inc()


def sent(direct: int, queued: int, size: int) -> None:
    """One message went to a room: so many frames straight, so many queued, of `size` bytes each."""
    _child(_frames, "direct").inc(direct)
    _child(_frames, "queued").inc(queued)
    _frame_bytes.inc((direct + queued) * size)


def dropped() -> None:
    """A screen that reads too slowly was let go; it comes back and fetches what it missed."""
    _child(_frames, "dropped").inc()


def told(seconds: float, waiting: int) -> None:
    """One room was told its news in so many seconds, while so many others waited."""
    _tell_seconds.observe(seconds)
    _rooms_waiting.set(waiting)


def caught_up(answer: str) -> None:
    """A page asked what it missed: `nothing_new`, `kept` (another had asked) or `worked_out`."""
    _child(_catch_ups, answer).inc()


def page(endpoint: str, status: int, seconds: float) -> None:
    """An answer over HTTP, by its route's name."""
    _child(_pages, endpoint, str(status)).inc()
    _timing(_page_seconds, endpoint).observe(seconds)


def woke(seconds_late: float) -> None:
    """A task that meant to sleep for a moment woke up so much later than it meant to."""
    _loop_late.observe(max(0.0, seconds_late))


def hint(outcome: str) -> None:
    """A hint between processes was `sent`, `heard`, `failed`, or `missed` and found by looking."""
    _child(_hints, outcome).inc()


def letter(outcome: str) -> None:
    """A letter was `sent`, has `failed` and will be tried again, or was `given_up`."""
    _child(_letters, outcome).inc()


def letters_waiting(count: int) -> None:
    """So many letters wait to be sent."""
    _letters_waiting.set(count)


def watch_loop(sleep: Callable[[float], object], every: float = 1.0) -> None:
    """Measure for ever how late this process wakes up; run it as a task of its own."""
    while True:
        asked = time.monotonic()
        sleep(every)
        woke(time.monotonic() - asked - every)


def text() -> bytes:
    """Every number of this process, as Prometheus reads them."""
    return generate_latest(registry)
