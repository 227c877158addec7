"""JSON that remembers on which line each value stands, so that a fault in a file can be shown."""

from __future__ import annotations

import json
from dataclasses import dataclass
from json.decoder import JSONDecoder
from typing import Any, Final

from workshop.formats.files import BadFile
from workshop.rules.refusals import N_

DEEPEST: Final = 20
"""No file of ours nests deeper; a file that does is none of ours."""

_SPACE: Final = " \t\n\r"
_decoder: Final = JSONDecoder()


@dataclass(frozen=True, slots=True)
class Located:
    """A value of a file and its line, counted from 1.

    Attributes:
        value: a text, number, truth or nothing; or a list, or a dictionary, of located values.
        line: where the value begins.
    """

    value: Any
    line: int


def located(data: bytes) -> Located:
    """Read a whole file.

    Raises:
        BadFile: it is not UTF-8 text, not JSON, nested too deep, or names a field twice.
    """
    try:
        text = data.decode("utf-8-sig")
        json.loads(text)
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise BadFile(N_("This isn’t text we can read (UTF-8)."), line=line) from None
    except json.JSONDecodeError as wrong:
        raise BadFile(N_("This isn’t JSON we can read."), line=wrong.lineno) from None
    except (RecursionError, ValueError):
        raise BadFile(N_("This isn’t JSON we can read.")) from None
    # What follows may take for granted that the text is well formed.
    return _Reader(text).value(_past_space(text, 0), 0)[0]


def _past_space(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACE:
        at += 1
    return at


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + 1

    def value(self, at: int, depth: int) -> tuple[Located, int]:
        """The value that begins at `at`, and where the text goes on after it."""
        if depth > DEEPEST:
            raise BadFile(N_("This isn’t JSON we can read."), line=self._line(at))
        if self._text[at] == "{":
            found: Any
            found, end = self._object(at, depth)
        elif self._text[at] == "[":
            found, end = self._list(at, depth)
        else:
            found, end = _decoder.raw_decode(self._text, at)
        return Located(found, self._line(at)), end

    def _object(self, at: int, depth: int) -> tuple[dict[str, Located], int]:
        whole: dict[str, Located] = {}
        at = _past_space(self._text, at + 1)
        while self._text[at] != "}":
            key, end = _decoder.raw_decode(self._text, at)
            if key in whole:
                twice = N_("“%(key)s” stands here twice.")
                raise BadFile(twice, line=self._line(at), key=key[:40])
            colon = _past_space(self._text, end)
            whole[key], end = self.value(_past_space(self._text, colon + 1), depth + 1)
            at = self._next(end)
        return whole, at + 1

    def _list(self, at: int, depth: int) -> tuple[list[Located], int]:
        whole: list[Located] = []
        at = _past_space(self._text, at + 1)
        while self._text[at] != "]":
            item, end = self.value(at, depth + 1)
            whole.append(item)
            at = self._next(end)
        return whole, at + 1

    def _next(self, at: int) -> int:
        """Past the comma to the next thing, or at the bracket that ends the list."""
        at = _past_space(self._text, at)
        return _past_space(self._text, at + 1) if self._text[at] == "," else at
