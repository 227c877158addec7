"""Revealed results as pages show them: ties as ties, small groups folded, earlier rounds kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads import channels
from workshop.reads.channels import Raised
from workshop.reads.record import Seal, seals
from workshop.reads.rooms import RoomCard, StepCard
from workshop.reads.voting import ResultCard, ResultRow, result
from workshop.rules.roles import IMPORTED, VOICES
from workshop.rules.rounds import shows_counts
from workshop.rules.voting import GroupCount
from workshop.rules.voting.pairwise import in_hundred
from workshop.rules.voting.shown import Split, shown_splits
from workshop.storage.models import Item, Post


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One idea of a revealed round.

    Attributes:
        row: where it stands.
        text: its words, or "" where they were taken back or hidden since.
        split: what each group said, folded; None where a cell is too small to be shown.
        points: the number people read: votes, people, a mean score, or agreement in 100.
        reach: the ends of its 90 % interval, in the unit of `points`; nothing where none is fitted.
        voices: whether its bar is made of people, and not of the votes they gave.
        item_id: its backlog item, once it was taken there.
        channels: the same by how the votes came; empty where all came one way.
    """

    row: ResultRow
    text: str
    split: Split
    points: float | None
    item_id: int | None = None
    voices: bool = False
    reach: tuple[int, int] | None = None
    channels: Split = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Its place as it is printed: "5=" where another idea has the same one."""
        return f"{self.row.place}=" if self.row.tied else str(self.row.place)

    @property
    def bar(self) -> dict[str, int]:
        """What the bar is made of; groups that may not be told apart are one grey piece, "others".

        Votes given where people spend several, people who agree in every other method.
        """
        told = {name: n for name, count in self.split.items() if count and (n := self._size(count))}
        rest = sum(map(self._size, self.row.by_group.values())) - sum(told.values())
        return {**told, "others": told.get("others", 0) + rest} if rest else told

    def _size(self, count: GroupCount) -> int:
        return count.people if self.voices else count.marks


@dataclass(frozen=True, slots=True)
class ShownResult:
    """A revealed round, ready to be shown; `seals` are the heads of its ledger."""

    card: ResultCard
    step: StepCard
    rows: tuple[ShownRow, ...]
    seals: Mapping[str, Seal]

    @property
    def most(self) -> int:
        """The length of the longest bar; never 0."""
        return max([1, *(sum(row.bar.values()) for row in self.rows)])

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group that has a piece in a bar."""
        present = {name for row in self.rows for name in row.bar}
        return tuple(name for name in (*VOICES, IMPORTED, "others") if name in present)

    @property
    def came(self) -> tuple[tuple[str, int], ...]:
        """How many ballots came which way; nothing where all of them came by phone."""
        return channels.came(self.card)

    @property
    def raised(self) -> tuple[Raised, ...]:
        """The hands that were counted beside the ballots, the idea with most of them first."""
        return channels.raised(self.card, {row.row.idea_id: row.text for row in self.rows})

    @property
    def folds(self) -> bool:
        """Whether a group was too small to be told apart."""
        return any(None in row.split.values() or "others" in row.split for row in self.rows)


def shown_result(db: Session, step: StepCard, *, partly: bool = False) -> ShownResult | None:
    """The result of a step's round as it may be shown, or None until it is revealed.

    `partly` is for the room's screen, which shows the last places of a reveal under way.
    """
    # Every phone asks while the vote is on: there is nothing to look up before the reveal.
    revealed = step.round is not None and shows_counts(step.round.state)
    card = result(db, step.round.id, partly=partly) if step.round and revealed else None
    if card is None:
        return None
    splits = shown_splits([row.by_group for row in card.rows])
    found = db.execute(
        select(Post.id, Post.state, Item.id)
        .outerjoin(Item, Item.idea_id == Post.id)
        .where(Post.id.in_([row.idea_id for row in card.rows]))
    )
    ideas = {idea_id: (state, item_id) for idea_id, state, item_id in found}
    told = channels.support(card)
    rows = tuple(
        replace(
            _shown_row(card, row, split, *ideas[row.idea_id]), channels=told.get(row.idea_id, {})
        )
        for row, split in zip(card.rows, splits, strict=True)
    )
    return ShownResult(card, step, rows, seals(db, card.round_id))


def _shown_row(
    card: ResultCard, row: ResultRow, split: Split, state: str, item_id: int | None
) -> ShownRow:
    text = row.text if state == "shown" else ""
    voices = card.rule.method in {"score", "pairwise"}
    ends = card.reach.get(row.idea_id)
    return ShownRow(
        row,
        text,
        split,
        _points(card, row, split),
        item_id,
        voices,
        reach=(round(in_hundred(ends[0])), round(in_hundred(ends[1]))) if ends else None,
    )


def shown_results(db: Session, room: RoomCard) -> tuple[ShownResult, ...]:
    """Every revealed round of a room, the latest first."""
    found = (shown_result(db, step) for step in reversed(room.steps))
    return tuple(one for one in found if one is not None)


def _points(card: ResultCard, row: ResultRow, split: Split) -> float | None:
    """A sweep's consensus is a product over groups; its root is the agreement people can read."""
    if row.score is None:
        return None
    if card.rule.method == "sweep":
        return round(100 * float(row.score ** (1 / max(1, len(split)))))
    if card.rule.method == "pairwise":
        return round(in_hundred(row.score))
    return round(row.score, 1) if card.rule.method == "score" else round(row.score)
