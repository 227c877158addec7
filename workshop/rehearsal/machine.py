"""What the server costs this machine: its processes, their time and their memory, from /proc."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workshop.rehearsal.browser import Lost
from workshop.rehearsal.visit import PAGES_AT_ONCE

PROC: Final = Path("/proc")
FILES_TO_SPARE: Final = 200
_LISTENS: Final = "0A"


def make_room(phones: int) -> None:
    """Let this program open as many connections as so many phones need.

    The administrator of a machine may raise its limit, and then we do.

    Raises:
        Lost: the machine does not allow it.
    """
    needed = phones + min(phones, PAGES_AT_ONCE) + FILES_TO_SPARE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = hard in (resource.RLIM_INFINITY, -1) or hard >= needed
    if soft >= needed and enough:
        return
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard if enough else needed))
    except (ValueError, OSError) as error:
        raise Lost(
            f"{phones:,} phones need {needed:,} open files, and this machine allows us {hard:,}. "
            "Raise the limit with: ulimit -Hn"
        ) from error


def listeners(port: int, proc: Path = PROC) -> list[int]:
    """The processes that listen on a TCP port of this machine; none where we may not look."""
    wanted = {f"socket:[{inode}]" for inode in _inodes(port, proc)}
    return sorted(int(folder.name) for folder in _processes(proc) if _holds(folder, wanted))


def _inodes(port: int, proc: Path) -> Iterator[str]:
    """Sockets in state "listening": columns 2, 4 and 10 of proc_net_tcp(5)."""
    for table in ("tcp", "tcp6"):
        with suppress(OSError):
            for line in (proc / "net" / table).read_text().splitlines()[1:]:
                columns = line.split()
                if columns[3] == _LISTENS and int(columns[1].rsplit(":", 1)[1], 16) == port:
                    yield columns[9]


def _processes(proc: Path) -> Iterable[Path]:
    with suppress(OSError):
        return [folder for folder in proc.iterdir() if folder.name.isdigit()]
    return []


def _holds(folder: Path, wanted: set[str]) -> bool:
    with suppress(OSError):
        for descriptor in (folder / "fd").iterdir():
            # A file may be closed between the listing and the look.
            with suppress(OSError):
                if str(descriptor.readlink()) in wanted:
                    return True
    return False


@dataclass(frozen=True, slots=True)
class Cost:
    """What had been used at one moment; times in seconds, memory in bytes.

    Attributes:
        at: the moment; server, own: processor time of the server and of this generator.
        memory: what the server holds, None where it is not known.
        waited: how long the server was ready to run and had no core; None where not known.
        own_waited: the same of this generator.
    """

    at: float
    server: float | None
    own: float
    memory: int | None
    waited: float | None = None
    own_waited: float | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """The server's processes; none where they could not be found."""

    pids: tuple[int, ...]
    proc: Path = PROC

    def cost(self) -> Cost:
        """What has been used until now."""
        return Cost(
            time.perf_counter(),
            sum(map(self._seconds, self.pids)) if self.pids else None,
            time.process_time(),
            sum(map(self._bytes, self.pids)) if self.pids else None,
            self._waited(self.pids),
            self._waited((os.getpid(),)),
        )

    def _waited(self, pids: Iterable[int]) -> float | None:
        """Seconds in a queue for a core: the second number of each thread's schedstat, in ns.

        Threads of one server also queue behind each other; not every kernel counts it.
        """
        waits: list[int] = []
        for pid in pids:
            with suppress(OSError):
                for thread in (self.proc / str(pid) / "task").iterdir():
                    # A thread may end between the listing and the look.
                    with suppress(OSError):
                        waits.append(int((thread / "schedstat").read_text().split()[1]))
        return sum(waits) / 1e9 if waits else None

    def _seconds(self, pid: int) -> float:
        """User and system time: fields 14 and 15 of proc_pid_stat(5), after the name's bracket."""
        text = self._read(pid, "stat")
        columns = text.rpartition(")")[2].split()
        return (int(columns[11]) + int(columns[12])) / os.sysconf("SC_CLK_TCK")

    def _bytes(self, pid: int) -> int:
        """Resident memory: the second number of proc_pid_statm(5), in pages."""
        return int(self._read(pid, "statm").split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def _read(self, pid: int, name: str) -> str:
        try:
            return (self.proc / str(pid) / name).read_text()
        except OSError as error:
            raise Lost(f"The server (process {pid}) is gone.") from error
