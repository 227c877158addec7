"""Finding an item by words of it, however somebody types them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from workshop.rules.wordlist import words_of

LONGEST: Final = 120
"""The letters of a search that are looked at; nobody types more on purpose."""


def finds(sought: str, *texts: str) -> bool:
    """Whether every word that is sought stands in one of the texts, as a whole or as a part of one.

    Capitals, accents and signs make no difference. A search without any letter finds nothing.
    """
    wanted = words_of(sought[:LONGEST])
    return bool(wanted) and all(any(word in _plain(text) for text in texts) for word in wanted)


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text as it is searched. The same few hundred are looked through at each search."""
    return " ".join(words_of(text))
