"""The ledger: a chain of lines in which nothing that was written can be changed unseen.

Each line holds a salted commitment to its content and the hash of the line before it. Taking the
content and its salt away later leaves the chain whole; changing one letter breaks it.
"""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any, Final

from workshop.rules.plain_words import WORDS

KINDS: Final = ("opened", "ballot", "sealed", "ruled")
"""What a line says: a round was opened, one ballot of it, or how it was sealed."""

NOTHING_BEFORE: Final = "0" * 64
"""What stands for the line before the first."""

SHOWN_WORDS: Final = 4


def canonical(content: Any) -> str:  # noqa: ANN401 - any plain JSON value
    """One way to write a JSON value, so that equal values have equal hashes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def commitment(content: str, salt: str) -> str:
    """The hash that binds to `content` and, without the salt, tells nothing of it."""
    return sha256(f"{salt}\n{content}".encode()).hexdigest()


def link(before: str, number: int, kind: str, committed: str) -> str:
    """The head of the chain after this line, in hex."""
    return sha256(f"{before}\n{number}\n{kind}\n{committed}".encode()).hexdigest()


def spoken(head: str) -> str:
    """The first four bytes of a head as plain words, to be read off a wall and compared."""
    return " ".join(WORDS[byte] for byte in bytes.fromhex(head)[:SHOWN_WORDS])
