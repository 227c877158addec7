"""What people write: made clean, measured in letters as a person would count them.

User text is data. It is normalised to NFC; control and format characters that could hide or
reorder words (bidirectional overrides, zero-width spaces) are taken out. Joiners stay only where
they carry meaning: inside an emoji, and inside words of scripts that join their letters.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from workshop.rules.characters import SELECTORS, letters, shows_something, stays
from workshop.rules.refusals import Refused

LIMITS: Final[dict[str, int]] = {
    "problem": 500,
    "idea": 500,
    "goal": 200,
    "experience": 300,
    "leg": 40,
    "legs": 400,
    "pledge": 200,
    "helped": 300,
    "name": 40,
    "title": 120,
    "service": 120,
    "better_for": 200,
    "affected": 200,
    "often": 120,
    "better": 300,
    "source": 300,
    "who": 60,
    "does": 160,
    "need": 160,
    "question": 200,
    "comment": 300,
    "alt": 200,
    "theme": 80,
    "reason": 1000,
    "verdict": 300,
    "evidence": 300,
    "mitigation": 300,
    "condition": 500,
    "never": 800,
    "small_change": 300,
    "offer": 200,
    "reach": 120,
    "lead_why": 1000,
    "happened": 1000,
    "learned": 1000,
    "desk_note": 1000,
    "note": 1000,
    "answer": 1000,
    "instruction": 500,
    "email": 254,
    "view": 60,
    "care_note": 300,
    "word_list": 4000,
    "wifi": 63,
}
"""The most letters each field takes; forms, acts and the browser all read it from here."""

BYTES_PER_LETTER: Final = 16
"""A byte ceiling of this times the limit: room for any script, none for a mountain of accents."""

BYTES_TO_SPARE: Final = 64
"""Added to that ceiling, so that one many-part emoji fits where only one letter is allowed."""

MARKS_PER_LETTER: Final = 6
"""Accents kept on one letter: more than any language stacks, too few to climb over other posts."""

CODE_LENGTH: Final = 6

LARGEST: Final = 2**53 - 1
"""The largest whole number that anybody may send: browsers and databases both keep it exactly."""


def clean(text: object, limit: int, *, required: bool = True, multiline: bool = False) -> str:
    """Return `text` as it is stored and shown.

    Args:
        text: what came in from a form, a socket or a file.
        limit: the most letters (see `letters`) that are taken, usually one of `LIMITS`.
        required: whether a text without anything to see is refused.
        multiline: whether line breaks stay (at most one blank line in a row) or become spaces.

    Raises:
        Refused: "not_text" for anything but valid text, "empty", "too_long".
    """
    if not isinstance(text, str) or any("\ud800" <= mark <= "\udfff" for mark in text):
        raise Refused("not_text")
    ceiling = limit * BYTES_PER_LETTER + BYTES_TO_SPARE
    # Far more than could ever fit is refused before any work is spent on it.
    if len(text) > 4 * ceiling:
        raise Refused("too_long", limit=limit)
    kept = _spaced(
        _without_hidden(unicodedata.normalize("NFC", _newlines(text))), multiline=multiline
    )
    kept = unicodedata.normalize("NFC", kept)
    if required and not shows_something(kept):
        raise Refused("empty")
    if letters(kept) > limit or len(kept.encode()) > ceiling:
        raise Refused("too_long", limit=limit)
    return kept


def code_of(text: object) -> str:
    """Return the six digits of a join code as somebody typed it ("482 915", in any script).

    Raises:
        Refused: "wrong_code" where there are letters in it or not exactly six digits.
    """
    if not isinstance(text, str) or any(mark.isalpha() for mark in text):
        raise Refused("wrong_code")
    digits = "".join(str(unicodedata.decimal(mark)) for mark in text if mark.isdecimal())
    if len(digits) != CODE_LENGTH:
        raise Refused("wrong_code")
    return digits


def _newlines(text: str) -> str:
    for ending in ("\r\n", "\r", "\x85", "\u2028", "\u2029"):
        text = text.replace(ending, "\n")
    return text


def _without_hidden(text: str) -> str:
    kept: list[str] = []
    accents = 0
    for place, mark in enumerate(text):
        following = text[place + 1 : place + 2]
        if not stays(kept[-1] if kept else "", mark, following):
            continue
        accents = accents + 1 if unicodedata.category(mark) == "Mn" else 0
        if accents <= MARKS_PER_LETTER or mark in SELECTORS:
            kept.append(mark)
    return "".join(kept)


def _spaced(text: str, *, multiline: bool) -> str:
    lines = [" ".join(line.split()) for line in text.split("\n")]
    if not multiline:
        return " ".join(line for line in lines if line)
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip("\n")
