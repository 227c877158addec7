"""A workshop's own list of words that call for a look: how they are read and how they are found.

Words are compared without capitals, accents and signs, in any script. A match never drops a post:
it only asks a person to look, so finding too much does little harm.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

MOST_WORDS: Final = 200
"""How many lines of a list are looked for."""

FIRST_ACCENT: Final = 10
"""Combining classes from here on are accents and pointing; those below carry letters of their own
(the virama of Indic scripts, the voice marks of Japanese)."""

REPEATED: Final = re.compile(r"(.)\1{2,}")

#: Scripts that leave no space between words, by the start of their letters' names.
UNSPACED: Final = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: letters and digits alone, all small, unaccented."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        mark if unicodedata.category(mark)[0] in "LNM" else " "
        for mark in plain
        if unicodedata.combining(mark) < FIRST_ACCENT
    )
    return tuple(REPEATED.sub(r"\1", unicodedata.normalize("NFC", word)) for word in kept.split())


@lru_cache(maxsize=64)
def entries(listed: str) -> tuple[tuple[str, ...], ...]:
    """The entries of a list, one a line; an entry may be several words, and `*` ends a beginning.

    The star is kept as a last, empty word.
    """
    found = []
    for line in listed.splitlines():
        words = words_of(line)
        if words:
            found.append((*words, "") if line.rstrip().endswith("*") else words)
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def matches(listed: str, *texts: str) -> bool:
    """Whether an entry of the list `listed` is in one of the texts."""
    wanted = entries(listed)
    return any(
        _found(entry, words) for text in texts for words in [words_of(text)] for entry in wanted
    )


def _found(entry: tuple[str, ...], words: tuple[str, ...]) -> bool:
    begins = entry[-1] == ""
    sought = entry[:-1] if begins else entry
    if len(sought) == 1 and _unspaced(sought[0]):
        return any(sought[0] in word for word in words)
    last = len(sought) - 1
    for start in range(len(words) - last):
        here = words[start : start + last + 1]
        whole = here[last].startswith(sought[last]) if begins else here[last] == sought[last]
        if whole and here[:last] == sought[:last]:
            return True
    return False


def _unspaced(word: str) -> bool:
    return unicodedata.name(word[0], "").startswith(UNSPACED)
