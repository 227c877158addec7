"""What kinds of ideas are in the backlog, who gains, and one sentence where it leans one way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.rules.backlog import FACETS
from workshop.rules.refusals import N_


@dataclass(frozen=True, slots=True)
class Lane:
    """One part of the 70/20/10 mirror: which advice counts, and the share it is held against."""

    key: str
    label: str
    advice: frozenset[str]
    mirror: int


LANES: Final = (
    Lane("sure", N_("Ready to start"), frozenset({"quick", "safe"}), 70),
    Lane("bold", N_("Bold"), frozenset({"bold"}), 20),
    Lane("learn", N_("Finding out"), frozenset({"learn"}), 10),
)
"""Ideas that are stopped or not for now are in no lane: nobody is working on them."""

SENTENCES: Final[dict[str, str]] = {
    "empty": N_("No idea is ready to work on yet."),
    "all_sure": N_("Everything here is safe. One bold idea could change more."),
    "all_bold": N_("Everything here is bold. Add some sure wins, so people see change soon."),
    "all_learn": N_("Everything here is still a question. Run the cheapest test first."),
    "no_ahead": N_("No idea here looks ahead to what may come."),
    "balanced": N_("There’s a mix of sure, bold and open ideas here."),
}
"""What the mix says, by code."""


def facets(found: Iterable[str | None]) -> dict[str, int]:
    """How many ideas each facet has, in the order of `FACETS`; ideas without one are left out."""
    counted = Counter(found)
    return {key: counted[key] for key in FACETS}


@dataclass(frozen=True, slots=True)
class Share:
    """A lane's ideas: how many, what share of all lanes in per cent, and the mirror's share."""

    lane: Lane
    ideas: int
    percent: float


def mirror(advice: Iterable[str]) -> list[Share]:
    """The 70/20/10 mirror of advice keys: a mirror to look into, not a target to meet."""
    counted = Counter(advice)
    numbers = [sum(counted[key] for key in lane.advice) for lane in LANES]
    whole = sum(numbers)
    return [
        Share(lane, number, 100 * number / whole if whole else 0.0)
        for lane, number in zip(LANES, numbers, strict=True)
    ]


def balance(advice: Sequence[str], found: Sequence[str | None] = ()) -> str:
    """A key of `SENTENCES`: the one thing most worth saying about the mix.

    `advice` holds a key for every idea and `found` the facets, where they are known. One idea alone
    leans no way, so a lean needs two.
    """
    full = [share for share in mirror(advice) if share.ideas]
    if not full:
        return "empty"
    if len(full) == 1 and full[0].ideas > 1:
        return f"all_{full[0].lane.key}"
    known = [facet for facet in found if facet]
    if known and "anticipatory" not in known:
        return "no_ahead"
    return "balanced"


def gains(groups: Iterable[Iterable[str]], labels: Mapping[str, str]) -> dict[str, int]:
    """How many ideas each group gains from: `groups` names the gaining groups of each idea.

    Every group of `labels` is in the answer, so that nobody gaining nothing goes unseen.
    """
    counted = Counter(group for gaining in groups for group in set(gaining))
    return {key: counted[key] for key in labels}
