"""Opening what a command works on: checked settings, and a store whose tables are up to date."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from workshop.acts.accounts import make_pass
from workshop.acts.stage import Stage
from workshop.cli.asking import Stop
from workshop.settings import Settings, SettingsError, load
from workshop.storage.store import Store
from workshop.storage.upgrade import upgrade


def settings_of(environ: Mapping[str, str]) -> Settings:
    """The checked settings.

    Raises:
        Stop: with a sentence for everything that is wrong with them.
    """
    try:
        return load(environ)
    except SettingsError as wrong:
        raise Stop(*wrong.problems) from wrong
    except OSError as error:
        # Without a key of its own the server keeps one, in a folder that it must be able to make.
        raise Stop(f"We can’t keep anything in {error.filename}: {error.strerror}.") from error


@contextmanager
def opened(environ: Mapping[str, str] = os.environ) -> Iterator[tuple[Settings, Stage]]:
    """The settings and a stage on the database they name, made or upgraded where needed.

    Raises:
        Stop, UnsafeDatabase, DatabaseUnfit: with their sentences.
    """
    settings = settings_of(environ)
    store = Store(settings.database_url)
    try:
        upgrade(store.engine)
        yield settings, Stage(store, lambda: time.time_ns() // 1_000_000)
    finally:
        store.close()


def there(database_url: str) -> bool:
    """Whether a SQLite file exists already; a server is taken to be there until it is asked."""
    file = database_url.removeprefix("sqlite:///").split("?", 1)[0]
    return not database_url.startswith("sqlite:///") or Path(file).exists()


def one_time_token() -> str:
    """The token that was given, or a fresh one put into the server's own database.

    It signs a facilitator in once, for a replay or a rehearsal.

    Raises:
        Stop: there is neither a token nor a database.
    """
    settings = settings_of(os.environ)
    if settings.token:
        return settings.token
    # A database that is not there cannot be the server's, and making one here would puzzle people.
    if not there(settings.database_url):
        raise Stop(
            "There is no database here. Start this where the server was started, or with "
            "the server’s LONGTABLE_DATABASE_URL, or with a LONGTABLE_TOKEN."
        )
    token = secrets.token_urlsafe(24)
    with opened() as (_, stage):
        stage.perform(make_pass, kind="robot", role="facilitator", token=token)
    return token
