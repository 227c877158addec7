"""What the commands that sort a board may carry: moving, merging, themes, and suggestions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ThemePost:
    """A post and the theme it goes under, or none."""

    post_id: int
    theme_id: int | None = None


@dataclass(frozen=True, slots=True)
class MergePost:
    """A card, and the card that it becomes part of."""

    post_id: int
    host_id: int


@dataclass(frozen=True, slots=True)
class GatherTheme:
    """A theme's words and the posts that go under it."""

    title: str
    post_ids: list[int]


@dataclass(frozen=True, slots=True)
class Alike:
    """The posts that a suggestion is about."""

    post_ids: list[int]


@dataclass(frozen=True, slots=True)
class AddTheme:
    """A new theme."""

    title: str


@dataclass(frozen=True, slots=True)
class RenameTheme:
    """A theme and its new words."""

    theme_id: int
    title: str


@dataclass(frozen=True, slots=True)
class RemoveTheme:
    """A theme by its number."""

    theme_id: int
