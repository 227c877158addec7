"""The questions of a yardstick in the reader's language; those of somebody's own stay as written.

Templates print these words as they are: a question in somebody's own words may hold a percent
sign, which a sentence of the catalogue must not.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask_babel import gettext

from workshop.rules.scoring.criteria import Criterion
from workshop.rules.scoring.risk import Factor
from workshop.rules.scoring.yardstick import Yardstick


@dataclass(frozen=True, slots=True)
class Spoken:
    """Every criterion and factor by key, retired ones too: old answers still need their names."""

    criteria: dict[str, Criterion]
    factors: dict[str, Factor]

    @property
    def labels(self) -> dict[str, str]:
        """The short name of every question."""
        rows: dict[str, Criterion | Factor] = {**self.criteria, **self.factors}
        return {key: row.label for key, row in rows.items()}


def spoken(yard: Yardstick) -> Spoken:
    """The questions of `yard` in the reader's language."""
    return Spoken(
        {key: _criterion(row) for key, row in yard.criteria.items()},
        {key: _factor(row) for key, row in yard.factors.items()},
    )


def _criterion(row: Criterion) -> Criterion:
    nothing, little, some, much, most = (gettext(words) for words in row.anchors)
    return replace(
        row,
        label=gettext(row.label),
        question=gettext(row.question),
        anchors=(nothing, little, some, much, most),
    )


def _factor(row: Factor) -> Factor:
    return replace(
        row, label=gettext(row.label), question=gettext(row.question), still=gettext(row.still)
    )
