"""Advice is a class, never one number: what to start, what to test, what to leave, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from math import inf
from typing import Final

from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.panel import DISCUSS_FIRST
from workshop.rules.scoring.simulation import REWARD_LINE, Outlook


@dataclass(frozen=True, slots=True)
class Advice:
    """One class of advice.

    Attributes:
        key: a short name for storage and style sheets.
        letter: the start of an item's code, as in Q1.
        method: its name in files and in METHODS.
        label: its name on a page.
        why: one sentence on what puts an idea here.
    """

    key: str
    letter: str
    method: str
    label: str
    why: str


ADVICE: Final[dict[str, Advice]] = {
    advice.key: advice
    for advice in (
        Advice(
            "quick",
            "Q",
            "quick win",
            N_("Quick win"),
            N_("Clear gain, low risk, and little work."),
        ),
        Advice("safe", "S", "safe bet", N_("Safe bet"), N_("Clear gain, low risk, more work.")),
        Advice(
            "bold",
            "B",
            "bold bet",
            N_("Bold bet"),
            N_("Clear gain, risk over your line. Pilot it with care."),
        ),
        Advice(
            "learn",
            "L",
            "learn first",
            N_("Learn first"),
            N_("Too unsure, or people disagree. Run the cheapest test."),
        ),
        Advice(
            "not",
            "N",
            "not now",
            N_("Not now"),
            N_("Unlikely to reach your line. Kept, with a review date."),
        ),
        Advice(
            "stop",
            "X",
            "stop until mitigated",
            N_("Stop until fixed"),
            N_("A gate is closed. No reward can open it."),
        ),
    )
}
"""Classes of advice by key, the readiest first: the order of the list on a page."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The lines that leaders set beforehand. Raises Refused `bad_threshold`.

    Attributes:
        reward: R*, the reward line (0-100).
        risk: K*, the risk line (0-100).
        quick: person-months up to which an idea is quick.
        hopeful: below this P(R >= R*) it is "not now".
        sure: below this P(R >= R*) it is "learn first".
        spread: P90 - P10 of R from which it is "learn first".
        disagreement: D_c from which assessors talk first.
    """

    reward: float = REWARD_LINE
    risk: float = 30.0
    quick: float = 3.0
    hopeful: float = 0.3
    sure: float = 0.7
    spread: float = 30.0
    disagreement: float = DISCUSS_FIRST

    def __post_init__(self) -> None:
        """Lines outside their scale or in the wrong order would advise nonsense."""
        on_scale = all(0 <= line <= 100 for line in (self.reward, self.risk, self.spread))
        in_order = 0 <= self.hopeful <= self.sure <= 1
        if not (on_scale and in_order and 0 <= self.quick < inf and 0 < self.disagreement <= 1):
            raise Refused("bad_threshold")


DEFAULTS: Final = Thresholds()


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the advice looks at. `key` names the idea; `discuss` holds criteria to talk about.

    `lines` are those that its numbers were worked out with, where they are not everybody's.
    """

    key: str
    outlook: Outlook
    gates: tuple[str, ...] = ()
    discuss: tuple[str, ...] = ()
    effort: float | None = None
    lines: Thresholds | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """An idea with its advice: `code` is the letter of the class and the rank inside it."""

    candidate: Candidate
    advice: str
    code: str = field(default="")


def advise(idea: Candidate, lines: Thresholds = DEFAULTS) -> str:
    """A key of `ADVICE`, tested in the order of METHODS (portfolio): the first that holds.

    K is the median of the draws. An idea whose effort nobody has given is never called quick.
    """
    outlook = idea.outlook
    if idea.gates:
        return "stop"
    if outlook.p_reward < lines.hopeful:
        return "not"
    if outlook.p_reward < lines.sure or outlook.reward.width >= lines.spread or idea.discuss:
        return "learn"
    if outlook.risk.p50 > lines.risk:
        return "bold"
    quick = idea.effort is not None and idea.effort <= lines.quick
    return "quick" if quick else "safe"


def place(ideas: Sequence[Candidate], lines: Thresholds = DEFAULTS) -> list[Placed]:
    """Every idea with its class and code, in the order of `ADVICE` and then by reward.

    Only the median of R ranks inside a class; ideas level on it keep the order they came in.
    """
    classes = list(ADVICE)
    found = [(advise(idea, idea.lines or lines), idea) for idea in ideas]
    found.sort(key=lambda pair: (classes.index(pair[0]), -pair[1].outlook.reward.p50))
    numbers = {key: count(1) for key in classes}
    return [
        Placed(idea, advice, f"{ADVICE[advice].letter}{next(numbers[advice])}")
        for advice, idea in found
    ]


def net(reward: float, risk: float) -> float:
    """A = R - K/2, only ever an optional order, and always shown with its two parts."""
    return reward - risk / 2
