"""What became of a story's ideas after the meeting: scored, answered, done."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from workshop.acts import assessments, assessors, backlog, decisions, needs, scoring
from workshop.rules.backlog import headline
from workshop.rules.scoring.risk import FACTORS
from workshop.seeding.teller import DAY, MINUTE, Teller

SCORED_AFTER: Final = 6 * DAY
"""How long after the meeting the assessors sat down."""

FACTS: Final = ("owner", "reach", "next_test", "savings", "worse_off", "remedy")
CHOICES: Final = ("facet", "evidence", "reversible", "effort", "unlawful")
Answers = dict[str, dict[str, Any]]


def tell_all(teller: Teller, begins: int) -> None:
    """Score every item, write down its facts, answer it and tell what came of it."""
    teller.at = begins + SCORED_AFTER
    for person in teller.story.part("assessors"):
        teller.numbers["assessors", person["key"]] = _assessor(teller, person)
    for item in teller.story.part("items"):
        teller.at = begins + SCORED_AFTER
        _score(teller, item)
        _facts(teller, item, begins)
    later = [
        (event["days"], place, act, item["idea"], event)
        for place, item in enumerate(teller.story.part("items"))
        for act, events in (
            (_decide, [item["decision"]] if "decision" in item else []),
            (_report, item.get("outcomes", [])),
        )
        for event in events
    ]
    for days, _, act, idea, event in sorted(later, key=lambda row: row[:2]):
        teller.at = begins + days * DAY
        act(teller, teller.numbers["items", idea], event)


def _assessor(teller: Teller, person: Mapping[str, Any]) -> int:
    given = {key: person[key] for key in ("standing", "lived", "frontline") if key in person}
    if person.get("account") == "leader":
        made = teller.do(assessors.join_assessors, account_id=teller.cast.leader, **given)
    else:
        token = secrets.token_urlsafe(24)
        made = teller.do(assessors.invite_assessor, name=person["name"], token=token, **given)
    return int(made["assessor"])


def _score(teller: Teller, item: Mapping[str, Any]) -> None:
    for who, scores in item.get("scores", {}).items():
        still = item.get("still", {})
        teller.at += MINUTE
        teller.do(
            assessments.assess,
            item_id=teller.numbers["items", item["idea"]],
            assessor_id=teller.numbers["assessors", who],
            scores={key: _range(values) for key, values in scores.items()},
            risks=_risks(teller, item["risks"][who]),
            still=_risks(teller, still.get(who) or still.get("everyone") or teller.story.still),
        )
    if item.get("scores"):
        for was, to in (("alone", "talk"), ("talk", "closed")):
            teller.do(
                scoring.move_scoring,
                item_id=teller.numbers["items", item["idea"]],
                was=was,
                to=to,
            )


def _range(values: list[Any]) -> dict[str, Any]:
    """A score as it is written in a story: low, likely, high, and perhaps why."""
    return dict(zip(("low", "likely", "high", "why"), values, strict=False))


def _risks(teller: Teller, pairs: Mapping[str, list[int]]) -> Answers:
    return {
        factor: {
            "band": pairs[factor][0],
            "impact": pairs[factor][1],
            "bearers": teller.story.bearers.get(factor, []),
        }
        for factor in FACTORS
    }


def _facts(teller: Teller, item: Mapping[str, Any], begins: int) -> None:
    idea = next(one for one in teller.story.part("ideas") if one.get("key") == item["idea"])
    teller.at += MINUTE
    teller.do(
        backlog.edit_item,
        item_id=teller.numbers["items", item["idea"]],
        title=item.get("title") or headline(idea["text"]),
        answer_by=_day(begins + item["answer_by_days"] * DAY),
        **{key: item[key] for key in (*FACTS, *CHOICES) if key in item},
    )
    for kind, words in item.get("needs", {}).items():
        number = teller.numbers["items", item["idea"]]
        teller.do(needs.add_need, item_id=number, kind=kind, text=words)


def _decide(teller: Teller, item_id: int, told: Mapping[str, Any]) -> None:
    review = told.get("review_days")
    teller.do(
        decisions.decide,
        item_id=item_id,
        account_id=teller.cast.leader,
        answer=told["answer"],
        reason=told["reason"],
        conditions=told.get("conditions", ""),
        change_mind=told.get("change_mind", ""),
        review_on=_day(teller.at + review * DAY) if review else None,
    )


def _report(teller: Teller, item_id: int, told: Mapping[str, Any]) -> None:
    teller.do(decisions.report_outcome, item_id=item_id, text=told["text"], done=told["done"])


def _day(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, UTC).date().isoformat()
