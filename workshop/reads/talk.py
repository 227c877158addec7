"""What people say about an idea, and the questions that were made of their problems."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import groupby
from operator import itemgetter

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.posts import PostCard, cards
from workshop.storage.models import Post, QuestionSource


def said_of(
    db: Session, workshop_id: int, idea_id: int, states: Collection[str]
) -> tuple[PostCard, ...]:
    """What is said about an idea, newest first."""
    said = (Post.kind == "comment", Post.answers_id == idea_id, Post.state.in_(states))
    return tuple(cards(db, workshop_id, *said))


def sources(db: Session, workshop_id: int, question_id: int) -> tuple[PostCard, ...]:
    """The problems that a question was made of, as far as the room can see them."""
    made_of = select(QuestionSource.problem_id).where(QuestionSource.question_id == question_id)
    return tuple(cards(db, workshop_id, Post.id.in_(made_of), Post.state == "shown"))


def questions_of(db: Session, workshop_id: int, problem_id: int) -> tuple[str, ...]:
    """The wording of every question that was made of a problem and that the room can see."""
    made = select(QuestionSource.question_id).where(QuestionSource.problem_id == problem_id)
    seen = (Post.workshop_id == workshop_id, Post.state == "shown")
    return tuple(db.scalars(select(Post.text).where(Post.id.in_(made), *seen).order_by(Post.id)))


def sources_of(db: Session, workshop_id: int) -> Mapping[int, frozenset[int]]:
    """The numbers of the problems that each question of a room was made of."""
    rows = db.execute(
        select(QuestionSource.question_id, QuestionSource.problem_id)
        .join(Post, Post.id == QuestionSource.question_id)
        .where(Post.workshop_id == workshop_id)
    )
    return {
        question: frozenset(problem for _, problem in pairs)
        for question, pairs in groupby(sorted(rows), key=itemgetter(0))
    }
