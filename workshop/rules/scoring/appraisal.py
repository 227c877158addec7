"""Everything that is worked out for one item, as plain values to be stored and shown again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import Assessment, ItemFacts
from workshop.rules.scoring.criteria import DEFAULT_WEIGHTS
from workshop.rules.scoring.gates import GATES, closed_gates
from workshop.rules.scoring.harm import Risks
from workshop.rules.scoring.panel import disagreement, expected, to_discuss
from workshop.rules.scoring.risk import BEARERS
from workshop.rules.scoring.simulation import Case, Outlook, Run, Spread, simulate
from workshop.rules.scoring.weights import reward

SEED: Final = 482_915
"""One seed for every item, so that any two are compared under the same drawn weights."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The numbers of one item.

    Attributes:
        outlook: reward, risk and doubt from the draws; `p_top` has no meaning for one item alone.
        gates: gates that the assessors' answers close; `gates` adds those that the facts close.
        discuss: criteria on which the assessors differ enough to talk first.
        apart: the largest disagreement over the criteria, 0 to 1.
        standing: the median reward by standing, 0 to 100.
        expected: the expected value by criterion, 0 to 100.
        bearers: who bears the risk, whoever is named most often first.
        assessors: how many people scored it.
        seed: of the draws.
        version: of the rule.
        weights: of the criteria, summing to 1.
    """

    outlook: Outlook
    gates: tuple[str, ...]
    discuss: tuple[str, ...]
    apart: float
    standing: Mapping[str, float]
    expected: Mapping[str, float]
    bearers: tuple[str, ...]
    assessors: int
    seed: int
    version: str
    weights: Mapping[str, float]

    @property
    def gap(self) -> float:
        """How far apart the standings are, in points of reward."""
        return max(self.standing.values()) - min(self.standing.values()) if self.standing else 0.0


def appraise(
    case: Case, weights: Mapping[str, float] = DEFAULT_WEIGHTS, seed: int = SEED
) -> Appraisal:
    """Work out the numbers of an item (METHODS: reward, risk, uncertainty). Slow: 5,000 draws.

    The same case, weights and seed give the same numbers. Raises Refused `no_scores` without
    assessors, and as `simulate`.
    """
    run = simulate([case], weights, Run(seed))
    panel = case.assessments
    return Appraisal(
        outlook=run.outlooks[0],
        gates=closed_gates(_bare(case.facts), (one.risks for one in panel)),
        discuss=to_discuss(panel),
        apart=max((disagreement(panel, key) for key in run.weights), default=0.0),
        standing=_by_standing(panel, weights),
        expected=expected(panel, weights, case.facts.evidence),
        bearers=_bearers(one.risks for one in panel),
        assessors=len({one.assessor for one in panel}),
        seed=seed,
        version=run.run.version,
        weights=run.weights,
    )


def gates(facts: ItemFacts, appraisal: Appraisal | None) -> tuple[str, ...]:
    """Every gate that is closed now, in the order of `GATES`. Facts may be newer than the draws."""
    closed = {*closed_gates(facts, ()), *(appraisal.gates if appraisal else ())}
    return tuple(code for code in GATES if code in closed)


def _bare(facts: ItemFacts) -> ItemFacts:
    """The same item without the facts that close a gate by themselves."""
    return ItemFacts(facts.evidence, facts.reversibility)


def _by_standing(panel: Sequence[Assessment], weights: Mapping[str, float]) -> dict[str, float]:
    """The median over assessors of R from their likely values, by standing."""
    found: dict[str, list[float]] = {key: [] for key in STANDINGS}
    for one in panel:
        likely = {key: score.likely for key, score in one.scores.items()}
        found[one.standing].append(reward(likely, weights))
    return {key: median(values) for key, values in found.items() if values}


def _bearers(answers: Iterable[Risks]) -> tuple[str, ...]:
    named = Counter(
        bearer for risks in answers for score in risks.values() for bearer in score.bearers
    )
    return tuple(sorted(named, key=lambda key: (-named[key], list(BEARERS).index(key))))


def as_stored(appraisal: Appraisal) -> dict[str, Any]:
    """An appraisal as plain JSON values; `from_stored` reads it back."""
    return asdict(appraisal)


def from_stored(stored: Mapping[str, Any]) -> Appraisal:
    """The appraisal that `as_stored` wrote."""
    outlook = dict(stored["outlook"])
    for name in ("reward", "risk", "still"):
        outlook[name] = Spread(**outlook[name]) if outlook[name] else None
    lists = {name: tuple(stored[name]) for name in ("gates", "discuss", "bearers")}
    return Appraisal(**{**stored, **lists, "outlook": Outlook(**outlook)})
