"""An item of the backlog as the flat row that every kind of file is written from."""

from __future__ import annotations

from workshop.formats.rows import BacklogRow
from workshop.reads.item_card import ItemCard


def flat(card: ItemCard) -> BacklogRow:
    """What files tell of an item. Votes of small groups are folded in the card already."""
    outlook = card.appraisal.outlook if card.appraisal else None
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
        reward=outlook.reward if outlook else None,
        risk=outlook.risk if outlook else None,
        still=outlook.still if outlook else None,
        p_reward=outlook.p_reward if outlook else None,
        evpi=outlook.evpi if outlook else None,
        advice=card.advice,
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
