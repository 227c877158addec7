"""The facilitator's board: what people wrote, gathered under its themes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.reads.posts import PostCard, ThemeCard, board, themes
from workshop.rules.phases import PHASES
from workshop.storage.models import Post

OTHER_KINDS = {"welcome": "goal", "journey": "experience"}
"""Phases whose board shows neither problems nor ideas."""

ON_THE_BOARD = ("shown", "hidden")
"""States of the posts that a facilitator sees: what is hidden from the room is not from them."""


@dataclass(frozen=True, slots=True)
class Size:
    """How many posts stand in a column, and how many problems its theme has."""

    posts: int
    problems: int


@dataclass(frozen=True, slots=True)
class BoardSizes:
    """How much a board of `kind` posts holds, by theme; theme 0 is no theme."""

    kind: str
    by_theme: Mapping[int, Size]

    @property
    def total(self) -> int:
        """How many posts the board holds."""
        return sum(size.posts for size in self.by_theme.values())

    @property
    def loose(self) -> int:
        """How many of them stand under no theme."""
        return self.by_theme[0].posts

    @property
    def themes(self) -> int:
        """How many themes there are."""
        return len(self.by_theme) - 1


@dataclass(frozen=True, slots=True)
class Column:
    """One theme and its posts, newest first. `theme` is None for posts under no theme."""

    theme: ThemeCard | None
    posts: tuple[PostCard, ...]
    size: Size

    @property
    def theme_id(self) -> int:
        """The theme's number, 0 for no theme."""
        return self.theme.id if self.theme else 0


@dataclass(frozen=True, slots=True)
class BoardCard:
    """All columns of a board that shows posts of one `kind`."""

    kind: str
    columns: tuple[Column, ...]
    sizes: BoardSizes


def kind_at(phase: str) -> str:
    """The kind of post that the board shows while the room is at `phase`."""
    if phase in OTHER_KINDS:
        return OTHER_KINDS[phase]
    return "problem" if "problem" in PHASES[phase].accepts else "idea"


def sizes(db: Session, workshop_id: int, phase: str) -> BoardSizes:
    """How much the board of a room at `phase` holds, without reading what it holds."""
    kind = kind_at(phase)
    theme = func.coalesce(Post.theme_id, 0)
    counted = {
        (found, of): number
        for found, of, number in db.execute(
            select(Post.kind, theme, func.count())
            .where(Post.workshop_id == workshop_id, Post.kind.in_({kind, "problem"}))
            .where(Post.state.in_(ON_THE_BOARD))
            .group_by(Post.kind, theme)
        )
    }
    columns = (0, *(heading.id for heading in themes(db, workshop_id)))
    return BoardSizes(
        kind,
        {of: Size(counted.get((kind, of), 0), counted.get(("problem", of), 0)) for of in columns},
    )


def control_board(db: Session, workshop_id: int, phase: str) -> BoardCard:
    """The board of a room at `phase`, with a column for every theme and one for no theme."""
    counted = sizes(db, workshop_id, phase)
    found = board(db, workshop_id, {counted.kind}, ON_THE_BOARD)
    return BoardCard(counted.kind, _columns(themes(db, workshop_id), found, counted), counted)


def _columns(
    headings: Sequence[ThemeCard], found: Sequence[PostCard], counted: BoardSizes
) -> tuple[Column, ...]:
    loose: tuple[None, ...] = (None,)
    # Problems come in unsorted, so what still has to be sorted stands first.
    places = {"goal": loose, "experience": loose, "problem": (*loose, *headings)}.get(
        counted.kind, (*headings, *loose)
    )
    return tuple(
        Column(
            theme,
            tuple(post for post in found if post.theme_id == (theme.id if theme else None)),
            counted.by_theme[theme.id if theme else 0],
        )
        for theme in places
    )
