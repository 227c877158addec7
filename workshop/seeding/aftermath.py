"""What became of a story's ideas after the meeting: scored, answered, done."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from workshop.acts import assessments, assessors, backlog, decisions, needs, scoring
from workshop.rules.backlog import headline
from workshop.rules.scoring.risk import FACTORS
from workshop.seeding import afterlife
from workshop.seeding.teller import DAY, MINUTE, Teller, day_of

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
    later = [*_answers(teller), *afterlife.events(teller, begins)]
    for days, act in sorted(later, key=lambda event: event[0]):
        teller.at = begins + days * DAY
        act()


def _answers(teller: Teller) -> Iterator[afterlife.Event]:
    """What the leader answered to each item and told of it, each with its day."""
    for item in teller.story.part("items"):
        number = teller.numbers["items", item["idea"]]
        if "decision" in item:
            yield item["decision"]["days"], partial(_decide, teller, number, item["decision"])
        for told in item.get("outcomes", []):
            yield told["days"], partial(_report, teller, number, told)


def _assessor(teller: Teller, person: Mapping[str, Any]) -> int:
    given = {key: person[key] for key in ("standing", "lived", "frontline") if key in person}
    if person.get("account") == "leader":
        made = teller.do(assessors.join_assessors, account_id=teller.cast.leader, **given)
    else:
        token = secrets.token_urlsafe(24)
        made = teller.do(assessors.invite_assessor, name=person["name"], token=token, **given)
    return int(made["assessor"])


def _score(teller: Teller, item: Mapping[str, Any]) -> None:
    feared = [one for one in teller.story.part("gates") if one["item"] == item["idea"]]
    for who in item.get("scores", {}):
        first = {one["factor"]: one["feared"] for one in feared if one["who"] == who}
        _assess(teller, item, who, _risks(teller, item["risks"][who] | first))
    if not item.get("scores"):
        return
    _moves(teller, item, "alone", "talk")
    if feared:
        _mitigate(teller, item, feared)
    _moves(teller, item, "again" if feared else "talk", "closed")


def _assess(teller: Teller, item: Mapping[str, Any], who: str, risks: Answers) -> None:
    still = item.get("still", {})
    teller.at += MINUTE
    teller.do(
        assessments.assess,
        item_id=teller.numbers["items", item["idea"]],
        assessor_id=teller.numbers["assessors", who],
        scores={key: _range(values) for key, values in item["scores"][who].items()},
        risks=risks,
        still=_risks(teller, still.get(who) or still.get("everyone") or teller.story.still),
    )


def _moves(teller: Teller, item: Mapping[str, Any], was: str, to: str) -> None:
    number = teller.numbers["items", item["idea"]]
    teller.do(scoring.move_scoring, item_id=number, was=was, to=to)


def _mitigate(teller: Teller, item: Mapping[str, Any], feared: list[dict[str, Any]]) -> None:
    """Who shut a gate says why, and scores again once somebody makes the risk smaller."""
    for one in feared:
        teller.do(
            scoring.give_reason,
            item_id=teller.numbers["items", item["idea"]],
            assessor_id=teller.numbers["assessors", one["who"]],
            question=one["factor"],
            text=one["reason"],
        )
    _moves(teller, item, "talk", "again")
    for one in feared:
        risks = _risks(teller, item["risks"][one["who"]])
        risks[one["factor"]] |= {"mitigation": one["mitigation"], "owner": one["owner"]}
        _assess(teller, item, one["who"], risks)


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
        answer_by=day_of(begins + item["answer_by_days"] * DAY),
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
        review_on=day_of(teller.at + review * DAY) if review else None,
    )


def _report(teller: Teller, item_id: int, told: Mapping[str, Any]) -> None:
    teller.do(decisions.report_outcome, item_id=item_id, text=told["text"], done=told["done"])
