"""What could go wrong, for whom, and how bad it would be: the tables behind the risk form.

`harm` turns the answers into K. Band and impact numbers are names of rows, never multiplied.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_


@dataclass(frozen=True, slots=True)
class Factor:
    """One kind of thing that could go wrong.

    Attributes:
        key: the name that assessments store; it never changes.
        label: a short name for lists.
        question: what is asked about doing the idea.
        still: what is asked about standing still, that is, about changing nothing.
    """

    key: str
    label: str
    question: str
    still: str


@dataclass(frozen=True, slots=True)
class Likelihood:
    """A band of chance, 1 (lowest) to 5; `low` and `high` are probabilities between 0 and 1."""

    band: int
    low: float
    high: float
    range: str
    words: str

    @property
    def middle(self) -> float:
        """The probability in the middle of the band."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True)
class Impact:
    """How bad it would be, level 1 (lowest) to 5; `harm` is on a scale of 0 to 100."""

    level: int
    harm: int
    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Reversibility:
    """How hard it is to undo: `factor` multiplies every harm. `words` is its name in files."""

    key: str
    factor: float
    words: str
    label: str


FACTORS: Final[dict[str, Factor]] = {
    factor.key: factor
    for factor in (
        Factor(
            "delivery",
            N_("Delivery"),
            N_("What if we can’t make it happen?"),
            N_("What if the service as it is can’t keep going?"),
        ),
        Factor(
            "safeguarding",
            N_("Safeguarding"),
            N_("What if somebody gets hurt or is put at risk?"),
            N_("What if somebody gets hurt because nothing changes?"),
        ),
        Factor(
            "legal",
            N_("Legal and data"),
            N_("What if it breaks a law or lets out private data?"),
            N_("What if the way it works now breaks a law?"),
        ),
        Factor(
            "acceptance",
            N_("Acceptance"),
            N_("What if people don’t want it or don’t use it?"),
            N_("What if people stop using the service as it is?"),
        ),
        Factor(
            "dependency",
            N_("Dependency"),
            N_("What if somebody we count on can’t do their part?"),
            N_("What if somebody we count on today stops?"),
        ),
    )
}
"""Risk factors by key, in the order in which they are asked."""

LIKELIHOODS: Final[dict[int, Likelihood]] = {
    1: Likelihood(1, 0.01, 0.05, N_("1–5%"), N_("very unlikely")),
    2: Likelihood(2, 0.05, 0.20, N_("5–20%"), N_("unlikely")),
    3: Likelihood(3, 0.20, 0.50, N_("20–50%"), N_("could be")),
    4: Likelihood(4, 0.50, 0.80, N_("50–80%"), N_("likely")),
    5: Likelihood(5, 0.80, 0.95, N_("80–95%"), N_("almost sure")),
}
"""How likely a harm is after what is planned against it."""

IMPACTS: Final[dict[int, Impact]] = {
    1: Impact(1, 5, N_("Hardly"), N_("a grumble")),
    2: Impact(2, 15, N_("Minor"), N_("put right in days")),
    3: Impact(3, 35, N_("Moderate"), N_("some people lose out")),
    4: Impact(4, 65, N_("Serious"), N_("weeks of harm or delay")),
    5: Impact(5, 100, N_("Severe"), N_("lasting harm")),
}
"""How bad it is if it happens."""

BEARERS: Final[dict[str, str]] = {
    "citizen": N_("Citizens"),
    "staff": N_("Staff"),
    "partner": N_("Partners"),
    "organisation": N_("The organisation"),
}
"""Who would bear a harm."""

REVERSIBILITY: Final[dict[str, Reversibility]] = {
    step.key: step
    for step in (
        Reversibility("same_day", 0.6, "same day", N_("We can undo it the same day")),
        Reversibility("weeks", 0.8, "weeks", N_("Undoing it takes weeks")),
        Reversibility("months", 1.0, "months", N_("Undoing it takes months")),
        Reversibility("hard", 1.2, "hard", N_("It’s hard to undo")),
        Reversibility("irreversible", 1.5, "irreversible", N_("It can’t be undone")),
    )
}
"""How hard an idea is to undo, from the easiest to the hardest."""

STANDING_STILL: Final = 1.0
"""The reversibility factor of changing nothing, which is neither easy nor hard to undo."""
