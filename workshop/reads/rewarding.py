"""In which ideas an assessor sees more than leaders ask of a reward, if all goes well."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS
from workshop.rules.scoring.portfolio import DEFAULTS
from workshop.rules.scoring.weights import reward
from workshop.storage.models import Assessment, Item, Score


def rewarding(db: Session, ideas: Collection[int]) -> frozenset[int]:
    """Those of `ideas` to which any one assessor gives a reward above the leaders' line.

    The reward is that of the assessor's own high numbers. Who gave them is told to nobody.
    """
    if not ideas:
        return frozenset()
    rows = db.execute(
        select(Item.idea_id, Assessment.id, Score.criterion, Score.high)
        .join(Assessment, Assessment.item_id == Item.id)
        .join(Score, Score.assessment_id == Assessment.id)
        .where(Item.idea_id.in_(ideas), Score.criterion.in_(DEFAULT_WEIGHTS))
    )
    given: dict[tuple[int, int], dict[str, float]] = defaultdict(dict)
    for idea, assessment, criterion, high in rows:
        given[idea, assessment][criterion] = high
    return frozenset(
        idea for (idea, _), high in given.items() if reward(high, DEFAULT_WEIGHTS) > DEFAULTS.reward
    )
