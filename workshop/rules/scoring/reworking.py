"""Changing a yardstick: words, weights, questions taken out or added, and the leaders' lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.criteria import ANCHOR_POINTS, Criterion
from workshop.rules.scoring.gates import GUARDED
from workshop.rules.scoring.portfolio import Thresholds
from workshop.rules.scoring.risk import Factor
from workshop.rules.scoring.savings import FIRST
from workshop.rules.scoring.weights import from_order, from_swings, normalised
from workshop.rules.scoring.yardstick import Yardstick
from workshop.rules.wording import LIMITS, clean

WAYS: Final[dict[str, str]] = {
    "points": N_("Share out points: twice the points, twice the weight"),
    "swing": N_("From worst to best: which step matters most? That’s 100, the others their share"),
    "order": N_("Just put them in order: 1 matters most"),
}
"""Ways to say how much each question counts."""

MOST_QUESTIONS: Final = 12
"""Of reward, and of risk, taken-out ones not counted."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as somebody wants it; `key` is "" for a new one.

    Attributes:
        words: label and question, and for a risk what is asked of standing still.
        anchors: the words at 0, 25, 50, 75 and 100; none for a risk.
        weigh: points, swing or place by the way that was picked; nothing for a risk.
        out: whether nobody should be asked any more.
    """

    key: str
    words: tuple[str, ...]
    anchors: tuple[str, ...] = ()
    weigh: float = 0.0
    out: bool = False


def reworked(
    yard: Yardstick,
    criteria: Sequence[Question],
    factors: Sequence[Question],
    way: str,
    lines: Thresholds,
) -> Yardstick:
    """The next version of `yard`.

    Questions that are not named stay as they are. Raises Refused `unknown_choice` for a way or a
    key that is none, `outcome_stays`, `gate_stays`, `too_many_questions`, `order_gaps`,
    `empty`, `too_long`, and as `weights.normalised`.
    """
    found = dict(yard.criteria)
    kept = dict(yard.factors)
    retired = set(yard.retired)
    weighed: dict[str, float] = {}
    for one in criteria:
        row = _criterion(found, one)
        found[row.key] = row
        _retire(retired, row.key, out=one.out)
        if row.ranked and not one.out:
            weighed[row.key] = one.weigh
    for one in factors:
        factor = _factor(kept, one)
        kept[factor.key] = factor
        _retire(retired, factor.key, out=one.out)
    shares = _shares(weighed, way, found)
    found = {key: replace(row, weight=shares.get(key, 0.0)) for key, row in found.items()}
    new = Yardstick(yard.version + 1, yard.place, found, kept, frozenset(retired), lines)
    if max(len(new.asked), len(new.watched)) > MOST_QUESTIONS:
        raise Refused("too_many_questions", most=MOST_QUESTIONS)
    return new


def _retire(retired: set[str], key: str, *, out: bool) -> None:
    if not out:
        retired.discard(key)
        return
    if key == FIRST:
        raise Refused("outcome_stays")
    if key in GUARDED:
        raise Refused("gate_stays")
    retired.add(key)


def _criterion(known: Mapping[str, Criterion], wanted: Question) -> Criterion:
    if len(wanted.anchors) != len(ANCHOR_POINTS) or len(wanted.words) != 2:
        raise Refused("missing_scores")
    label, question = _clean(wanted.words)
    nothing, little, some, much, most = _clean(wanted.anchors)
    anchors = (nothing, little, some, much, most)
    if not wanted.key:
        return Criterion(_fresh("c", known), label, question, 0.0, anchors)
    if wanted.key not in known:
        raise Refused("unknown_choice")
    return replace(known[wanted.key], label=label, question=question, anchors=anchors)


def _factor(known: Mapping[str, Factor], wanted: Question) -> Factor:
    if len(wanted.words) != 3:
        raise Refused("missing_scores")
    label, question, still = _clean(wanted.words)
    if not wanted.key:
        return Factor(_fresh("f", known), label, question, still)
    if wanted.key not in known:
        raise Refused("unknown_choice")
    return replace(known[wanted.key], label=label, question=question, still=still)


def _clean(words: Sequence[str]) -> list[str]:
    return [clean(one, LIMITS["often"]) for one in words]


def _fresh(letter: str, known: Mapping[str, object]) -> str:
    """A key that was never used: questions are retired and never removed."""
    return f"{letter}{len(known) + 1}"


def _shares(
    weighed: Mapping[str, float], way: str, criteria: Mapping[str, Criterion]
) -> dict[str, float]:
    if way == "points":
        return normalised(weighed, criteria)
    if way == "swing":
        return from_swings(weighed, criteria)
    if way != "order":
        raise Refused("unknown_choice")
    if sorted(weighed.values()) != list(range(1, len(weighed) + 1)):
        raise Refused("order_gaps", most=len(weighed))
    return from_order(sorted(weighed, key=lambda key: weighed[key]), criteria)
