"""Reading files that people bring: what is wrong is said once, plainly, with the line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from workshop.rules.refusals import N_, Refused

MEBIBYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 64 * MEBIBYTE
"""Bytes of the biggest file that is read at all; real exports stay well below."""


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file in `FORMATS`.

    Attributes:
        label: its name on pages, marked for translation.
        suffix: the ending of its files, empty for a folder of files.
        reads: whether a workshop can be made from it.
        writes: whether a finished round can be saved as it.
    """

    label: str
    suffix: str
    reads: bool
    writes: bool


@dataclass(frozen=True, slots=True)
class Remark:
    """One sentence about a file.

    Attributes:
        sentence: marked for translation, with named places.
        values: what fills the places.
        line: the line it is about, from 1, or None for the file as a whole.
    """

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    line: int | None = None

    def words(self, translate: Callable[[str], str] = str) -> str:
        """Fill the sentence, through `translate` where given, with the line in front."""
        said = translate(self.sentence)
        if self.values:
            said %= {name: _worded(value, translate) for name, value in self.values.items()}
        if self.line is None:
            return said
        return translate(N_("Line %(line)s: %(said)s")) % {"line": self.line, "said": said}


def _worded(value: object, translate: Callable[[str], str]) -> object:
    """A value as it stands in a sentence; a refusal is one of its own."""
    return value.words(translate) if isinstance(value, Refused) else value


class BadFile(Exception):
    """A file that cannot be used, and why.

    Attributes:
        remark: the one sentence to show.
    """

    def __init__(self, sentence: str, *, line: int | None = None, **values: object) -> None:
        self.remark = Remark(sentence, values, line)
        super().__init__(self.remark.words())


def read_text(path: Path) -> str:
    """Return the whole of a text file.

    Raises:
        BadFile: it is missing, bigger than `LARGEST_FILE`, or not UTF-8 text.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadFile(
                N_("%(file)s is too big. The biggest file we read is %(limit)s MB."),
                file=path.name,
                limit=LARGEST_FILE // MEBIBYTE,
            )
        return decoded(path.read_bytes())
    except OSError:
        raise BadFile(N_("We can’t find or open %(file)s."), file=path.name) from None


def decoded(data: bytes) -> str:
    """Return a text file's bytes as text.

    Raises:
        BadFile: it is not UTF-8 text, with the line.
    """
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise BadFile(N_("This isn’t text we can read (UTF-8)."), line=line) from None
