"""The findings of a rehearsal as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from workshop.rehearsal.figures import Spread
from workshop.rehearsal.findings import Findings, Flow, Joining, Plan
from workshop.rehearsal.usage import Usage

NAME: Final = 26
COLUMN: Final = 10


def lines(found: Findings) -> Iterator[str]:
    """Every line of the table, the verdict last."""
    plan = found.plan
    yield f"{_asked(plan)}, {plan.method}, at {found.site}"
    yield _row("", "p50", "p95", "p99", "worst")
    if found.joining:
        yield _spread("link to board, s", found.joining.each, 2)
        yield _spread("  until the page, s", found.joining.page, 2)
        yield _spread("  then the socket, s", found.joining.socket, 2)
    for name, one in (("idea", found.posts), ("vote", found.votes)):
        if one:
            yield _spread(f"{name} to answer, ms", one.ack)
            yield _spread(f"{name} to a screen, ms", one.screen)
            yield _spread(f"{name} to every screen, ms", one.last)
            yield _spread("generator late by, ms", one.late)
    yield ""
    if found.joining:
        yield from _joined(plan, found.joining)
    for name, one in (("Ideas", found.posts), ("Votes", found.votes)):
        if one:
            yield from _flow(name, one)
    yield _kept(found)
    yield _verdict(found)


def as_json(found: Findings) -> dict[str, Any]:
    """The same as plain JSON values."""
    told = asdict(found)
    for name in ("wrong", "ballots"):
        told[name] = getattr(found, name)._asdict()
    held = [{**asdict(one), "met": one.met} for one in found.held]
    return {**told, "sound": found.sound, "goals": held}


def _asked(plan: Plan) -> str:
    room = f"{plan.phones:,} phones" + (f" in each of {plan.rooms} rooms" if plan.rooms > 1 else "")
    if plan.burst:
        return f"{room}, everybody within 2 s"
    return f"{room}, {plan.rate:g} votes a second for {plan.seconds:g} s"


def _row(name: str, *values: str) -> str:
    return f"{name:<{NAME}}" + "".join(f"{value:>{COLUMN}}" for value in values)


def _spread(name: str, found: Spread, digits: int = 1) -> str:
    values = (found.p50, found.p95, found.p99, found.worst)
    return _row(name, *("–" if one is None else f"{one:,.{digits}f}" for one in values))


def _joined(plan: Plan, joining: Joining) -> Iterator[str]:
    yield (
        f"Joined     {plan.everybody:,} in {joining.seconds:.1f} s; "
        f"server {_cores(joining.used)}, {_generator(joining.used)}"
    )
    if joining.mib is None:
        yield "Memory     not known"
        return
    empty, warm, full = joining.mib
    each = "too few to tell" if joining.kib is None else f"{joining.kib:.1f} KiB"
    yield (
        f"Memory     {each} a connection, of all after the first {joining.warm}; "
        f"server {empty:,.0f} MiB, {warm:,.0f} MiB once they were in, {full:,.0f} MiB in the end"
    )


def _flow(name: str, one: Flow) -> Iterator[str]:
    cpu = "not known" if one.cpu is None else f"{one.cpu:.2f} s"
    yield (
        f"{name:<10} {one.acknowledged:,} acknowledged, {one.refused} refused, "
        f"{one.unanswered} never answered, {one.held} with nobody free; "
        f"the last answer {one.tail:,.0f} ms after the last tap"
    )
    yield f"Server     {_cores(one.used)}, {cpu} for 1,000; {_generator(one.used)}"
    yield (
        f"Messages   {one.messages:.1f} and {one.size:,.0f} bytes a second to each screen; "
        f"“a screen” is {one.sampled:,} of {one.screens:,} screens, “every screen” the last of all"
    )
    if one.strained:
        yield (
            f"Careful    the generator was a bottleneck: it used {one.used.own:.2f} of a core and "
            f"began 5 of 100 taps {one.late.p95 or 0:,.1f} ms late or more. These times are partly "
            "its own."
        )


def _cores(used: Usage) -> str:
    if used.cores is None:
        return "not known"
    return f"{used.cores:.2f} of a core{_queued(used.waited)}"


def _generator(used: Usage) -> str:
    return f"generator {used.own:.2f} of a core{_queued(used.own_waited)}"


def _queued(waited: float | None) -> str:
    return "" if waited is None else f" and {waited:.2f} waiting for one"


def _kept(found: Findings) -> str:
    no = ", ".join(f"{code} {times}" for code, times in sorted(found.said_no.items())) or "never"
    return (
        f"Kept       {found.wrong.lost} lost, {found.wrong.doubled} doubled; ballots "
        f"{found.ballots.lost} lost, {found.ballots.doubled} doubled; "
        f"{sum(one.unseen for one in (found.posts, found.votes) if one)} not shown; "
        f"connections opened again {found.reopened}, caught up {found.caught_up}; said no: {no}"
    )


def _verdict(found: Findings) -> str:
    if not found.sound:
        return "Verdict    NOT SOUND: something was lost, doubled, unanswered or not shown."
    missed = [str(one) for one in found.held if one.met is False]
    unknown = [one.name for one in found.held if one.met is None]
    said = f"missed: {'; '.join(missed)}" if missed else "every goal met"
    rest = f"; not measured: {', '.join(unknown)}" if unknown else ""
    kept = "; ".join(str(one) for one in found.held if one.met)
    return f"Verdict    {said}{rest}" + (f"\n           met: {kept}" if kept else "")
