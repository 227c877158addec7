"""What ideas are measured by: criteria and their weights, risk factors, and the leaders' lines.

Every change makes a new version; none is overwritten, so a stored result can always say what it was
measured by. A question keeps its key when its words change, and one that is taken out is retired:
old answers keep their meaning, and nobody is asked any more.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from workshop.rules.scoring.assessment import Assessment
from workshop.rules.scoring.criteria import CRITERIA, Criterion
from workshop.rules.scoring.portfolio import DEFAULTS, Thresholds
from workshop.rules.scoring.risk import FACTORS, Factor
from workshop.rules.scoring.weights import normalised


@dataclass(frozen=True, slots=True)
class Yardstick:
    """One version.

    Attributes:
        version: 1 and up in its place, 0 for the one that every house comes with.
        place: "server", or the programme it is of, as in "programme-3".
        criteria: by key, in the order in which they are asked; retired ones stay.
        factors: the same of risk.
        retired: keys of questions that nobody is asked any more.
        lines: R*, K* and the others.
    """

    version: int = 0
    place: str = "server"
    criteria: Mapping[str, Criterion] = field(default_factory=lambda: CRITERIA)
    factors: Mapping[str, Factor] = field(default_factory=lambda: FACTORS)
    retired: frozenset[str] = frozenset()
    lines: Thresholds = DEFAULTS

    @property
    def name(self) -> str:
        """What results are stored under, as in "programme-3, 2"."""
        return f"{self.place}, {self.version}"

    @property
    def asked(self) -> dict[str, Criterion]:
        """The criteria that are asked."""
        return {key: row for key, row in self.criteria.items() if key not in self.retired}

    @property
    def ranked(self) -> tuple[str, ...]:
        """Keys of the criteria that are asked and make up the reward."""
        return tuple(key for key, row in self.asked.items() if row.ranked)

    @property
    def watched(self) -> dict[str, Factor]:
        """The risk factors that are asked."""
        return {key: row for key, row in self.factors.items() if key not in self.retired}

    @property
    def weights(self) -> dict[str, float]:
        """The weight of every ranked criterion that is asked."""
        return {key: self.criteria[key].weight for key in self.ranked}

    def shares(self, panel: tuple[Assessment, ...]) -> dict[str, float]:
        """Weights that sum to 1, over the criteria that everybody on the panel has answered.

        A criterion that came after an item was scored does not make its numbers wrong or wait:
        it is left out of this item, and its page says so. Raises Refused `weights_zero` where
        nothing is left.
        """
        everybody = {key: self.criteria[key].weight for key in self.ranked if _all(panel, key)}
        return normalised(everybody, self.criteria)

    def uncounted(self, panel: tuple[Assessment, ...]) -> tuple[str, ...]:
        """Weighted criteria that somebody on the panel has not answered."""
        return tuple(key for key in self.ranked if self.weights[key] and not _all(panel, key))


def _all(panel: tuple[Assessment, ...], key: str) -> bool:
    return all(key in one.scores for one in panel)


BUILT_IN: Final = Yardstick()
"""What every house comes with (METHODS: reward, risk, portfolio)."""


def place_of(programme_id: int | None) -> str:
    """The place of a programme's own yardstick, or of the whole server's."""
    return "server" if programme_id is None else f"programme-{programme_id}"


def as_stored(yard: Yardstick) -> dict[str, Any]:
    """A yardstick as plain JSON values; `from_stored` reads it back."""
    return {
        "criteria": [asdict(row) for row in yard.criteria.values()],
        "factors": [asdict(row) for row in yard.factors.values()],
        "retired": sorted(yard.retired),
        "lines": asdict(yard.lines),
    }


def from_stored(stored: Mapping[str, Any], *, version: int, place: str) -> Yardstick:
    """The yardstick that `as_stored` wrote."""
    criteria = [
        Criterion(**{**row, "anchors": tuple(row["anchors"])}) for row in stored["criteria"]
    ]
    factors = [Factor(**row) for row in stored["factors"]]
    return Yardstick(
        version,
        place,
        {row.key: row for row in criteria},
        {row.key: row for row in factors},
        frozenset(stored["retired"]),
        Thresholds(**stored["lines"]),
    )
