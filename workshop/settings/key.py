"""The secret key of an installation that was not given one: made once, kept beside the database."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Final

NAME: Final = "longtable.key"


def folder_of(database_url: str) -> Path:
    """Where the database's file lies; for any other database the folder `var`."""
    file = database_url.removeprefix("sqlite:///").split("?", 1)[0]
    on_disk = database_url.startswith("sqlite:///") and file and "memory" not in file
    return Path(file).parent if on_disk else Path("var")


def kept_key(folder: Path) -> str:
    """The key kept in `folder`, made now where there is none. Only the owner may read the file.

    Several processes may start at once: each writes a key of its own under a passing name, and
    the first to link it to the lasting name decides for all. Nobody can read half a key.
    """
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        mine = folder / f"{NAME}.{secrets.token_hex(8)}"
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(mine)
        mine.unlink()
    return path.read_text(encoding="ascii")
