"""Where an item came from: a frozen copy of the idea, its problem and its votes, as they were.

What was merged with the idea or its problem comes along, so that each of its authors finds the way
to what came of it. The copy is made once. What people later reword, hide or take back does not
change it, and the votes in it are those that the room was shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from typing import Any, Final

from sqlalchemy import case, or_, select
from sqlalchemy.orm import Session

from workshop.acts.notes import notes
from workshop.rules.brought import BroughtItem
from workshop.rules.refusals import Refused
from workshop.rules.rounds import shows_counts
from workshop.rules.voting import GroupCount
from workshop.rules.voting.shown import shown_splits
from workshop.storage.models import Post, QuestionSource, Round, Theme, Workshop

VERSION: Final = 1
"""Changes whenever a key of the copy gets another meaning."""

PROBLEM: Final = ("affected", "often", "better", "evidence", "source")
"""What a problem says beside its words, and how its author knows."""


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
    problem, beside = _problem(db, idea), _beside(db, idea)
    return {
        "version": VERSION,
        "idea": _idea(idea),
        "problem": _told(problem) if problem else None,
        "notes": notes(db, idea, partial(_on_the_wall, db)),
        "joined": {
            "idea": [_idea(post) for post in beside],
            "problem": [_told(post) for post in _others(db, problem, beside)],
        },
        "theme": theme.title if theme else "",
        "workshop": _room(room),
        "round": {"id": row.id, "revealed_at": row.revealed_at, **_rule(result)},
        "votes": _votes(result, standing),
    }


def from_file(
    room: Workshop, idea: Post, problem: Post | None, one: BroughtItem, now: int
) -> dict[str, Any]:
    """The same of an item that came in a file: what the file says, and none of what it leaves out.

    `brought` holds figures that were worked out elsewhere.
    """
    by_group = {group: {"marks": votes} for group, votes in one.votes.items()}
    return {
        "version": VERSION,
        "idea": _idea(idea),
        "problem": _told(problem) if problem else None,
        "notes": [],
        "joined": {"idea": [], "problem": []},
        "theme": "",
        "workshop": _room(room),
        "round": {"id": None, "revealed_at": now},
        "votes": {
            "marks": sum(one.votes.values()),
            "breadth": one.supporters,
            "by_group": by_group,
        },
        "brought": dict(one.figures),
    }


def _room(room: Workshop) -> dict[str, Any]:
    told = ("slug", "title", "service", "place", "goal", "better_for")
    return {name: getattr(room, name) for name in told}


def _words(post: Post) -> dict[str, Any]:
    return {"id": post.id, "text": post.text, "group": post.group, "language": post.language}


def _idea(idea: Post) -> dict[str, Any]:
    """An idea in full: for whom it is better, who does what, and what it needs."""
    pairs = {name: [list(pair) for pair in getattr(idea, name)] for name in ("does", "needs")}
    return {**_words(idea), "better_for": idea.better_for, **pairs}


def _told(problem: Post) -> dict[str, Any]:
    details = {name: getattr(problem, name) for name in PROBLEM}
    return {**_words(problem), **details}


def _problem(db: Session, idea: Post) -> Post | None:
    """The problem an idea answers, unless it has been taken off the wall or back by its author."""
    problem = db.get(Post, _problem_of(db, idea)) if idea.answers_id else None
    return problem if problem is not None and _on_the_wall(db, problem) else None


def _on_the_wall(db: Session, post: Post) -> bool:
    """Whether the room sees a post, by itself or inside the card that it was merged into."""
    card = db.get_one(Post, post.top_id) if post.top_id else post
    return card.state == "shown" and post.state in {"shown", "merged"}


def _problem_of(db: Session, idea: Post) -> int | None:
    """What an idea answers; of a question, the first problem that it was made of and that shows."""
    made_of = select(Post).join(QuestionSource, QuestionSource.problem_id == Post.id)
    sources = made_of.where(QuestionSource.question_id == idea.answers_id).order_by(Post.id)
    shows = (post.id for post in db.scalars(sources) if _on_the_wall(db, post))
    return next(shows, idea.answers_id)


def _others(db: Session, problem: Post | None, ideas: Sequence[Post]) -> list[Post]:
    """What was merged with a problem, and what ideas that were merged answer, each once."""
    answered = [problem, *(_problem(db, idea) for idea in ideas)]
    found: dict[int, Post] = {}
    for one in answered:
        for post in (one, *_beside(db, one)) if one else ():
            found[post.id] = post
    return [post for post in found.values() if post is not problem]


def _beside(db: Session, post: Post) -> Sequence[Post]:
    """The other posts of the card that a post is part of; the one whose words it shows first."""
    card = post.top_id or post.id
    others = select(Post).where(or_(Post.id == card, Post.top_id == card), Post.id != post.id)
    first = case((Post.id == card, 0), else_=1)
    return db.scalars(others.order_by(first, Post.id)).all()


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
