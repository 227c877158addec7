"""The catalogue of the product's sentences, and how to gather it anew as `make` does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.house.tree import ROOT

COMMITTED = ROOT / "workshop/translations/messages.pot"


def sentences(path: Path) -> set[str]:
    """Every sentence of a catalogue, plural forms joined by a bar; none where there is no file."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        return {joined(message) for message in read_po(file) if message.id}


def joined(message: Message) -> str:
    """What a message says in English, its plural forms joined by a bar."""
    return message.id if isinstance(message.id, str) else " | ".join(message.id)


def told(code: str) -> set[str]:
    """Every English sentence that the language `code` has words for."""
    with (COMMITTED.parent / code / "LC_MESSAGES/messages.po").open("rb") as file:
        found = [message for message in read_po(file, locale=code) if message.id]
    return {joined(message) for message in found if message.string and any(message.string)}


def gathered(target: Path) -> set[str]:
    """The sentences that the code and the templates hold at this moment."""
    command = ["-q", "extract", "-F", "babel.cfg", "-o", str(target), "-k", "N_"]
    command += ["-k", "lazy_gettext", "."]
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *command], cwd=ROOT, check=True
    )
    return sentences(target)
