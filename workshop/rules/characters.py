"""Single characters: which may stay in a text, and which belong to the letter before them.

The standard library knows categories but not emoji or graphemes, so the blocks they live in are
named here. The rules follow Unicode Annex 29 (grapheme clusters) and Technical Standard 51
(emoji) as far as a text typed on a phone needs them.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_ZWNJ: Final = "\u200c"
_ZWJ: Final = "\u200d"
_KEYCAP: Final = "\u20e3"
_BLACK_FLAG: Final = "\U0001f3f4"
_VIRAMA: Final = 9  # The canonical combining class of the sign that joins Indic consonants.
SELECTORS: Final = frozenset("\ufe0e\ufe0f")
_SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
_REGIONAL_INDICATORS: Final = range(0x1F1E6, 0x1F200)
_TAGS: Final = range(0xE0020, 0xE0080)
_NONCHARACTER: Final = 0xFFFE  # The last two places of every plane are never characters.
# Letters and marks by category that show nothing: fillers, the grapheme joiner, a blank pattern.
_INVISIBLE: Final = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
)
_PICTOGRAPH_BLOCKS: Final = (
    range(0x00A9, 0x00AF),
    range(0x203C, 0x204A),
    range(0x2122, 0x213A),
    range(0x2190, 0x2400),
    range(0x2460, 0x2500),
    range(0x25A0, 0x27C0),
    range(0x2900, 0x2980),
    range(0x2B00, 0x2C00),
    range(0x3030, 0x3040),
    range(0x3297, 0x329A),
    range(0x1F000, 0x1FB00),
)


def letters(text: str) -> int:
    """Count letters as a person sees them: an emoji, a flag or an accented letter is one.

    An approximation of the extended grapheme clusters of Unicode Annex 29 with the standard
    library alone; it counts Hangul as NFC composes it.
    """
    count, previous, open_flag = 0, "", False
    for mark in text:
        if open_flag and ord(mark) in _REGIONAL_INDICATORS:
            open_flag = False
        elif not _continues(previous, mark):
            count += 1
            open_flag = ord(mark) in _REGIONAL_INDICATORS
        previous = mark
    return count


def stays(before: str, mark: str, after: str) -> bool:
    """Whether `mark` is kept, given the character kept before it and the one that follows.

    `before` and `after` are empty at the ends of the text.
    """
    if mark in SELECTORS:
        return _is_pictograph(before) or (before in "0123456789#*" and bool(before))
    if mark == _ZWJ and _is_pictograph(after) and _ends_emoji(before):
        return True
    if mark in (_ZWJ, _ZWNJ):
        return _joins_script(before) and after.isalpha()
    if ord(mark) in _TAGS:
        return before == _BLACK_FLAG or (bool(before) and ord(before) in _TAGS)
    if mark.isspace():
        return True
    hidden = unicodedata.category(mark) in ("Cc", "Cf") or mark in _INVISIBLE
    return not hidden and ord(mark) & _NONCHARACTER != _NONCHARACTER


def _is_pictograph(mark: str) -> bool:
    return bool(mark) and any(ord(mark) in block for block in _PICTOGRAPH_BLOCKS)


def _ends_emoji(mark: str) -> bool:
    return mark in SELECTORS or _is_pictograph(mark)


def _joins_script(mark: str) -> bool:
    """Whether `mark` may be followed by a joiner with a meaning, as in Persian or Hindi words."""
    if not mark:
        return False
    return unicodedata.bidirectional(mark) == "AL" or unicodedata.combining(mark) == _VIRAMA


def shows_something(text: str) -> bool:
    """Whether there is anything in `text` that a reader would see."""
    return any(unicodedata.category(mark)[0] in "LNPS" or _is_pictograph(mark) for mark in text)


def _continues(before: str, mark: str) -> bool:
    """Whether `mark` belongs to the letter that `before` is part of."""
    if not before or before == "\n":
        return False
    if before == _ZWJ and _is_pictograph(mark):
        return True
    joined = mark in (_ZWJ, _ZWNJ, _KEYCAP) or ord(mark) in _TAGS or ord(mark) in _SKIN_TONES
    return joined or unicodedata.category(mark) in ("Mn", "Me", "Mc")
