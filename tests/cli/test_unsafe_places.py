"""A server whose SQLite file would lie on a network file system does not start, and says why."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.served import ROOT, SECRET_KEY, free_port
from workshop.storage.engines import UnsafeDatabase, refuse_network_file_system

START = """
import sys
import app
app.ENGINES["eventlet"]()
from pathlib import Path
from workshop.storage import engines
engines.refuse_network_file_system.__defaults__ = (Path(sys.argv[1]),)
sys.exit(app.main([sys.argv[2]]))
"""
"""The product as it starts, told of other mounts than those of this machine."""


def _mounts(folder: Path, kind: str, place: Path) -> Path:
    """A list of mounts as the kernel writes it, spaces in names as three digits."""
    mounts, name = folder / "mounts", str(place).replace(" ", "\\040")
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/share {name} {kind} rw 0 0\n")
    return mounts


@pytest.mark.parametrize("command", ["run", "demo"])
def test_a_server_says_in_a_sentence_why_it_does_not_start(tmp_path: Path, command: str) -> None:
    mounts, file = _mounts(tmp_path, "nfs4", tmp_path / "share"), tmp_path / "share/room.sqlite3"
    started = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", START, str(mounts), command],
        cwd=ROOT,
        env={
            "PATH": "",
            "LONGTABLE_ASYNC": "eventlet",
            "LONGTABLE_DATABASE_URL": f"sqlite:///{file}",
            "LONGTABLE_PORT": str(free_port()),
            "LONGTABLE_SECRET_KEY": SECRET_KEY,
        },
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    said = started.stdout + started.stderr
    assert started.returncode != 0
    assert "The database would be on a network file system (nfs4)" in said
    assert "Put it on a local disk, or use PostgreSQL." in said
    assert "Traceback" not in said
    assert not file.parent.exists()


def test_a_share_is_recognised_whatever_its_folder_is_called(tmp_path: Path) -> None:
    share = tmp_path / "The council's share"
    with pytest.raises(UnsafeDatabase):
        refuse_network_file_system(share / "room.sqlite3", _mounts(tmp_path, "cifs", share))


def test_a_link_into_a_share_is_followed(tmp_path: Path) -> None:
    share, link = tmp_path / "share", tmp_path / "here"
    share.mkdir()
    link.symlink_to(share)
    with pytest.raises(UnsafeDatabase):
        refuse_network_file_system(link / "room.sqlite3", _mounts(tmp_path, "nfs", share))


def test_a_local_disk_below_a_share_is_local(tmp_path: Path) -> None:
    mounts = _mounts(tmp_path, "nfs", tmp_path)
    with mounts.open("a") as more:
        more.write(f"/dev/disk {tmp_path}/disk ext4 rw 0 0\n")
    refuse_network_file_system(tmp_path / "disk" / "room.sqlite3", mounts)
