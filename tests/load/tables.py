"""The tables of docs/performance.md, from what the matrix found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

Row = Mapping[str, Any]
Column = tuple[str, Callable[[Row], str]]


def _number(value: float | None, digits: int = 0) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _spread(spread: Mapping[str, float | None], *names: str, digits: int = 0) -> str:
    return " / ".join(_number(spread[name], digits) for name in names)


def _votes(row: Row) -> Row:
    votes: Row = row["found"]["votes"]
    return votes


def _joining(row: Row) -> Row:
    joining: Row = row["found"]["joining"]
    return joining


def _entry(row: Row, part: str) -> str:
    return _spread(_joining(row)[part], "p50", "p95", digits=2)


def _hall(row: Row) -> str:
    rooms = f"{row['rooms']} × " if row["rooms"] > 1 else ""
    return f"{rooms}{row['phones']:,}"


def _what(row: Row) -> str:
    processes = f", {row['processes']} processes" if row["processes"] > 1 else ""
    return f"{row['engine']}, {row['database']}{processes}"


def _wrong(row: Row) -> str:
    found = row["found"]
    counts = [found["wrong"][name] + found["ballots"][name] for name in ("lost", "doubled")]
    return " / ".join(map(str, [*counts, _votes(row)["unseen"]]))


COSTS: Final = frozenset({"server", "memory a connection"})
"""Promised of one large room on one green process with one file; of all others the times are."""


def _missed(row: Row) -> str:
    usual = (row["engine"], row["database"], row["rooms"]) == ("eventlet", "SQLite", 1)
    goals = [goal for goal in row["found"]["goals"] if usual or goal["name"] not in COSTS]
    missed = [goal["name"] for goal in goals if goal["met"] is False]
    return ", ".join(missed) or "none"


def _generator(row: Row) -> str:
    votes = _votes(row)
    said = f"{votes['used']['own']:.2f} core, {_number(votes['late']['p95'], 1)} ms late"
    return f"{said}; a bottleneck" if votes["strained"] else said


PHONES: Final[tuple[Column, ...]] = (("phones", _hall), ("server", _what))

SPEED: Final[tuple[Column, ...]] = (
    *PHONES,
    ("votes a second", lambda row: _number(row["found"]["plan"]["rate"])),
    ("answer p50 / p95 / p99", lambda row: _spread(_votes(row)["ack"], "p50", "p95", "p99")),
    (
        "tap to a screen p50 / p95 / p99",
        lambda row: _spread(_votes(row)["screen"], "p50", "p95", "p99"),
    ),
    (
        "tap to every screen p50 / p95 / p99 / last",
        lambda row: _spread(_votes(row)["last"], "p50", "p95", "p99", "worst"),
    ),
    ("lost / doubled / not shown", _wrong),
    ("goals missed", _missed),
)

COST: Final[tuple[Column, ...]] = (
    *PHONES,
    ("all in after, s", lambda row: _number(_joining(row)["seconds"], 1)),
    (
        "link to page p50 / p95, s",
        lambda row: _spread(_joining(row)["page"], "p50", "p95", digits=2),
    ),
    ("then to live board p50 / p95, s", lambda row: _entry(row, "socket")),
    ("memory a connection, KiB", lambda row: _number(_joining(row)["kib"], 1)),
    ("server, core", lambda row: _number(_votes(row)["used"]["cores"], 2)),
    ("s for 1,000 votes", lambda row: _number(_votes(row)["cpu"], 2)),
    ("messages and bytes a second, each screen", lambda row: _flow(_votes(row))),
    ("generator p95", _generator),
    ("load before", lambda row: _number(row["load_before"], 2)),
)

BURST: Final[tuple[Column, ...]] = (
    *PHONES,
    ("last answer after the last tap, ms", lambda row: _number(_votes(row)["tail"])),
    ("answer p50 / p95 / p99", lambda row: _spread(_votes(row)["ack"], "p50", "p95", "p99")),
    ("every screen p50 / p95", lambda row: _spread(_votes(row)["last"], "p50", "p95")),
    ("lost / doubled / not shown", _wrong),
    ("goals missed", _missed),
)

RESTART: Final[tuple[Column, ...]] = (
    *PHONES,
    ("server answers, s", lambda row: _number(row["found"]["server_answers_s"], 1)),
    ("back p50 / p95 / last, s", lambda row: _spread(_back(row), "p50", "p95", "worst", digits=1)),
    ("all ballots compared, s", lambda row: _number(row["found"]["right_s"], 1)),
    (
        "lost / doubled / not back",
        lambda row: " / ".join(str(row["found"][name]) for name in ("lost", "doubled", "behind")),
    ),
    ("within 15 s", lambda row: "yes" if row["found"]["met"] else "no"),
)

TABLES: Final[tuple[tuple[str, tuple[str, ...], tuple[Column, ...]], ...]] = (
    ("Speed: milliseconds", ("hall", "rooms"), SPEED),
    ("Cost", ("hall", "rooms", "burst"), COST),
    ("Everybody within 2 s of “open”: milliseconds", ("burst",), BURST),
    ("Killed with `kill -9` and started again", ("restart",), RESTART),
)


def _flow(votes: Row) -> str:
    return f"{_number(votes['messages'], 1)} and {_number(votes['size'])}"


def _back(row: Row) -> Mapping[str, float | None]:
    back: Mapping[str, float | None] = row["found"]["back_s"]
    return back


def tables(told: Mapping[str, Any]) -> str:
    """All tables that have a row, the machine before them and what failed after them."""
    return "\n".join([*_machine(told["machine"]), *_all(told["rows"])])


def _machine(machine: Row) -> Iterator[str]:
    changed = " with changes" if machine["changed_since"] else ""
    yield (
        f"{machine['cores']} cores of {machine['cpu']}, {machine['memory_gib']} GiB, Linux "
        f"{machine['kernel']}, Python {machine['python']}, commit {machine['commit']}{changed}, "
        f"{machine['day']}."
    )


def _all(rows: Sequence[Row]) -> Iterator[str]:
    for title, kinds, columns in TABLES:
        shown = [row for row in rows if row["kind"] in kinds and "found" in row]
        if shown:
            yield f"\n## {title}\n"
            yield _line([name for name, _ in columns])
            yield _line(["---"] * len(columns))
            yield from (_line([cell(row) for _, cell in columns]) for row in shown)
    for row in rows:
        if "failed" in row:
            yield f"\n{row['name']} failed: {row['failed']}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
