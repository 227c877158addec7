"""How a story's items go on: trials, moves, what comes from outside, and small changes by staff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from workshop.acts import just_do, programmes, stages, trials
from workshop.reads import progress
from workshop.rules.just_do import Lines, questions
from workshop.rules.trials import TRIAL_WORDS
from workshop.seeding import giving
from workshop.seeding.teller import DAY, Teller, day_of

Event = tuple[int, Callable[[], None]]
"""So many days after the meeting, something happens."""

TURNS: Final = ("guests", "offers", "leads", "trials", "moves", "changes")
"""What the story may tell here, in the order in which one rests on the other on the same day."""


def events(teller: Teller, begins: int) -> Iterator[Event]:
    """Everything of this kind that the story tells, each with its day."""
    service = teller.story.programme
    if service:
        yield service["days"], partial(_programme, teller, service)
    for part in TURNS:
        for told in teller.story.part(part):
            yield from _turns(teller, part, told, begins)


def _turns(teller: Teller, part: str, told: Mapping[str, Any], begins: int) -> Iterator[Event]:
    """One table of the story: what begins, and later what came of it."""
    first: dict[str, Callable[..., None]] = {
        "guests": giving.guest, "offers": giving.offer, "leads": giving.lead,
        "trials": partial(_trial, begins=begins), "moves": _move, "changes": _change,
    }  # fmt: skip
    yield told["days"], partial(first[part], teller, told)
    later = {"offers": giving.agree, "leads": giving.answer_lead, "trials": _end, "changes": _tell}
    for name in ("agreed", "answered", "ended", "told"):
        if name in told:
            yield told[name]["days"], partial(later[part], teller, told, told[name])


def _programme(teller: Teller, told: Mapping[str, Any]) -> None:
    """The workshop becomes part of a programme, and its leader sets the lines for small changes."""
    host = teller.cast.facilitator
    made = programmes.make_programme(
        teller.db, now=teller.at, account_id=host, title=told["title"], service=told["service"]
    )
    number = made.answer["programme"]
    teller.do(programmes.put_in_programme, account_id=host, programme_id=number)
    just_do.set_lines(
        teller.db,
        now=teller.at,
        account_id=teller.cast.leader,
        programme_id=number,
        kinds=told["kinds"],
        money=told["money"],
        days=told["undone_in"],
        people=told["people"],
        never="\n".join(told["never"]),
    )


def _trial(teller: Teller, told: Mapping[str, Any], begins: int) -> None:
    first = told.get("begins")
    teller.do(
        trials.plan_trial,
        item_id=giving.item(teller, told),
        kind=told["kind"],
        begins_on=None if first is None else day_of(begins + first * DAY),
        ends_on=day_of(begins + told["ends"] * DAY),
        **{name: told[name] for name in TRIAL_WORDS if name in told},
    )


def _end(teller: Teller, told: Mapping[str, Any], ended: Mapping[str, Any]) -> None:
    number = giving.item(teller, told)
    cards = progress.trials(teller.db, [number], teller.at)[number]
    running = next(one for one in cards if one.kind == told["kind"] and not one.outcome)
    words = {name: ended[name] for name in ("outcome", "happened", "learned")}
    teller.do(trials.end_trial, item_id=number, trial_id=running.id, **words)


def _move(teller: Teller, told: Mapping[str, Any]) -> None:
    teller.do(
        stages.move_stage,
        item_id=giving.item(teller, told),
        account_id=teller.cast.leader,
        to=told["to"],
        reason=told["reason"],
    )


def _change(teller: Teller, told: Mapping[str, Any]) -> None:
    """Somebody of the staff begins a small change; a story tells only of those inside the lines."""
    service = teller.story.programme
    lines = Lines(
        tuple(service["kinds"]),
        service["money"],
        service["undone_in"],
        service["people"],
        tuple(service["never"]),
    )
    made = teller.do(
        just_do.start_change,
        giver=giving.giver(teller, told["by"]),
        kind=told["kind"],
        text=told["text"],
        answers={one.key: one.right for one in questions(lines)},
    )
    teller.numbers["changes", told["text"]] = made["change"]


def _tell(teller: Teller, told: Mapping[str, Any], came: Mapping[str, Any]) -> None:
    teller.do(
        just_do.tell_change,
        giver=giving.giver(teller, told["by"]),
        change_id=teller.numbers["changes", told["text"]],
        outcome=came["outcome"],
        happened=came["happened"],
    )
