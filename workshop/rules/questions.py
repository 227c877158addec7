"""How a problem becomes a question: "How might we ...?"."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from workshop.rules.refusals import N_
from workshop.rules.wording import LIMITS

HOW_MIGHT_WE: Final = N_("How might we %(better)s?")
CHANGE_THIS: Final = N_("How might we change this: %(problem)s?")
ENDS: Final = " .!?…"


def suggest(problems: Iterable[tuple[str, str]], translate: Callable[[str], str] = str) -> str:
    """A first wording for a question about `problems`, each (its words, what better would be).

    What somebody said would be better is the best beginning, because it leaves the answer open.
    It is a suggestion only: a person reads it and changes it. Empty where there is no problem.
    """
    said = list(problems)
    wishes = (" ".join(better.split()).strip(ENDS) for _, better in said)
    wished = next((wish for wish in wishes if wish), "")
    if wished:
        return _fit(translate(HOW_MIGHT_WE), "better", _begin_small(wished))
    text = next((text for text, _ in said), "")
    return _fit(translate(CHANGE_THIS), "problem", text) if text else ""


def _fit(sentence: str, place: str, words: str) -> str:
    room = LIMITS["question"] - len(sentence % {place: ""})
    bare = " ".join(words.split()).strip(ENDS)
    return sentence % {place: bare if len(bare) <= room else bare[: room - 1] + "…"}


def _begin_small(words: str) -> str:
    """Its first letter small, unless the word is a name for itself, such as GP or I."""
    first = words.split(maxsplit=1)[0]
    named = first == "I" or first[1:2].isupper() or "’" in first[:2]
    return words if named else words[0].lower() + words[1:]
