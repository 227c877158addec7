"""The catalogue of the product's sentences, and how to gather it anew as `make` does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from babel.messages.pofile import read_po

from tests.house.tree import ROOT

COMMITTED = ROOT / "workshop/translations/messages.pot"


def sentences(path: Path) -> set[str]:
    """Every sentence of a catalogue, plural forms joined by a bar; none where there is no file."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return {text if isinstance(text, str) else " | ".join(text) for text in ids}


def gathered(target: Path) -> set[str]:
    """The sentences that the code and the templates hold at this moment."""
    command = ["-q", "extract", "-F", "babel.cfg", "-o", str(target), "-k", "N_"]
    command += ["-k", "lazy_gettext", "."]
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", *command], cwd=ROOT, check=True
    )
    return sentences(target)
