"""What one person said, and what became of each thing: theme, votes, backlog item, answer."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads import posts, voting
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.reads.voting import ResultRow
from workshop.storage.models import Decision, Item, Outcome


@dataclass(frozen=True, slots=True)
class Answer:
    """A leader's answer as it stands: a key of `rules.backlog.ANSWERS`, and the reason in words."""

    answer: str
    reason: str
    review_on: str | None
    at: int


@dataclass(frozen=True, slots=True)
class Followed:
    """A backlog item that came of a post. `done` says what was done, where something was."""

    title: str
    stage: str
    answer_by: str | None
    answer: Answer | None
    done: str


@dataclass(frozen=True, slots=True)
class Said:
    """One thing a person said, with its trail.

    Attributes:
        theme: the heading it stands under, or nothing.
        ideas: how many ideas answer it, where it is a problem.
        row: where it stands in the last revealed vote, where it is an idea.
        ballots: how many people voted then.
        items: backlog items made of it, or of ideas that answer it.
    """

    post: PostCard
    theme: str
    ideas: int
    row: ResultRow | None
    ballots: int
    items: tuple[Followed, ...]

    @property
    def answered(self) -> bool:
        """Whether a leader has said yes to something that came of it."""
        return any(item.answer and item.answer.answer in {"yes", "test"} for item in self.items)


def said(db: Session, room: RoomCard, receipt: str) -> tuple[Said, ...]:
    """Everything the holder of `receipt` wrote and did not take back, newest first."""
    themes = {theme.id: theme.title for theme in posts.themes(db, room.id)}
    ideas = posts.board(db, room.id, ("idea",))
    rows, ballots = _rows(db, room)
    items = _items(db, room.id)
    return tuple(
        Said(
            post=post,
            theme=themes.get(post.theme_id or 0, ""),
            ideas=len(answers := [idea.id for idea in ideas if idea.answers_id == post.id]),
            row=rows.get(post.id),
            ballots=ballots,
            items=tuple(items[number] for number in (post.id, *answers) if number in items),
        )
        for post in posts.own(db, room.id, receipt)
    )


def _rows(db: Session, room: RoomCard) -> tuple[dict[int, ResultRow], int]:
    """Where every idea stands in the last revealed vote, and how many people voted in it."""
    opened = room.last_round
    result = voting.result(db, opened.id) if opened else None
    if result is None:
        return {}, 0
    return {row.idea_id: row for row in result.rows}, result.ballots


def _items(db: Session, workshop_id: int) -> dict[int, Followed]:
    """The room's backlog items by the idea they were made of."""
    rows = db.scalars(select(Item).where(Item.workshop_id == workshop_id))
    return {row.idea_id: _followed(db, row) for row in rows}


def _followed(db: Session, row: Item) -> Followed:
    newest = select(Decision).where(Decision.item_id == row.id).order_by(Decision.id.desc())
    decision = db.scalar(newest.limit(1))
    done = select(Outcome).where(Outcome.item_id == row.id, Outcome.done.is_(True))
    outcome = db.scalar(done.order_by(Outcome.id.desc()).limit(1))
    return Followed(
        title=row.title,
        stage=row.stage,
        answer_by=row.answer_by,
        answer=Answer(decision.answer, decision.reason, decision.review_on, decision.at)
        if decision
        else None,
        done=outcome.text if outcome else "",
    )
