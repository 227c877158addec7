"""Files that somebody brings through the browser: unpacked with care, told apart, read whole."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from workshop.formats import pabulib, polis
from workshop.formats.as_import import from_conversation, from_election
from workshop.formats.files import MEBIBYTE, BadFile, decoded
from workshop.rules.imports import MOST_FILES, MOST_UNPACKED, Import
from workshop.rules.refusals import N_

PACKED: Final = b"PK"
ENCRYPTED: Final = 0x1
HIDDEN: Final = ("__MACOSX/", "._", ".DS_Store")
"""What some computers put beside the files of a folder that they pack."""


def read_brought(files: Sequence[tuple[str, bytes]]) -> Import:
    """Read a Pabulib vote, or a Polis export as one packed file or as several.

    Args:
        files: name and bytes of each file, as a browser sends them.

    Raises:
        BadFile: one sentence, with the line where there is one; nothing is kept.
    """
    found = [one for one in files if one[0]]
    if not found:
        raise BadFile(N_("Please pick a file first."))
    if len(found) == 1 and found[0][1].startswith(PACKED):
        return _read(_unpacked(found[0][1]))
    return _read({_last_name(name): data for name, data in found})


def _read(files: Mapping[str, bytes]) -> Import:
    """Tell by its name what was brought, and read it."""
    votes = [name for name in files if name.lower().endswith(pabulib.FORMAT.suffix)]
    if len(votes) == 1 and len(files) == 1:
        return from_election(pabulib.parse(decoded(files[votes[0]])))
    if polis.NEEDED[0] in files or polis.NEEDED[1] in files:
        wanted = [name for name in (*polis.NEEDED, polis.SUMMARY) if name in files]
        return from_conversation(polis.parse({name: _text(name, files[name]) for name in wanted}))
    raise BadFile(
        N_("We read one .pb file, or the files of one Polis conversation. This is neither.")
    )


def _text(name: str, data: bytes) -> str:
    try:
        return decoded(data)
    except BadFile as bad:
        raise BadFile(
            N_("%(file)s isn’t text we can read (UTF-8)."), line=bad.remark.line, file=name
        ) from None


def _unpacked(data: bytes) -> dict[str, bytes]:
    """The files in a packed one.

    What it says of its own size is not believed: reading stops where there is too much.
    """
    try:
        with ZipFile(BytesIO(data)) as packed:
            inside = [one for one in packed.infolist() if not one.filename.startswith(HIDDEN)]
            _look_at(inside)
            found: dict[str, bytes] = {}
            left = MOST_UNPACKED
            for one in inside:
                found[one.filename] = _one(packed, one, left)
                left -= len(found[one.filename])
            return found
    # What the library raises of a file that is torn, locked, or packed in a way it does not know.
    except (BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError):
        raise BadFile(N_("This packed file is broken. Please pack it again.")) from None


def _look_at(inside: Sequence[ZipInfo]) -> None:
    """Refuse before anything is unfolded what no honest export is."""
    if len(inside) > MOST_FILES:
        raise BadFile(
            N_("There are %(found)s files in it. We take up to %(most)s."),
            found=len(inside),
            most=MOST_FILES,
        )
    for one in inside:
        if "/" in one.filename or "\\" in one.filename or ":" in one.filename:
            raise BadFile(N_("There is a folder in it. Please pack the files alone."))
        if one.flag_bits & ENCRYPTED:
            raise BadFile(N_("It’s locked with a password. Please pack it without one."))
    if len({one.filename for one in inside}) < len(inside):
        raise BadFile(N_("Two files in it have the same name."))
    if sum(one.file_size for one in inside) > MOST_UNPACKED:
        raise _too_much()


def _one(packed: ZipFile, one: ZipInfo, left: int) -> bytes:
    with packed.open(one) as opened:
        data = opened.read(left + 1)
    if len(data) > left:
        raise _too_much()
    return data


def _too_much() -> BadFile:
    most = MOST_UNPACKED // MEBIBYTE
    return BadFile(N_("Unpacked, this is over %(most)s MB. We can’t take that."), most=most)


def _last_name(path: str) -> str:
    """The name of a file without the folders that some browsers send along."""
    return path.replace("\\", "/").rpartition("/")[2]
