"""One backlog item as files carry it: plain, flat, and already folded for small groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from workshop.rules.backlog import ANSWERS, FACETS, STAGES
from workshop.rules.refusals import N_
from workshop.rules.roles import BY_FILE, IMPORTED, VOICES
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.scoring.simulation import Spread

Value = str | int | float | None
Translate = Callable[[str], str]

OTHERS: Final = "others"
"""Where votes of groups too small to be shown apart are counted together."""


@dataclass(frozen=True, slots=True)
class BacklogRow:
    """One item. Fields that say nothing are empty or None, never left to be guessed.

    Attributes:
        number: the item's own number; code: its place in the advice, such as B2.
        title: a short name; wording: the idea as it was voted on; problem: what it answers.
        service: the programme; workshop: where it was voted on.
        votes: by group key, with `OTHERS` for small groups; supporters: how many people that is.
        reward: P10, P50, P90 of R; risk: of K; still: of K of changing nothing.
        p_reward: P(R >= R*); evpi: in points of reward.
        advice: a key of `ADVICE`; gates: keys of `GATES` that are closed.
        facet: a key of `FACETS`; evidence: 0-5; reversibility: a key of `REVERSIBILITY`.
        effort: person-months; owner: who sees it through; reach: people a year, in words.
        savings: money and its mechanism, in words; it never ranks.
        needs: what is still wanted; next_test: the cheapest way to find out more.
        stage: a key of `STAGES`; answer: a key of `ANSWERS`, or "" before the decision.
        reason: why; conditions: on what terms; change_mind: what would change the answer.
        figures: `IMPORTED` where reward, risk and advice came in a file, "" where they are our own.
        answer_by: the promised day and review_on: the next one, as YYYY-MM-DD.
    """

    number: int
    title: str
    code: str = ""
    wording: str = ""
    problem: str = ""
    service: str = ""
    workshop: str = ""
    votes: Mapping[str, int] = field(default_factory=dict)
    supporters: int | None = None
    reward: Spread | None = None
    risk: Spread | None = None
    still: Spread | None = None
    p_reward: float | None = None
    evpi: float | None = None
    advice: str = ""
    gates: tuple[str, ...] = ()
    facet: str = ""
    evidence: int | None = None
    reversibility: str = ""
    effort: float | None = None
    owner: str = ""
    reach: str = ""
    savings: str = ""
    needs: tuple[str, ...] = ()
    next_test: str = ""
    stage: str = ""
    answer: str = ""
    reason: str = ""
    conditions: str = ""
    change_mind: str = ""
    answer_by: str = ""
    review_on: str = ""
    figures: str = ""


_GROUP_HEADS: Final = {
    "citizen": N_("Votes: citizens"),
    "staff": N_("Votes: staff"),
    "partner": N_("Votes: partners"),
    IMPORTED: N_("Votes: imported"),
    OTHERS: N_("Votes: others"),
}


def columns(row: BacklogRow, translate: Translate = str) -> Iterator[tuple[str, Value]]:
    """Heading and cell of every column of a flat file, the same headings for every row.

    Headings are marked for translation, not translated; words of ours in cells are translated.
    """
    yield N_("Number"), row.number
    yield N_("Code"), row.code
    yield N_("Advice"), _label(ADVICE[row.advice].label if row.advice else "", translate)
    yield N_("Idea"), row.title
    yield N_("Idea in full"), row.wording
    yield N_("Problem"), row.problem
    yield N_("Service"), row.service
    yield N_("Workshop"), row.workshop
    for group in (*VOICES, IMPORTED, OTHERS):
        yield _GROUP_HEADS[group], row.votes.get(group)
    yield N_("Supporters"), row.supporters
    yield from _numbers(row)
    yield N_("Closed gates"), " ".join(_label(GATES[gate], translate) for gate in row.gates)
    yield N_("Kind"), _label(FACETS.get(row.facet, ""), translate)
    yield N_("Evidence (0 to 5)"), row.evidence
    yield N_("How hard to undo"), _label(_undo(row.reversibility), translate)
    yield N_("Person-months"), row.effort
    yield N_("Owner"), row.owner
    yield N_("People a year"), row.reach
    yield N_("Savings (never ranked)"), row.savings
    yield N_("Needs"), "; ".join(row.needs)
    yield N_("Next test"), row.next_test
    yield N_("Stage"), _label(STAGES.get(row.stage, ""), translate)
    yield N_("Answer"), _label(ANSWERS.get(row.answer, ""), translate)
    yield N_("Reason"), row.reason
    yield N_("Conditions"), row.conditions
    yield N_("What would change our mind"), row.change_mind
    yield N_("Answer by"), row.answer_by
    yield N_("Look again on"), row.review_on
    yield N_("Figures"), _label(BY_FILE.get(row.figures, ""), translate)


def _numbers(row: BacklogRow) -> Iterator[tuple[str, Value]]:
    for spread, headings in (
        (row.reward, (N_("Reward, low"), N_("Reward, likely"), N_("Reward, high"))),
        (row.risk, (N_("Risk, low"), N_("Risk, likely"), N_("Risk, high"))),
        (row.still, (N_("Still, low"), N_("Risk of standing still"), N_("Still, high"))),
    ):
        cells = (spread.p10, spread.p50, spread.p90) if spread else (None, None, None)
        yield from zip(headings, map(_rounded, cells), strict=True)
    yield N_("Chance to reach the reward line (%)"), _rounded(row.p_reward, 100)
    yield N_("Worth of finding out (points)"), _rounded(row.evpi)


def _rounded(value: float | None, scale: int = 1) -> float | None:
    return None if value is None else round(scale * value, 1)


def _label(sentence: str, translate: Translate) -> str:
    # gettext answers the empty text with the catalogue's own header.
    return translate(sentence) if sentence else ""


def _undo(key: str) -> str:
    return REVERSIBILITY[key].label if key in REVERSIBILITY else ""
