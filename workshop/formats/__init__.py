"""Files that go in and out; `FORMATS` is the whole list."""

from __future__ import annotations

from typing import Final

from workshop.formats import pabulib, polis, preflib
from workshop.formats.files import BadFile, Format, Remark

__all__ = ["FORMATS", "BadFile", "Format", "Remark"]

FORMATS: Final[dict[str, Format]] = {
    "pabulib": pabulib.FORMAT,
    "polis": polis.FORMAT,
    "preflib": preflib.FORMAT,
}
