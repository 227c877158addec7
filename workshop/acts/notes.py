"""Every note on the table that led to an idea, found along the links between posts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.storage.models import Post, QuestionSource

MOST: Final = 40
"""So many notes are kept with an item; a question made of hundreds of problems names the first."""


def notes(db: Session, idea: Post, seen: Callable[[Post], bool]) -> list[dict[str, Any]]:
    """What led to `idea`, as plain JSON values: the notes nearest to it come first.

    `how` says what each of them is to what follows from it: it "grew" into it, is the "question"
    that it answers or the "problem" behind it, or was "lived" through. What was merged with it
    stands in the lineage as what joined. `seen` says whether the room sees a post.
    """
    found: dict[int, dict[str, Any]] = {}
    for how, post in _led_to(db, idea):
        if post.id != idea.id and post.id not in found and seen(post):
            found[post.id] = _note(how, post)
    return list(found.values())[:MOST]


def _led_to(db: Session, idea: Post) -> list[tuple[str, Post]]:
    found = [("grew", one) for one in _grew_from(db, idea)]
    for how, asked in _asked(db, idea):
        found.append((how, asked))
        if how == "problem" and asked.answers_id:
            found.append(("lived", db.get_one(Post, asked.answers_id)))
    return found


def _grew_from(db: Session, idea: Post) -> list[Post]:
    """The ideas that it builds on, the last first. A circle ends where it closes."""
    found, one = [idea], idea
    while one.builds_on_id and one.builds_on_id not in {known.id for known in found}:
        one = db.get_one(Post, one.builds_on_id)
        found.append(one)
    return found[1:]


def _asked(db: Session, idea: Post) -> list[tuple[str, Post]]:
    """What it answers: a problem, or a question and the problems that it was made of."""
    if idea.answers_id is None:
        return []
    asked = db.get_one(Post, idea.answers_id)
    how = "question" if asked.kind == "question" else "problem"
    made_of = select(Post).join(QuestionSource, QuestionSource.problem_id == Post.id)
    sources = made_of.where(QuestionSource.question_id == asked.id).order_by(Post.id)
    return [(how, asked), *(("problem", one) for one in db.scalars(sources))]


def _note(how: str, post: Post) -> dict[str, Any]:
    return {
        "how": how,
        "id": post.id,
        "kind": post.kind,
        "text": post.text,
        "group": post.group,
        "language": post.language,
    }
