"""Opening what a command works on: checked settings, and a store whose tables are up to date."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from workshop.acts.stage import Stage
from workshop.settings import Settings, load
from workshop.storage.store import Store
from workshop.storage.upgrade import upgrade


@contextmanager
def opened(environ: Mapping[str, str] = os.environ) -> Iterator[tuple[Settings, Stage]]:
    """The settings and a stage on the database they name, made or upgraded where needed.

    Raises:
        SettingsError, UnsafeDatabase, DatabaseUnfit: with their sentences.
    """
    settings = load(environ)
    store = Store(settings.database_url)
    try:
        upgrade(store.engine)
        yield settings, Stage(store, lambda: time.time_ns() // 1_000_000)
    finally:
        store.close()
