"""The languages pages can be read in, and which of them a reader gets."""

from __future__ import annotations

from typing import Final

from flask import request, session

LANGUAGES: Final[dict[str, str]] = {"en": "English"}
"""Each language by its own name for itself."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def locale() -> str:
    """The reader's language: the one they picked, else the best of what their browser asks for."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def direction(language: str) -> str:
    """Which way a language is written: "rtl" or "ltr"."""
    return "rtl" if language.partition("_")[0] in RIGHT_TO_LEFT else "ltr"
