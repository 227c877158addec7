"""What was acknowledged survives a power cut, and a database that does not wait would lose it."""

from __future__ import annotations

import random

import pytest

from tests.faults.recorder import SECTOR, Disk, Event
from tests.faults.table import short


def test_no_acknowledged_command_is_lost_wherever_the_power_is_cut() -> None:
    figures = short("power_cut")
    assert figures["wrong"] == [], figures
    assert figures["lost with synchronous=NORMAL"] > 0


def test_a_disk_forgets_what_was_never_synced() -> None:
    disk = Disk()
    for event in (
        Event("write", "a", 0, b"safe"),
        Event("sync", "a"),
        Event("write", "a", 0, b"gone"),
        Event("write", "b", 0, b"gone"),
        Event("sync", "c"),
    ):
        disk.take(event)
    assert disk.after_a_cut(None) == {"a": b"safe"}


def test_a_truncation_is_safe_once_its_file_is_synced() -> None:
    disk = Disk({"a": b"1234"})
    disk.take(Event("truncate", "a", 2))
    assert disk.after_a_cut(None) == {"a": b"1234"}
    disk.take(Event("sync", "a"))
    assert disk.after_a_cut(None) == {"a": b"12"}


def test_a_deletion_is_safe_once_the_folder_is_synced_with_a_new_file() -> None:
    disk = Disk({"a": b"1234"})
    disk.take(Event("delete", "a"))
    assert disk.after_a_cut(None) == {"a": b"1234"}
    disk.take(Event("write", "b", 0, b"5678"))
    disk.take(Event("sync", "b"))
    assert disk.after_a_cut(None) == {"b": b"5678"}


@pytest.mark.parametrize("seed", range(5))
def test_a_torn_write_leaves_whole_sectors_old_or_new(seed: int) -> None:
    disk = Disk({"a": b"-" * 4 * SECTOR})
    disk.take(Event("write", "a", 0, b"+" * 4 * SECTOR))
    left = disk.after_a_cut(random.Random(seed))["a"]
    sectors = {left[start : start + SECTOR] for start in range(0, len(left), SECTOR)}
    assert sectors <= {b"-" * SECTOR, b"+" * SECTOR}
    assert len(left) == 4 * SECTOR
