"""The languages pages can be read in, and which of them a reader gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import request, session
from flask_babel import get_domain

from workshop.rules.tongues import TONGUES

READ: Final = ("en", "cy", "pl", "ar", "ur", "es", "fr", "uk", "bn")
LANGUAGES: Final[dict[str, str]] = {code: TONGUES[code] for code in READ}
"""Languages that a participant's pages can be read in, each by its own name for itself."""

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


def sentences() -> dict[str, Callable[..., str]]:
    """How a template says something in the reader's language.

    The catalogue is looked up once for a page; the library looks for it at every sentence.
    """
    catalogue = get_domain().get_translations()

    def one(sentence: str, **values: object) -> str:
        found: str = catalogue.ugettext(sentence)
        return found % values if values else found

    def counted(singular: str, plural: str, num: int, **values: object) -> str:
        found: str = catalogue.ungettext(singular, plural, num)
        return found % {"num": num, **values}

    return {"gettext": one, "ngettext": counted}
