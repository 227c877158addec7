"""One backlog item as lists, pages and files show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from workshop.reads.answers import Answer, News
from workshop.reads.progress import Moved, TrialCard
from workshop.rules.brought import has_figures
from workshop.rules.offers import Cover
from workshop.rules.promises import Promise
from workshop.rules.roles import IMPORTED, VOICES
from workshop.rules.scoring.appraisal import Appraisal

COPIED: Final = (
    "id",
    "title",
    "stage",
    "facet",
    "evidence",
    "reversible",
    "effort",
    "owner",
    "reach",
    "next_test",
    "savings",
    "unlawful",
    "worse_off",
    "remedy",
    "answer_by",
    "created_at",
    "lineage",
)
"""What a card takes from its row just as it is."""


@dataclass(frozen=True, slots=True)
class ItemCard:
    """One backlog item. Two cards are equal where nothing that may change differs.

    Attributes:
        lineage: the frozen copy of what led to it (`acts.lineage`).
        appraisal: its numbers, or None while nobody has scored it; `basis` says when
            they were worked out.
        gates: keys of `GATES` that are closed.
        advice: a key of `ADVICE`, or "" while nobody has scored it.
        code: its letter and place inside its class, such as B2, or "".
        answer: the newest answer, or None.
        needs: what it needs, in words; `cover` says how far offers cover that.
        led_by: the organisation that leads it, or "".
        news: the newest word on what came of it, or None.
        moved: the newest move of a leader at the desk, or None.
        trials: its tests and pilots, the newest first.
        scoring: where its scoring stands, a key of `STATES`; in the first round nobody sees any.
        promise: where the promise of an answer stands.
    """

    id: int
    workshop_id: int
    slug: str
    workshop: str
    service: str
    title: str
    stage: str
    facet: str
    evidence: int
    reversible: str
    effort: float | None
    owner: str
    reach: str
    needs: tuple[str, ...]
    cover: Cover
    led_by: str
    next_test: str
    savings: str
    unlawful: bool
    worse_off: str
    remedy: str
    answer_by: str | None
    created_at: int
    lineage: Mapping[str, Any] = field(compare=False)
    appraisal: Appraisal | None = field(compare=False)
    basis: int
    gates: tuple[str, ...]
    answer: Answer | None
    news: News | None
    moved: Moved | None
    trials: tuple[TrialCard, ...]
    promise: Promise
    scoring: str
    advice: str = ""
    code: str = ""

    @property
    def brought(self) -> Mapping[str, Any] | None:
        """Figures of the file that it came in, as `rules.brought` has them; None for our own."""
        found: Mapping[str, Any] | None = self.lineage.get("brought")
        return found

    @property
    def imported(self) -> Mapping[str, Any] | None:
        """The same as long as nobody has scored it here, and only where somebody did elsewhere."""
        found = self.brought
        if found is None or self.appraisal is not None:
            return None
        return found if has_figures(found) else None

    @property
    def wording(self) -> str:
        """The idea as it was voted on."""
        return str(self.lineage["idea"]["text"])

    @property
    def answer_day(self) -> date | None:
        """The day by which an answer is promised."""
        return date.fromisoformat(self.answer_by) if self.answer_by else None

    @property
    def votes(self) -> dict[str, int]:
        """Votes by group as far as they may be told apart; the rest is "others"."""
        found = self.lineage["votes"]
        split = found["by_group"]
        told = {
            group: split[group]["marks"]
            for group in (*VOICES, IMPORTED)
            if split.get(group) and split[group]["marks"]
        }
        rest = found["marks"] - sum(told.values())
        return {**told, "others": rest} if rest else told

    @property
    def is_done(self) -> bool:
        """Whether what was promised has been done."""
        return self.news is not None and self.news.done

    def trial(self, kind: str) -> TrialCard | None:
        """The newest test or pilot."""
        return next((one for one in self.trials if one.kind == kind), None)

    @property
    def tried(self) -> TrialCard | None:
        """The newest test or pilot that has ended."""
        return next((one for one in self.trials if one.ended_at is not None), None)

    @property
    def rests_on(self) -> Answer | Moved | None:
        """What says where it stands: the newest answer, or a later move at the desk."""
        if self.answer and self.moved:
            return self.moved if self.moved.at >= self.answer.at else self.answer
        return self.moved or self.answer
