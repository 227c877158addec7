"""What counts as a better service: the criteria that assessors score, and their words.

A row here is all a new criterion needs: assessments store keys, so no migration is due, and an
old result keeps its meaning when a label is reworded. A programme may bring a table of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_

ANCHOR_POINTS: Final = (0, 25, 50, 75, 100)
"""The points of the 0-100 scale that carry words, one for each entry of `Criterion.anchors`."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One way in which an idea may make things better.

    Attributes:
        key: the name that assessments store; it never changes.
        label: a short name for lists and table heads.
        question: what an assessor is asked.
        weight: the default weight; the ranked ones of `CRITERIA` sum to 1.
        anchors: what 0, 25, 50, 75 and 100 mean, in words.
        ranked: False for a criterion that is written down and shown but never moves a rank.
    """

    key: str
    label: str
    question: str
    weight: float
    anchors: tuple[str, str, str, str, str]
    ranked: bool = True


_TABLE: Final = (
    Criterion(
        "outcome",
        N_("Outcome for users"),
        N_("How much better would it be for the people who use it?"),
        0.30,
        (
            N_("No change anyone would notice"),
            N_("A small thing gets easier"),
            N_("One clear problem goes away"),
            N_("A big part of the week or year gets better"),
            N_("Life is different: health, safety or freedom"),
        ),
    ),
    Criterion(
        "equity",
        N_("Equity and reach"),
        N_("Would it help the people who are left out today?"),
        0.20,
        (
            N_("Only people who already do well gain"),
            N_("A few people who are left out gain"),
            N_("People who are left out gain as much as others"),
            N_("People who are left out gain most"),
            N_("A gap between groups closes"),
        ),
    ),
    Criterion(
        "empowerment",
        N_("People manage more on their own"),
        N_("Would people set their own goals and manage more by themselves?"),
        0.20,
        (
            N_("People depend on us as much as now"),
            N_("People know better what is going on"),
            N_("People make one more choice for themselves"),
            N_("People set their own goals and we help"),
            N_("People run it for themselves once they go home"),
        ),
    ),
    Criterion(
        "staff",
        N_("Staff practice"),
        N_("Would staff be freer to do their work well?"),
        0.15,
        (
            N_("Staff work just as they do now"),
            N_("One dull task gets shorter"),
            N_("Staff get back an hour or more a week"),
            N_("Staff can change how they work"),
            N_("Staff do the work they came to do"),
        ),
    ),
    Criterion(
        "learning",
        N_("Learning value"),
        N_("How much would we learn by trying it?"),
        0.15,
        (
            N_("We would learn nothing new"),
            N_("We would learn a small thing about this place"),
            N_("We would know if it works here"),
            N_("We would know why it works, and for whom"),
            N_("Other services could use what we learn"),
        ),
    ),
    Criterion(
        "savings",
        N_("Savings"),
        N_("Would it save money, and how? This is asked last and never changes the order."),
        0.0,
        (
            N_("It saves nothing"),
            N_("It saves a little on small things"),
            N_("It pays for itself"),
            N_("It saves more than it costs"),
            N_("It saves much more than it costs, each year"),
        ),
        ranked=False,
    ),
)

CRITERIA: Final[dict[str, Criterion]] = {criterion.key: criterion for criterion in _TABLE}
"""The default criteria by key, in the order in which they are asked (METHODS: reward)."""

RANKED: Final = tuple(criterion.key for criterion in _TABLE if criterion.ranked)
"""Keys of the criteria that make up the reward, in the order in which they are asked."""

DEFAULT_WEIGHTS: Final[dict[str, float]] = {key: CRITERIA[key].weight for key in RANKED}
"""The default weight of each ranked criterion; they sum to 1."""
