"""What one assessor says about one idea, and the plain facts of the idea itself.

Everything here is checked when it is made, so that nothing half-right can be stored or counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.roles import STANDINGS
from workshop.rules.scoring.criteria import CRITERIA, Criterion
from workshop.rules.scoring.harm import Risks, rho

LOWEST: Final = 0.0
HIGHEST: Final = 100.0

EVIDENCE: Final[tuple[tuple[str, float], ...]] = (
    (N_("An idea, not tried yet"), 20.0),
    (N_("We can say why it should work"), 15.0),
    (N_("Things got better where it was tried"), 10.0),
    (N_("Things got better because of it"), 7.0),
    (N_("Others tried it and found the same"), 5.0),
    (N_("It works again and again, in many places"), 3.0),
)
"""Evidence levels 0 to 5 (Nesta standards), each with the least half-width of a score."""


@dataclass(frozen=True, slots=True)
class Score:
    """A range on 0-100: if it goes badly, the best guess, if it goes well.

    Raises Refused: `score_range` outside 0-100, `low_over_likely`, `likely_over_high`.
    """

    low: float
    likely: float
    high: float

    def __post_init__(self) -> None:
        """Check the range before the order: three wild numbers are out of range, not unordered."""
        for value in (self.low, self.likely, self.high):
            if isinstance(value, bool) or not LOWEST <= value <= HIGHEST:
                raise Refused("score_range")
        if self.low > self.likely:
            raise Refused("low_over_likely")
        if self.likely > self.high:
            raise Refused("likely_over_high")

    @property
    def mean(self) -> float:
        """The PERT mean, (low + 4 likely + high) / 6."""
        return (self.low + 4 * self.likely + self.high) / 6

    def widened(self, evidence: int) -> Score:
        """The same score, at least as wide as this much evidence allows (METHODS: uncertainty)."""
        half = EVIDENCE[evidence][1]
        return Score(
            max(LOWEST, min(self.low, self.likely - half)),
            self.likely,
            min(HIGHEST, max(self.high, self.likely + half)),
        )


MOST_PEOPLE: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people a year it would reach; Refused unless 0 <= low <= likely <= high.

    Nothing has to reach more people than `MOST_PEOPLE`.
    """

    low: int
    likely: int
    high: int

    def __post_init__(self) -> None:
        """Give order and range their own sentences, as for a score."""
        numbers = (self.low, self.likely, self.high)
        if any(type(one) is not int or not 0 <= one <= MOST_PEOPLE for one in numbers):
            raise Refused("reach_range")
        if self.low > self.likely:
            raise Refused("low_over_likely")
        if self.likely > self.high:
            raise Refused("likely_over_high")


@dataclass(frozen=True, slots=True)
class Assessment:
    """One assessor's whole answer on one idea in one round. Raises Refused `unknown_choice`.

    Attributes:
        assessor: an opaque key, never a name.
        standing: a key of `STANDINGS`.
        scores: a Score by criterion key; keys the programme has since dropped may stay.
        risks: answers on doing it, by factor key.
        still: answers on standing still, by factor key.
        lived: speaks from having lived through it.
        frontline: does the work with people every day.
        reach: people a year, beside the score and never inside it.
        evidence: how much is known in this person’s view, an index of `EVIDENCE`, or None.
        reversibility: how hard it is to undo in their view, a key of `REVERSIBILITY`, or "".
    """

    assessor: str
    standing: str
    scores: Mapping[str, Score]
    risks: Risks = field(default_factory=dict)
    still: Risks = field(default_factory=dict)
    lived: bool = False
    frontline: bool = False
    reach: Reach | None = None
    evidence: int | None = None
    reversibility: str = ""

    def __post_init__(self) -> None:
        """Hold every choice to its table."""
        if self.standing not in STANDINGS:
            raise Refused("unknown_choice")
        _require_level(0 if self.evidence is None else self.evidence)
        if self.reversibility:
            rho(self.reversibility)

    def require(self, criteria: Mapping[str, Criterion] = CRITERIA) -> None:
        """Raise Refused `missing_scores` unless every ranked criterion is answered."""
        asked = {key for key, criterion in criteria.items() if criterion.ranked}
        if not asked <= self.scores.keys():
            raise Refused("missing_scores")


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What is known of an idea beside the scores. Raises Refused `unknown_choice`, `bad_effort`.

    Attributes:
        evidence: 0-5, an index of `EVIDENCE`.
        reversibility: a key of `REVERSIBILITY`.
        effort: person-months, or None where nobody has said.
        owned: somebody will see it through; None where a file does not tell.
        unlawful: it would break the law as described.
        worse_off: the group that would be made worse off, or "".
        remedy: what would make it right for them, or "".
    """

    evidence: int
    reversibility: str
    effort: float | None = None
    owned: bool | None = None
    unlawful: bool = False
    worse_off: str = ""
    remedy: str = ""

    def __post_init__(self) -> None:
        """Hold every answer to its table."""
        _require_level(self.evidence)
        rho(self.reversibility)
        if self.effort is not None and not (isfinite(self.effort) and self.effort >= 0):
            raise Refused("bad_effort")


def _require_level(evidence: int) -> None:
    """Raise Refused `unknown_choice` unless it is an index of `EVIDENCE`."""
    if type(evidence) is not int or not 0 <= evidence < len(EVIDENCE):
        raise Refused("unknown_choice")
