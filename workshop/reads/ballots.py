"""The ballots of a revealed round, without anything that tells one person from another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.voting import ResultCard, result
from workshop.rules.refusals import Refused
from workshop.rules.voting import METHODS, Ballot
from workshop.rules.voting.ballots import ballot_of
from workshop.rules.voting.shown import total
from workshop.storage.models import Line, Round


@dataclass(frozen=True, slots=True)
class BallotBox:
    """A revealed round that anybody can count again.

    `ballots` are those of the ledger, where groups of fewer than five voters are called "others".
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
                    **({"pairs": [list(pair) for pair in ballot.pairs]} if ballot.pairs else {}),
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
    return BallotBox(card, _cast(db, round_id))


def _cast(db: Session, round_id: int) -> list[Ballot]:
    """Every ballot as the ledger has it, in an order that tells nothing of when it was cast."""
    lines = db.scalars(
        select(Line.content).where(
            Line.round_id == round_id, Line.kind == "ballot", Line.content.is_not(None)
        )
    )
    return [
        ballot_of(number, json.loads(line))
        for number, line in enumerate(sorted(filter(None, lines)))
    ]
