"""Disks that fill up: one inside SQLite, to the byte, and a real volume for a real server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from tests.served import ROOT, Served, _environ, _wait, free_port

VOLUME_MB = 32
"""More than the room that a server wants to see free before it calls itself ready."""

FILE = "longtable.sqlite3"
INSIDE = 'mount -t tmpfs -o size="$0" none "$1" && cp "$2" "$1" && shift 2 && exec "$@"'


class FullDisk(apsw.VFS):
    """The machine's own file system, with room for `left` more bytes; None: for any number."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.left: int | None = None
        super().__init__(name, "")

    def xOpen(  # noqa: N802 - apsw's own name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        return _Filling(self, name, flags)


class _Filling(apsw.VFSFile):
    def __init__(
        self, disk: FullDisk, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        super().__init__("", name, flags)
        self.disk = disk

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's own name
        if self.disk.left is not None:
            if len(data) > self.disk.left:
                raise apsw.FullError("no room is left on this disk")
            self.disk.left -= len(data)
        super().xWrite(data, offset)


class Volume:
    """A small disk of its own, with a server on it, as it looks from outside."""

    def __init__(self, inside: Path, server: Served) -> None:
        self.server = server
        self.path = Path(f"/proc/{server.process.pid}/root") / inside.relative_to("/")

    def fill(self) -> None:
        """Write until nothing more goes in."""
        with (self.path / "filler").open("wb", buffering=0) as filler:
            for size in (65_536, 4_096, 512, 1):
                try:
                    while filler.write(bytes(size)):
                        pass
                except OSError:
                    continue

    def make_room(self) -> None:
        """Take away what filled it."""
        (self.path / "filler").unlink()

    def copied(self, folder: Path) -> str:
        """The address of a copy of the database, which a server at rest leaves whole."""
        for end in ("", "-wal"):
            shutil.copy(self.path / f"{FILE}{end}", folder / f"{FILE}{end}")
        return f"sqlite:///{folder / FILE}"


def possible() -> bool:
    """Whether this machine lets us have a volume of our own, without being its administrator."""
    try:
        tried = subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False)
    except OSError:
        return False
    return tried.returncode == 0


@contextmanager
def volume(folder: Path, database: Path) -> Iterator[Volume]:
    """A real server on a small disk of its own that begins with `database`."""
    inside, port, log = folder / "volume", free_port(), folder / "server.log"
    inside.mkdir()
    command = ["unshare", "-Urm", "sh", "-c", INSIDE, f"{VOLUME_MB}m", str(inside), str(database)]
    address = f"sqlite:///{inside / FILE}"
    with log.open("w") as out:
        process = subprocess.Popen(
            [*command, sys.executable, str(ROOT / "app.py"), "run"],
            cwd=folder,
            env=_environ(address, port, "eventlet", {"PATH": os.environ["PATH"]}),
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(f"{url}/healthz", process, log)
        yield Volume(inside, Served(url, address, str(log), process))
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
