"""The facilitator's board: what people wrote, gathered under its themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from workshop.reads.posts import PostCard, ThemeCard, board, themes
from workshop.rules.phases import PHASES

ON_THE_BOARD = ("shown", "hidden")
"""States of the posts that a facilitator sees: what is hidden from the room is not from them."""


@dataclass(frozen=True, slots=True)
class Column:
    """One theme and its posts, newest first. `theme` is None for posts under no theme.

    `problems` counts the problems of the theme, whatever kind of post the board shows.
    """

    theme: ThemeCard | None
    posts: tuple[PostCard, ...]
    problems: int

    @property
    def theme_id(self) -> int:
        """The theme's number, 0 for no theme."""
        return self.theme.id if self.theme else 0


@dataclass(frozen=True, slots=True)
class BoardCard:
    """All columns of a board that shows posts of one `kind`."""

    kind: str
    columns: tuple[Column, ...]

    @property
    def total(self) -> int:
        """How many posts the board holds."""
        return sum(len(column.posts) for column in self.columns)

    @property
    def loose(self) -> int:
        """How many of them stand under no theme."""
        return sum(len(column.posts) for column in self.columns if column.theme is None)


def kind_at(phase: str) -> str:
    """The kind of post that the board shows while the room is at `phase`."""
    if phase == "welcome":
        return "goal"
    return "problem" if "problem" in PHASES[phase].accepts else "idea"


def control_board(db: Session, workshop_id: int, phase: str) -> BoardCard:
    """The board of a room at `phase`, with a column for every theme and one for no theme."""
    kind = kind_at(phase)
    found = board(db, workshop_id, {kind}, ON_THE_BOARD)
    problems = found if kind == "problem" else board(db, workshop_id, {"problem"})
    return BoardCard(kind, _columns(themes(db, workshop_id), found, problems, kind))


def _columns(
    headings: Sequence[ThemeCard],
    found: Sequence[PostCard],
    problems: Sequence[PostCard],
    kind: str,
) -> tuple[Column, ...]:
    sizes = Counter(post.theme_id for post in problems)
    loose: tuple[None, ...] = (None,)
    # Problems come in unsorted, so what still has to be sorted stands first.
    places = {"goal": loose, "problem": (*loose, *headings)}.get(kind, (*headings, *loose))
    return tuple(
        Column(
            theme,
            tuple(post for post in found if post.theme_id == (theme.id if theme else None)),
            sizes[theme.id if theme else None],
        )
        for theme in places
    )
