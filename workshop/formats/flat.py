"""An item of the backlog as the flat row that every kind of file is written from."""

from __future__ import annotations

from typing import Any

from workshop.formats.rows import BacklogRow
from workshop.reads.item_card import ItemCard
from workshop.rules.roles import IMPORTED
from workshop.rules.scoring.simulation import Spread


def flat(card: ItemCard) -> BacklogRow:
    """What files tell of an item. Votes of small groups are folded in the card already."""
    answer = card.answer
    problem = card.lineage["problem"]
    return BacklogRow(
        number=card.id,
        title=card.title,
        code=card.code,
        wording=card.wording,
        problem=problem["text"] if problem else "",
        service=card.service,
        workshop=card.workshop,
        votes=card.votes,
        supporters=card.lineage["votes"]["breadth"],
        **_numbers(card),
        gates=card.gates,
        facet=card.facet,
        evidence=card.evidence,
        reversibility=card.reversible,
        effort=card.effort,
        owner=card.owner,
        reach=card.reach,
        savings=card.savings,
        needs=card.needs,
        next_test=card.next_test,
        stage=card.stage,
        answer=answer.answer if answer else "",
        reason=answer.reason if answer else "",
        conditions=answer.conditions if answer else "",
        change_mind=answer.change_mind if answer else "",
        answer_by=card.answer_by or "",
        review_on=(answer.review_on or "") if answer else "",
    )


def _numbers(card: ItemCard) -> dict[str, Any]:
    """Reward, risk and advice: our own, or those of a file while there are none of our own."""
    names = ("reward", "risk", "still", "p_reward", "evpi")
    if card.appraisal:
        outlook = card.appraisal.outlook
        return {"advice": card.advice, **{name: getattr(outlook, name) for name in names}}
    if card.imported is None:
        return {"advice": card.advice}
    found = {name: card.imported[name] for name in (*names, "advice")}
    spreads = {name: Spread(**found[name]) for name in names[:3] if found[name]}
    return {**found, **spreads, "figures": IMPORTED}
