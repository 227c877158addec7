"""What goes when words are rubbed out: copies of them, and titles that were made of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from workshop.rules.refusals import N_
from workshop.rules.wordlist import words_of

RUBBED_OUT: Final = N_("Words that were rubbed out")
"""The title of a backlog item whose idea is no longer to be read."""

STAYS: Final = frozenset({"id", "group", "language", "kind", "how"})
"""What a copy of a post says beside its words."""

OWN_SHARE: Final = 0.5
"""The share of a title's words from which on it is taken for the idea's own wording."""

QUESTION_SHARE: Final = 1 / 3
"""The same for a question, whose frame ("How might we ...") is nobody's own."""


def without(copy: Any, posts: Collection[int]) -> Any:  # noqa: ANN401 - any JSON value
    """A frozen copy as it was made, with every word of these posts taken out.

    A post is known in it by its number beside its text, wherever it stands.
    """
    if isinstance(copy, Mapping):
        erased = "text" in copy and copy.get("id") in posts
        return {
            key: _nothing(value) if erased and key not in STAYS else without(value, posts)
            for key, value in copy.items()
        }
    if isinstance(copy, list):
        return [without(one, posts) for one in copy]
    return copy


def _nothing(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, str):
        return ""
    return [] if isinstance(value, list) else value


def echoes(title: str, said: Collection[str], share: float = OWN_SHARE) -> bool:
    """Whether at least this share of a title's words comes from what was said."""
    words = words_of(title)
    own = {word for text in said for word in words_of(text)}
    return bool(words) and sum(word in own for word in words) >= share * len(words)
