"""What a revealed vote means, as pages show it: bands, two lists, shelves, gems and verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.results import ShownResult
from workshop.reads.rewarding import rewarding
from workshop.rules.fairness.agreement import SHELVES
from workshop.rules.fairness.certainty import BANDS
from workshop.rules.fairness.gems import REASONS
from workshop.rules.findings import VERSION
from workshop.storage.models import Round, Verdict

LISTS: Final = ("plain", "fair")


@dataclass(frozen=True, slots=True)
class VerdictCard:
    """What the facilitator said of an idea: "parked" until `review_on`, or "kept"."""

    kind: str
    reason: str
    review_on: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One idea of a revealed round, and all that is known of it.

    Attributes:
        text: its words, or "" where they were taken back.
        supporters: people who are for it, of `seen` who saw or answered it.
        low, likely, high: the share of supporters in 100, with its 90 % interval.
        chance: how sure it is in the top k, in 100; None where there was nothing to choose.
        band: in, contested or out; None with `chance`.
        shelf: a key of `SHELVES`, None where nobody voted.
        cells: shown group -> (agree, of how many), None where too few answered.
        weakest: the group that agrees least.
        unsure: the groups that have not said enough.
        gem: keys of `gems.REASONS`: why it is protected.
        receipt: what its supporters had and paid, in shares of one idea.
        verdict: what the facilitator said of it.
    """

    idea_id: int
    text: str
    place: str
    points: float | None
    supporters: int
    seen: int
    low: float
    likely: float
    high: float
    chance: int | None
    band: str | None
    shelf: str | None
    cells: Mapping[str, tuple[int, int] | None]
    weakest: str | None
    unsure: tuple[str, ...]
    gem: tuple[str, ...]
    receipt: Mapping[str, float | None]
    verdict: VerdictCard | None

    @property
    def stays(self) -> str:
        """Its band as everybody reads it: a verdict goes before the count, protection before out.

        One of in, contested, gem, kept, parked and out; "" where there is nothing to choose.
        """
        if self.verdict:
            return self.verdict.kind
        return "gem" if self.gem else self.band or ""


@dataclass(frozen=True, slots=True)
class FindingsCard:
    """Everything that was worked out of one round.

    Attributes:
        size: how long a list is; `most` is the longest there can be.
        line: the share of supporters at the cut, in 100.
        draws: how often the vote was drawn anew for the chances.
        ideas: by place.
        reasons: idea -> (people who want it, those whom the other list gives something).
        left_out: list -> "all", and group -> (people with nothing, people).
        found: opinion groups that nobody declared, None where there are too few answers.
    """

    round_id: int
    seed: int
    version: int
    size: int
    line: float
    draws: int
    ideas: tuple[Finding, ...]
    plain: tuple[int, ...]
    fair: tuple[int, ...]
    bought: int
    reasons: Mapping[int, tuple[int, int]]
    left_out: Mapping[str, Mapping[str, Any]]
    found: Mapping[str, Any] | None

    @property
    def most(self) -> int:
        """The longest list that still leaves something out."""
        return max(1, len(self.ideas) - 1)

    @property
    def by_id(self) -> Mapping[int, Finding]:
        """The ideas by number."""
        return {one.idea_id: one for one in self.ideas}

    @property
    def same(self) -> bool:
        """Whether both lists hold the same ideas."""
        return set(self.plain) == set(self.fair)

    @property
    def gains(self) -> int:
        """How many more people the second list gives something."""
        missed, fewer = (int(self.left_out[name]["all"][0]) for name in LISTS)
        return missed - fewer

    def banded(self, band: str) -> tuple[Finding, ...]:
        """The ideas of a band, the surest first; those without a chance in no band."""
        found = [one for one in self.ideas if one.band == band]
        return tuple(sorted(found, key=lambda one: (-(one.chance or 0), -one.likely)))

    def staying(self, *names: str) -> tuple[Finding, ...]:
        """The ideas that stay where one of `names` says."""
        return tuple(one for one in self.ideas if one.stays in names)

    def shelved(self, shelf: str) -> tuple[Finding, ...]:
        """The ideas of a shelf, by place."""
        return tuple(one for one in self.ideas if one.shelf == shelf)

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands there are; none where there is nothing to choose."""
        return tuple(BANDS) if any(one.band for one in self.ideas) else ()

    @property
    def shelves(self) -> tuple[str, ...]:
        """Every shelf that holds something."""
        return tuple(name for name in SHELVES if self.shelved(name))


def findings_of(db: Session, results: Iterable[ShownResult]) -> dict[int, FindingsCard]:
    """Round -> what it means, for revealed rounds of which that was worked out."""
    shown = {one.card.round_id: one for one in results}
    rows = db.execute(select(Round.id, Round.findings).where(Round.id.in_(shown)))
    known = {number: stored for number, stored in rows if stored and stored["version"] == VERSION}
    verdicts, rich = _verdicts(db, shown), rewarding(db, _out(known.values()))
    return {
        number: _card(shown[number], stored, verdicts.get(number, {}), rich)
        for number, stored in known.items()
    }


def _out(found: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """The ideas that the count of any of these rounds leaves out."""
    told = (pair for stored in found for pair in stored["ideas"].items())
    return frozenset(int(idea) for idea, one in told if one["band"] == "out")


def _verdicts(db: Session, rounds: Iterable[int]) -> dict[int, dict[int, VerdictCard]]:
    found: dict[int, dict[int, VerdictCard]] = {}
    for row in db.scalars(select(Verdict).where(Verdict.round_id.in_(rounds))):
        said = VerdictCard(row.kind, row.reason, row.review_on)
        found.setdefault(row.round_id, {})[row.idea_id] = said
    return found


def _card(
    result: ShownResult,
    stored: Mapping[str, Any],
    verdicts: Mapping[int, VerdictCard],
    rich: frozenset[int],
) -> FindingsCard:
    return FindingsCard(
        round_id=result.card.round_id,
        seed=stored["seed"],
        version=stored["version"],
        size=stored["size"],
        line=100 * stored["line"],
        draws=stored["draws"],
        ideas=_ideas(result, stored["ideas"], verdicts, rich),
        plain=tuple(stored["plain"]),
        fair=tuple(stored["fair"]),
        bought=stored["bought"],
        reasons={int(idea): (told[0], told[1]) for idea, told in stored["reasons"].items()},
        left_out=stored["left_out"],
        found=stored["found"],
    )


def _ideas(
    result: ShownResult,
    stored: Mapping[str, Any],
    verdicts: Mapping[int, VerdictCard],
    rich: frozenset[int],
) -> tuple[Finding, ...]:
    found = []
    for row in result.rows:
        told = stored.get(str(row.row.idea_id))
        if told is None:
            continue
        chance = told["chance"]
        found.append(
            Finding(
                idea_id=row.row.idea_id,
                text=row.text,
                place=row.place,
                points=row.points,
                supporters=told["supporters"],
                seen=told["seen"],
                low=100 * told["low"],
                likely=100 * told["supporters"] / told["seen"] if told["seen"] else 50,
                high=100 * told["high"],
                chance=None if chance is None else round(100 * chance),
                band=told["band"],
                shelf=told["shelf"],
                cells={
                    group: tuple(cell) if cell else None for group, cell in told["cells"].items()
                },
                weakest=told["weakest"],
                unsure=tuple(told["unsure"]),
                gem=_protected(told, is_rich=row.row.idea_id in rich),
                receipt=told["receipt"],
                verdict=verdicts.get(row.row.idea_id),
            )
        )
    return tuple(found)


def _protected(told: Mapping[str, Any], *, is_rich: bool) -> tuple[str, ...]:
    """Why an idea that the count leaves out is protected; scores come in after the vote."""
    found = {*told["gem"], "high_reward"} if is_rich and told["band"] == "out" else told["gem"]
    return tuple(key for key in REASONS if key in found)
