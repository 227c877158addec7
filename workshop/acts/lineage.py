"""Where an item came from: a frozen copy of the idea, its problem and its votes, as they were.

The copy is made once. What people later reword, hide or take back does not change it, and the
votes in it are those that the room was shown.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.rules.refusals import Refused
from workshop.rules.rounds import shows_counts
from workshop.rules.voting import GroupCount
from workshop.rules.voting.shown import shown_splits
from workshop.storage.models import Post, QuestionSource, Round, Theme, Workshop

VERSION: Final = 1
"""Changes whenever a key of the copy gets another meaning."""


def trace(db: Session, room: Workshop, idea: Post, row: Round) -> dict[str, Any]:
    """Everything that led to an idea, as plain JSON values.

    Raises:
        Refused: `not_revealed` until the room has seen the counts, `not_found` for an idea that
            was not on the ballot.
    """
    result = row.result
    if not shows_counts(row.state) or row.under or result is None:
        raise Refused("not_revealed")
    standing = next((line for line in result["standings"] if line["idea"] == idea.id), None)
    if standing is None:
        raise Refused("not_found")
    theme = db.get(Theme, idea.theme_id) if idea.theme_id else None
    return {
        "version": VERSION,
        "idea": {**_words(idea), "better_for": idea.better_for},
        "problem": _problem(db, idea),
        "theme": theme.title if theme else "",
        "workshop": {
            "slug": room.slug,
            "title": room.title,
            "service": room.service,
            "place": room.place,
            "goal": room.goal,
            "better_for": room.better_for,
        },
        "round": {"id": row.id, "revealed_at": row.revealed_at, **_rule(result)},
        "votes": _votes(result, standing),
    }


def _words(post: Post) -> dict[str, Any]:
    return {"id": post.id, "text": post.text, "group": post.group, "language": post.language}


def _problem(db: Session, idea: Post) -> dict[str, Any] | None:
    """The problem an idea answers, unless it has been taken off the wall or back by its author."""
    problem = db.get(Post, _problem_of(db, idea)) if idea.answers_id else None
    if problem is None or problem.state != "shown":
        return None
    details = {name: getattr(problem, name) for name in ("affected", "often", "better")}
    return {**_words(problem), **details}


def _problem_of(db: Session, idea: Post) -> int | None:
    """What an idea answers; of a question, the first problem that it was made of and that shows."""
    made_of = select(Post.id).join(QuestionSource, QuestionSource.problem_id == Post.id)
    first = made_of.where(QuestionSource.question_id == idea.answers_id, Post.state == "shown")
    return db.scalar(first.order_by(Post.id).limit(1)) or idea.answers_id


def _rule(result: dict[str, Any]) -> dict[str, Any]:
    return {key: result[key] for key in ("rule", "rule_name", "rule_version", "seed", "ballots")}


def _votes(result: dict[str, Any], standing: dict[str, Any]) -> dict[str, Any]:
    """The standing, split by group as it may be shown: small groups folded, small cells empty."""
    lines = result["standings"]
    splits = shown_splits(
        [
            {group: GroupCount(**count) for group, count in line["by_group"].items()}
            for line in lines
        ]
    )
    shown = splits[lines.index(standing)]
    whole = {key: value for key, value in standing.items() if key not in {"idea", "by_group"}}
    by_group = {group: count and asdict(count) for group, count in shown.items()}
    marks = sum(count["marks"] for count in standing["by_group"].values())
    return {**whole, "marks": marks, "by_group": by_group}
