"""From the text of a variable to its value: one small reader for each kind of setting.

A reader raises ValueError with the end of a sentence that begins with the variable's name.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

YES: Final = ("yes", "1", "true", "on")
NO: Final = ("no", "0", "false", "off")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A reader of whole numbers from `low` to `high`, both included."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def one_of(*choices: str) -> Callable[[str], str]:
    """A reader of one word out of `choices`, in capitals or not."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"must be one of: {', '.join(choices)}")
        return text.lower()

    return read


def at_least(letters: int) -> Callable[[str], str]:
    """A reader of secrets that are not too short to guess."""

    def read(text: str) -> str:
        if len(text) < letters:
            raise ValueError(f"must have {letters} characters or more")
        return text

    return read


def flag(text: str) -> bool:
    """Yes or no, in the four ways that people write them."""
    return one_of(*YES, *NO)(text) in YES


def starting(*starts: str) -> Callable[[str], str]:
    """A reader of text that begins in one of the ways named."""

    def read(text: str) -> str:
        if not text.startswith(starts):
            raise ValueError(f"must start with {' or '.join(starts)}")
        return text

    return read


def origin(text: str) -> str:
    """The scheme, host and port of an address, written as a browser writes them in `Origin`."""
    address = text.strip().rstrip("/").lower()
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or address != f"{parts.scheme}://{parts.netloc}":
        raise ValueError("must be an address without a path, such as https://table.example.org")
    return address


def origins(text: str) -> tuple[str, ...]:
    """Several addresses with commas between them."""
    return tuple(origin(part) for part in text.split(",") if part.strip())


def mailbox(text: str) -> str:
    """One email address, and nothing else beside it."""
    name, at, host = text.partition("@")
    if not (text.isascii() and name and at and host) or any(mark in text for mark in " <>,;\r\n"):
        raise ValueError("must be one email address, such as table@example.org")
    return text


def folder(text: str) -> str:
    """A folder whose files may be run as code: it is there, and nobody else may write in it.

    Raises:
        ValueError: it is not such a folder.
    """
    path = Path(text)
    if not path.is_dir() or path.stat().st_uid != os.getuid() or path.stat().st_mode & 0o022:
        raise ValueError("must be a folder that is there, yours, and that nobody else may write in")
    return text
