"""How each kind of database is opened so that what it says is saved is saved."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url

NETWORK_FILE_SYSTEMS: Final = frozenset(
    {
        *("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre"),
        *("beegfs", "ocfs2", "gfs2", "vboxsf", "davfs", "fuse.sshfs", "fuse.rclone", "fuse.s3fs"),
        *("fuse.glusterfs", "fuse.ceph", "fuse.davfs", "fuse.juicefs", "fuse.mfs"),
    }
)
"""As the kernel calls them."""
BUSY_MS: Final = 10_000
POOL_SIZE: Final = 5
POOL_OVERFLOW: Final = 20
POSTGRES_OVERFLOW: Final = 10
"""PostgreSQL takes 100 connections by default, and four processes share them."""

PATIENCE: Final = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""A database host that vanished without a word is given up after seconds, not after hours."""


class UnsafeDatabase(Exception):
    """The database cannot keep its promises where it was asked to live."""


def make_engine(url: str) -> Engine:
    """An engine for `url`: a SQLite file, or PostgreSQL.

    Raises:
        UnsafeDatabase: for SQLite in memory or on a network file system.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(url, parsed.database)
    return create_engine(
        url,
        connect_args=PATIENCE,
        pool_pre_ping=True,
        pool_size=POOL_SIZE,
        max_overflow=POSTGRES_OVERFLOW,
    )


def _sqlite(url: str, path: str | None) -> Engine:
    if not path or path == ":memory:":
        raise UnsafeDatabase("A database in memory forgets everything. Please name a file.")
    refuse_network_file_system(Path(path))
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        pool_size=POOL_SIZE,
        max_overflow=POOL_OVERFLOW,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:  # noqa: ANN401 - a raw sqlite3 connection
    """Settings each SQLite connection needs: full durability, real foreign keys, our own BEGIN."""
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_MS}",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes the write lock at once; a deferred one fails under load half the time."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def refuse_network_file_system(path: Path, mounts: Path = Path("/proc/mounts")) -> None:
    """Raise `UnsafeDatabase` where `path` lies on a network file system.

    SQLite's locks are not kept there, and two writers could tear the file.
    """
    if not mounts.exists():
        return
    target = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.read_text().splitlines():
        _, where, found, *_ = line.split(" ")
        where = _unescaped(where)
        inside = target == where or target.startswith(where.rstrip("/") + "/")
        if inside and len(where) >= len(best):
            best, kind = where, found
    if kind in NETWORK_FILE_SYSTEMS:
        raise UnsafeDatabase(
            f"The database would be on a network file system ({kind}), where SQLite can lose"
            " votes. Put it on a local disk, or use PostgreSQL."
        )


def _unescaped(where: str) -> str:
    """A mounted folder as it is called: the kernel writes a space in octal."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), where)
