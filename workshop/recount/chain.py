"""Is the chain of the ledger whole, and does it end where the tally says?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any

Line = Mapping[str, Any]


def broken(lines: Sequence[Line], head: str) -> Iterator[str]:
    """Every place where the chain was cut, as a sentence."""
    before = "0" * 64
    for place, line in enumerate(lines, 1):
        number, kind, committed = line["number"], line["kind"], line["committed"]
        if number != place:
            yield f"Line {place} is missing or out of order."
        expected = _hash(before, str(number), kind, committed)
        if line["head"] != expected:
            yield f"Line {number} does not follow from the line before it."
        content, salt = line.get("content"), line.get("salt")
        if content is not None and _hash(salt or "", content) != committed:
            yield f"Line {number} was changed after it was written."
        before = line["head"]
    if before != head:
        yield "The chain does not end where the tally says."


def contents(lines: Sequence[Line], kind: str, round_id: int) -> list[dict[str, Any]]:
    """What the lines of one kind about a round say."""
    return [
        json.loads(line["content"])
        for line in lines
        if line["kind"] == kind and line["round"] == round_id and line.get("content") is not None
    ]


def _hash(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()
