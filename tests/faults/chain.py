"""The ledger, read by code that shares nothing with the application."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

Lines = Iterable[tuple[Any, ...]]
"""Rows of workshop, number, round, kind, content, salt, committed and head, by their numbers."""


def ballots(lines: Lines, round_id: int) -> list[dict[str, Any]]:
    """The ballots of a sealed round."""
    return [json.loads(row[4]) for row in lines if row[2] == round_id and row[3] == "ballot"]


def broken(lines: Lines) -> Iterator[str]:
    """Every line that does not follow from the one before, or belies its commitment (I9)."""
    heads: dict[int, tuple[int, str]] = {}
    for workshop, number, _, kind, content, salt, committed, head in lines:
        last, before = heads.get(workshop, (0, "0" * 64))
        said = hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()
        line = hashlib.sha256(f"{before}\n{number}\n{kind}\n{committed}".encode()).hexdigest()
        if (number, line) != (last + 1, head) or said != committed:
            yield f"I9: line {number} of the ledger of workshop {workshop} was changed"
        heads[workshop] = (number, head)
