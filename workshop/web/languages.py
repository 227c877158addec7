"""The languages pages can be read in, and which of them a reader gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from flask import request, session
from flask_babel import get_domain, get_locale, refresh

from workshop.rules.tongues import TONGUES

READ: Final = ("en", "cy", "pl", "ar", "ur", "es", "fr", "uk", "bn")
LANGUAGES: Final[dict[str, str]] = {code: TONGUES[code] for code in READ}
"""Languages that a participant's pages can be read in, each by its own name for itself."""

ENGLISH_APART: Final = "\u2066{}\u2069"
"""A piece that is read from left to right, whatever stands around it."""

WORDS_APART: Final = "\u2068{}\u2069"
"""Somebody’s words inside a sentence of the page, read the way their first letter is read."""

RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur"})


def locale() -> str:
    """The reader's language: the one they picked, else the best of what their browser asks for."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    return request.accept_languages.best_match(list(LANGUAGES)) or "en"


def pick() -> bool:
    """Speak the language that a form names, here and in this browser from now on; False without."""
    chosen = request.form.get("language")
    if chosen not in LANGUAGES:
        return False
    session["language"] = chosen
    session.permanent = True
    refresh()
    return True


def direction(language: str) -> str:
    """Which way a language is written: "rtl" or "ltr"."""
    return "rtl" if language.partition("_")[0] in RIGHT_TO_LEFT else "ltr"


def sentences() -> dict[str, Callable[..., str]]:
    """How a template says something in the reader's language.

    The catalogue is looked up once for a page; the library looks for it at every sentence. What is
    not translated yet stays English, and is kept apart in a page that runs from right to left: its
    numbers and its full stop would change places there. So would those of what somebody wrote,
    where a sentence holds it.
    """
    catalogue = get_domain().get_translations()
    turns = direction(str(get_locale())) == "rtl"

    def placed(found: str, *english: str) -> str:
        return ENGLISH_APART.format(found) if turns and found in english else found

    def kept(values: dict[str, object]) -> dict[str, object]:
        if not turns:
            return values
        words = {name: value for name, value in values.items() if isinstance(value, str)}
        return {**values, **{name: WORDS_APART.format(value) for name, value in words.items()}}

    def one(sentence: str, **values: object) -> str:
        found = placed(catalogue.ugettext(sentence), sentence)
        return found % kept(values) if values else found

    def counted(singular: str, plural: str, num: int, **values: object) -> str:
        found = placed(catalogue.ungettext(singular, plural, num), singular, plural)
        return found % {"num": num, **kept(values)}

    return {"gettext": one, "ngettext": counted}
