"""Votes as pages see them: one's own while voting, everybody's only once revealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from workshop.rules.roles import IMPORTED
from workshop.rules.rounds import rule_of, shows_counts
from workshop.rules.voting import METHODS, GroupCount, RoundRule
from workshop.rules.voting.merged import on_cards
from workshop.storage.models import Elector, Mark, Post, Purse, Round
from workshop.storage.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Mine:
    """One person's own ballot. `left` and `budget` count votes; 0 and 0 where none are spent."""

    marks: Mapping[int, int]
    left: int
    budget: int
    done: bool

    def as_wire(self) -> dict[str, Any]:
        """The same as plain JSON values."""
        return {
            "marks": {str(idea): value for idea, value in self.marks.items()},
            "left": self.left,
            "budget": self.budget,
            "done": self.done,
        }


@dataclass(frozen=True, slots=True)
class ResultRow:
    """Where one idea stands in a revealed round."""

    idea_id: int
    text: str
    group: str
    place: int
    tied: bool
    score: float | None
    breadth: int
    seen: int | None
    by_group: Mapping[str, GroupCount]


@dataclass(frozen=True, slots=True)
class ResultCard:
    """A revealed round, with the rule, version and seed that made it.

    `table` says how often each idea was put above each other one, where the method compares them.
    `reach` is the 90 % interval of each strength and `better` how likely each idea is to be really
    stronger than each other one, where strengths rank. `channels` counts its ballots by how they
    came, `support` what each said of an idea (by its
    number as text), and `hands` those that went up beside all ballots, by idea and group. `aside`
    says how many "votes" a facilitator set aside, each time with a "reason".
    """

    round_id: int
    rule: RoundRule
    rule_version: int
    seed: int
    ballots: int
    rows: tuple[ResultRow, ...]
    table: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    reach: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    better: Mapping[int, Mapping[int, float]] = field(default_factory=dict)
    channels: Mapping[str, int] = field(default_factory=dict)
    support: Mapping[str, Mapping[str, GroupCount]] = field(default_factory=dict)
    hands: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hands_at_least: frozenset[int] = frozenset()
    aside: tuple[Mapping[str, Any], ...] = ()

    @property
    def imported(self) -> int:
        """How many of its ballots were cast elsewhere and came in a file."""
        return self.channels.get(IMPORTED, 0)

    @property
    def label(self) -> str:
        """The method's name, to be translated."""
        return METHODS[self.rule.method].label


PURSE: Final = Prepared(
    lambda _: (
        select(Round.method, Round.budget, Round.cap, Round.quadratic, Purse.cap.label("purse"))
        .add_columns(Purse.used, Purse.done)
        .outerjoin(Purse, and_(Purse.round_id == Round.id, Purse.seat_id == bindparam("seat")))
        .where(Round.id == bindparam("round"))
    )
)
MARKS: Final = Prepared(
    lambda _: (
        select(Mark.idea_id, Mark.value, Post.top_id)
        .join(Post, Post.id == Mark.idea_id)
        .where(
            Mark.round_id == bindparam("round"),
            Mark.seat_id == bindparam("seat"),
            Mark.value.is_not(None),
        )
        .order_by(Mark.idea_id)
    )
)


def _table(ideas: list[int], above: list[list[Any]]) -> dict[int, dict[int, Any]]:
    return {
        idea: dict(zip(ideas, row, strict=True)) for idea, row in zip(ideas, above, strict=True)
    }


def _duels(stored: Mapping[str, Any] | None) -> dict[str, Any]:
    if stored is None:
        return {}
    ends = zip(stored["low"], stored["high"], strict=True)
    reach = dict(zip(stored["ideas"], ends, strict=True))
    return {"reach": reach, "better": _table(stored["ideas"], stored["better"])}


def _rule(row: Any) -> RoundRule:  # noqa: ANN401 - a row of PURSE
    return rule_of(row.method, row.budget, row.cap, quadratic=row.quadratic)


CAST: Final = Prepared(
    lambda _: select(Elector.seat_id).where(
        Elector.round_id == bindparam("round"), Elector.seat_id == bindparam("seat")
    )
)


def has_cast(db: Session, round_id: int, seat_id: int) -> bool:
    """Whether somebody has cast their ballot in a secret round; never how."""
    return CAST.first(db, round=round_id, seat=seat_id) is not None


def mine(db: Session, round_id: int, seat_id: int) -> Mine:
    """One person's own marks and purse in a round."""
    row = PURSE.first(db, round=round_id, seat=seat_id)
    rule = _rule(row)
    full = METHODS[row.method].purse(rule)
    rows = MARKS.all(db, round=round_id, seat=seat_id)
    marks = on_cards(
        rule, {idea: value for idea, value, _ in rows}, {idea: top or idea for idea, _, top in rows}
    )
    if row.purse is None:
        return Mine(marks, full, full, done=False)
    return Mine(marks, row.purse - row.used, row.purse, done=row.done)


def _split(stored: Mapping[str, Any]) -> dict[str, GroupCount]:
    return {name: GroupCount(**count) for name, count in stored.items()}


def _row(line: Mapping[str, Any], idea: Post) -> ResultRow:
    return ResultRow(
        idea_id=idea.id,
        text=idea.text,
        group=idea.group,
        place=line["place"],
        tied=line["tied"],
        score=line["score"],
        breadth=line["breadth"],
        seen=line["seen"],
        by_group=_split(line["by_group"]),
    )


def result(db: Session, round_id: int, *, partly: bool = False) -> ResultCard | None:
    """The result of a round that is revealed, as it was stored at the reveal; else None.

    While a reveal goes place by place only the room's screen may ask for it, with `partly`.
    """
    row = db.get(Round, round_id)
    if row is None or not shows_counts(row.state) or row.result is None:
        return None
    if row.under and not partly:
        return None
    stored = row.result
    ideas = {
        post.id: post
        for post in db.scalars(
            select(Post).where(Post.workshop_id == row.workshop_id, Post.kind == "idea")
        )
    }
    return ResultCard(
        round_id=row.id,
        rule=RoundRule(**stored["rule"]),
        rule_version=stored["rule_version"],
        seed=stored["seed"],
        ballots=stored["ballots"],
        channels=stored.get("channels", {}),
        support={idea: _split(split) for idea, split in stored.get("support", {}).items()},
        hands=stored.get("hands", {}),
        hands_at_least=frozenset(stored.get("hands_at_least", ())),
        aside=tuple(one for one in stored.get("aside", ()) if one["votes"]),
        rows=tuple(
            _row(line, ideas[line["idea"]]) for line in stored["standings"] if line["idea"] in ideas
        ),
        table=_table(*stored.get("table", ([], []))),
        **_duels(stored.get("duels")),
    )
