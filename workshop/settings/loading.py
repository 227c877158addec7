"""From the environment to `Settings`: every mistake is told at once, in plain sentences."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from workshop.settings.key import folder_of, kept_key
from workshop.settings.readers import NO
from workshop.settings.table import PREFIX, ROWS, SHORTEST_KEY, Settings

FOR_TESTS: Final = ("LONGTABLE_TEST_", "LONGTABLE_REQUIRE_SERVICES")
FEWEST_LETTERS: Final = 10
ANY_ADDRESS: Final = ("0.0.0.0", "127.0.0.1", "localhost")  # noqa: S104 - compared, not bound


class SettingsError(Exception):
    """The settings are wrong; `problems` says how, one plain sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def load(environ: Mapping[str, str]) -> Settings:
    """Read, complete and check the settings. An empty variable counts as one that is not set.

    Raises:
        SettingsError: with a sentence for every setting that is wrong, not only the first.
    """
    values, problems = _read(environ)
    asked = Settings(**values)
    problems += _unfit(asked, environ) if asked.production else []
    if problems:
        raise SettingsError(problems)
    public = asked.public_url or _own(asked)[0]
    return replace(
        asked,
        secret_key=asked.secret_key or kept_key(folder_of(asked.database_url)),
        public_url=public,
        allowed_origins=asked.allowed_origins or tuple(dict.fromkeys((public, *_own(asked)))),
    )


def _read(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for name, text in sorted(environ.items()):
        if name in ROWS and text.strip():
            try:
                values[ROWS[name].name] = ROWS[name].metadata["read"](text.strip())
            except ValueError as wrong:
                problems.append(f"{name} {wrong}.")
        elif name.startswith(PREFIX) and name not in ROWS and not name.startswith(FOR_TESTS):
            problems.append(f"{name} is not a setting. {_meant(name)}")
    return values, problems


def _meant(name: str) -> str:
    """The setting that a misspelt one looks like; the prefix that all share does not count."""
    ends = [known.removeprefix(PREFIX) for known in ROWS]
    near = difflib.get_close_matches(name.removeprefix(PREFIX), ends, n=1)
    return f"Did you mean {PREFIX}{near[0]}?" if near else "docs/settings.md lists them all."


def _unfit(asked: Settings, environ: Mapping[str, str]) -> list[str]:
    """What a trial may do and a real service may not, one sentence each."""
    key, sqlite = asked.secret_key, asked.database_url.startswith("sqlite")
    debug = asked.debug or environ.get("FLASK_DEBUG", "").lower() not in {"", *NO}
    in_memory = sqlite and (asked.database_url == "sqlite:///" or "memory" in asked.database_url)
    broken = {
        f"LONGTABLE_SECRET_KEY must be {SHORTEST_KEY} characters or more, made by chance.": (
            bool(key) and weak(key)
        ),
        "LONGTABLE_SECRET_KEY must be set with PostgreSQL, the same for every process.": (
            not key and not sqlite
        ),
        "LONGTABLE_DEBUG and FLASK_DEBUG must be off in production.": debug,
        "LONGTABLE_SMTP_TLS must not be none where a password is sent.": (
            asked.smtp_tls == "none" and bool(asked.smtp_password)
        ),
        "LONGTABLE_DATABASE_URL must name a file or a server in production.": in_memory,
    }
    return [sentence for sentence, holds in broken.items() if holds]


def weak(key: str) -> bool:
    """Whether a secret key is short, or made of few different letters."""
    return len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_LETTERS


def _own(asked: Settings) -> list[str]:
    """The addresses at which a browser on this machine reaches the server, likeliest first."""
    host = f"[{asked.host}]" if ":" in asked.host else asked.host
    names = ANY_ADDRESS[1:] if host in ANY_ADDRESS else (host,)
    return [f"http://{name}:{asked.port}" for name in names]
