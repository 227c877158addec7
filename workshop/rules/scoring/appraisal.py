"""Everything that is worked out for one item, as plain values to be stored and shown again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from statistics import median
from typing import Any, Final

from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.assessment import Assessment, ItemFacts
from workshop.rules.scoring.gates import GATES, closed_gates
from workshop.rules.scoring.harm import Risks
from workshop.rules.scoring.panel import disagreement, expected, to_discuss
from workshop.rules.scoring.portfolio import DEFAULTS, Thresholds
from workshop.rules.scoring.risk import BEARERS
from workshop.rules.scoring.simulation import RULE_VERSION, Case, Outlook, Run, Spread, simulate
from workshop.rules.scoring.weights import reward
from workshop.rules.scoring.yardstick import BUILT_IN, Yardstick

SEED: Final = 482_915
"""One seed for every item, so that any two are compared under the same drawn weights."""


@dataclass(frozen=True, slots=True)
class Appraisal:
    """The numbers of one item.

    Attributes:
        outlook: reward, risk and doubt from the draws; its `p_top` is among `among` items.
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
        yardstick: the name of the version that it was measured by.
        lines: R*, K* and the others of that version.
        uncounted: criteria that came later, so that not everybody has answered them.
        among: how many items were drawn together.
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
    yardstick: str = BUILT_IN.name
    lines: Thresholds = DEFAULTS
    uncounted: tuple[str, ...] = ()
    among: int = 1

    @property
    def gap(self) -> float:
        """How far apart the standings are, in points of reward."""
        return max(self.standing.values()) - min(self.standing.values()) if self.standing else 0.0


def appraise(case: Case, yard: Yardstick = BUILT_IN, seed: int = SEED) -> Appraisal:
    """Work out the numbers of one item by itself. Slow: 5,000 draws.

    The same case, yardstick and seed give the same numbers. Raises Refused `no_scores` without
    assessors, and as `simulate`.
    """
    run = Run(seed, yard.lines.reward)
    shares = yard.shares(case.assessments)
    outlook = simulate([case], shares, run, criteria=yard.criteria).outlooks[0]
    return appraisal_of(case=case, yard=yard, outlook=outlook, seed=seed, among=1)


def appraisal_of(
    *, case: Case, yard: Yardstick, outlook: Outlook, seed: int, among: int
) -> Appraisal:
    """What is kept of an item whose draws are done; `among` so many items of one run."""
    panel = case.assessments
    weights = yard.shares(panel)
    return Appraisal(
        outlook=outlook,
        gates=closed_gates(_bare(case.facts), (one.risks for one in panel)),
        discuss=to_discuss(panel, yard.asked, yard.lines.disagreement),
        apart=max((disagreement(panel, key) for key in weights), default=0.0),
        standing=_by_standing(panel, weights, yard),
        expected=expected(panel, weights, case.facts.evidence, yard.criteria),
        bearers=_bearers(one.risks for one in panel),
        assessors=len({one.assessor for one in panel}),
        seed=seed,
        version=RULE_VERSION,
        weights=weights,
        yardstick=yard.name,
        lines=yard.lines,
        uncounted=yard.uncounted(panel),
        among=among,
    )


def gates(facts: ItemFacts, appraisal: Appraisal | None) -> tuple[str, ...]:
    """Every gate that is closed now, in the order of `GATES`. Facts may be newer than the draws."""
    closed = {*closed_gates(facts, ()), *(appraisal.gates if appraisal else ())}
    return tuple(code for code in GATES if code in closed)


def _bare(facts: ItemFacts) -> ItemFacts:
    """The same item without the facts that close a gate by themselves."""
    return ItemFacts(facts.evidence, facts.reversibility)


def _by_standing(
    panel: Sequence[Assessment], weights: Mapping[str, float], yard: Yardstick
) -> dict[str, float]:
    """The median over assessors of R from their likely values, by standing."""
    found: dict[str, list[float]] = {key: [] for key in STANDINGS}
    for one in panel:
        likely = {key: score.likely for key, score in one.scores.items()}
        found[one.standing].append(reward(likely, weights, yard.criteria))
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
    """The appraisal that `as_stored` wrote; one from before yardsticks is of the built-in one."""
    names = {one.name for one in fields(Appraisal)}
    kept = {name: value for name, value in stored.items() if name in names}
    outlook = dict(stored["outlook"])
    for name in ("reward", "risk", "still"):
        outlook[name] = Spread(**outlook[name]) if outlook[name] else None
    lists = {
        name: tuple(stored.get(name, ())) for name in ("gates", "discuss", "bearers", "uncounted")
    }
    lines = Thresholds(**stored["lines"]) if "lines" in stored else DEFAULTS
    return Appraisal(**{**kept, **lists, "outlook": Outlook(**outlook), "lines": lines})
