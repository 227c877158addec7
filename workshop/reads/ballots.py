"""The ballots of a revealed round, without anything that tells one person from another."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from workshop.reads.voting import ResultCard, result
from workshop.rules.fairness.folding import folding
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, Ballot
from workshop.rules.voting.shown import total
from workshop.storage.models import Mark, Purse, Round


@dataclass(frozen=True, slots=True)
class BallotBox:
    """A revealed round that anybody can count again.

    `ballots` are put in order by what is on them, so that their order tells nothing about who
    came first; groups of fewer than five voters are called "others".
    """

    card: ResultCard
    ballots: Sequence[Ballot]

    def as_json(self) -> dict[str, Any]:
        """The rule, the seed, every ballot, and what each idea got, as plain JSON values."""
        return {
            "round": self.card.round_id,
            "rule": asdict(self.card.rule),
            "rule_version": self.card.rule_version,
            "seed": self.card.seed,
            "ballots": [
                {
                    "group": ballot.group,
                    "marks": {str(idea): mark for idea, mark in sorted(ballot.marks.items())},
                }
                for ballot in self.ballots
            ],
            "ideas": self._ideas(),
        }

    def _ideas(self) -> list[dict[str, Any]]:
        numbers = [row.idea_id for row in self.card.rows]
        counts = METHODS[self.card.rule.method].counts(numbers, self.ballots)
        told = {idea: total(counts[idea].values()) for idea in numbers}
        return [
            {
                "id": row.idea_id,
                "text": row.text,
                "place": row.place,
                "tied": row.tied,
                "score": row.score,
                "marks": told[row.idea_id].marks,
                "agree": told[row.idea_id].people,
                "pass": told[row.idea_id].passed,
                "disagree": told[row.idea_id].against,
            }
            for row in self.card.rows
        ]


def ballot_box(db: Session, workshop_id: int, round_id: int) -> BallotBox:
    """The ballots of one round of a workshop.

    Raises:
        Refused: `not_found`, or `not_revealed` until the room has seen the counts.
    """
    row = db.get(Round, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refused("not_found")
    card = result(db, round_id)
    if card is None:
        raise Refused("not_revealed")
    return BallotBox(card, _nameless(_cast(db, round_id, {row.idea_id for row in card.rows})))


def _cast(db: Session, round_id: int, ideas: set[int]) -> list[tuple[str, dict[int, int]]]:
    """(group, marks) of everybody who left a mark, on ideas that were counted.

    The group is the one that the reveal counted, not the one that the person is in now.
    """
    cast: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    rows = db.execute(
        select(Mark.seat_id, Purse.counted_as, Mark.idea_id, Mark.value)
        .join(Purse, and_(Purse.round_id == Mark.round_id, Purse.seat_id == Mark.seat_id))
        .where(Mark.round_id == round_id, Mark.value.is_not(None))
    )
    for seat_id, group, idea_id, value in rows:
        if idea_id in ideas and value is not None and group is not None:
            cast[seat_id, group][idea_id] = value
    return [(group, marks) for (_, group), marks in cast.items()]


def _nameless(cast: Iterable[tuple[str, Mapping[int, int]]]) -> list[Ballot]:
    kept = list(cast)
    names = folding(Counter(group for group, _ in kept))
    ordered = sorted((names[group], sorted(marks.items())) for group, marks in kept)
    return [
        Ballot(str(number), group, dict(marks)) for number, (group, marks) in enumerate(ordered)
    ]
