"""A file system that writes down what SQLite asks of it, and a disk that forgets like a real one.

`Recorder` passes everything on and keeps each write, truncation, sync and deletion in its order.
`Disk` takes these one after another and says, at any point, what a power cut there would leave:
what was synced, and of the rest nothing at all, or any part that chance picks, sector by sector.
"""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import apsw

SECTOR = 512


class Event(NamedTuple):
    """One thing that SQLite asked of the disk: "write", "truncate", "sync" or "delete"."""

    kind: str
    name: str
    offset: int = 0
    data: bytes = b""


class Recorder(apsw.VFS):
    """The machine's own file system, with a record of what reached it and when it was synced."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.events: list[Event] = []
        self.lock = threading.Lock()
        super().__init__(name, "")

    def note(self, event: Event) -> None:
        """Write `event` down; files without a name are SQLite's scratch paper."""
        if event.name:
            with self.lock:
                self.events.append(event)

    def xOpen(  # noqa: N802 - apsw's own name
        self, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> apsw.VFSFile:
        return _Recorded(self, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: FBT001, N802 - apsw's own way
        super().xDelete(filename, syncdir)
        self.note(Event("delete", Path(filename).name))


class _Recorded(apsw.VFSFile):
    def __init__(
        self, recorder: Recorder, name: str | apsw.URIFilename | None, flags: list[int]
    ) -> None:
        super().__init__("", name, flags)
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.name = Path(path).name if path else ""
        self.recorder = recorder

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - apsw's own name
        super().xWrite(data, offset)
        self.recorder.note(Event("write", self.name, offset, bytes(data)))

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - apsw's own name
        super().xTruncate(newsize)
        self.recorder.note(Event("truncate", self.name, newsize))

    def xSync(self, flags: int) -> None:  # noqa: N802 - apsw's own name
        super().xSync(flags)
        self.recorder.note(Event("sync", self.name))


@dataclass
class Disk:
    """What is safe of each file, and what was asked since and may be lost.

    A deletion may be lost as well: the file is then there as it was.
    """

    safe: dict[str, bytes] = field(default_factory=dict)
    pending: dict[str, list[Event]] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        """Let `event` happen. A sync makes everything safe that was asked of its file before."""
        waiting = self.pending.setdefault(event.name, [])
        if event.kind != "sync":
            waiting.append(event)
            return
        if event.name not in self.safe:
            self._sync_folder()
        content = _applied(self.safe.get(event.name), waiting, None)
        if content is not None:
            self.safe[event.name] = content
        waiting.clear()

    def _sync_folder(self) -> None:
        """Make deletions safe: SQLite syncs the folder with the first sync of a file it made."""
        for name, waiting in self.pending.items():
            deleted = [n for n, event in enumerate(waiting) if event.kind == "delete"]
            if deleted:
                self.safe.pop(name, None)
                del waiting[: deleted[-1] + 1]

    def after_a_cut(self, chance: random.Random | None) -> dict[str, bytes]:
        """The files as a power cut now leaves them.

        Args:
            chance: which sectors that were never synced survive all the same; None: not one.
        """
        left = {}
        for name in self.safe.keys() | self.pending.keys():
            events = self.pending.get(name, []) if chance else []
            content = _applied(self.safe.get(name), events, chance)
            if content is not None:
                left[name] = content
        return left


def _applied(
    content: bytes | None, events: list[Event], chance: random.Random | None
) -> bytes | None:
    """`content` after `events`, or after whatever part of them `chance` lets through."""
    now = None if content is None else bytearray(content)
    for event in events:
        if event.kind == "write":
            now = bytearray() if now is None else now
            _write(now, event, chance)
        elif chance and chance.random() < 0.5:
            continue
        elif event.kind == "delete":
            now = None
        elif now is not None:
            now = now[: event.offset].ljust(event.offset, b"\0")
    return None if now is None else bytes(now)


def _write(now: bytearray, event: Event, chance: random.Random | None) -> None:
    for start in range(0, len(event.data), SECTOR):
        if chance and chance.random() < 0.5:
            continue
        part = event.data[start : start + SECTOR]
        at = event.offset + start
        now.extend(bytes(max(0, at - len(now))))
        now[at : at + len(part)] = part
