"""What a card says beside its first sentence: the smaller questions, and how answers are kept.

Each question is one field of a form, so a phone sends plain words and no row has to be built by a
script. Who does what, and what an idea needs, are kept as pairs of words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Protocol

from workshop.rules.refusals import N_

Pairs = tuple[tuple[str, str], ...]
"""Two words that belong together, several times: (who, does what) or (need, more about it)."""

EVIDENCE: Final[dict[str, str]] = {
    "seen": N_("I’ve seen it myself"),
    "told": N_("Somebody told me"),
    "numbers": N_("There are numbers"),
}
"""How somebody knows of a problem, as they say it."""

EVIDENCE_TOLD: Final[dict[str, str]] = {
    "seen": N_("Seen at first hand"),
    "told": N_("Heard from somebody"),
    "numbers": N_("There are numbers"),
}
"""The same, as others read it."""

NEEDS: Final[dict[str, str]] = {
    "skill": N_("A skill"),
    "time": N_("Time"),
    "room": N_("A room"),
    "kit": N_("Kit"),
    "data": N_("Data"),
    "trust": N_("Trust"),
    "money": N_("Money"),
}
"""What an idea may need, as it is asked: money is a consequence and comes last."""

DOERS: Final = (1, 2, 3)
"""How many people or groups a card has room for."""

DOES_FIELDS: Final = tuple(f"{part}_{n}" for n in DOERS for part in ("who", "does"))
NEED_FIELDS: Final = tuple(f"need_{need}" for need in NEEDS)

WORDS: Final = ("better_for", "affected", "often", "better", "source")
"""Smaller questions with an answer of their own in words."""

QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "problem": ("affected", "often", "evidence", "source", "better"),
    "idea": ("better_for", *DOES_FIELDS, *NEED_FIELDS),
}
"""The smaller questions of each kind of card, in the order in which they are asked."""

LIMIT_OF: Final[dict[str, str]] = {
    **{name: name for name in WORDS},
    **{name: name.partition("_")[0] for name in (*DOES_FIELDS, *NEED_FIELDS)},
}
"""The line of `wording.LIMITS` that bounds each answer in words."""


def does_of(given: Mapping[str, str]) -> Pairs:
    """(who, does what) from the fields of a form; a row that says nothing is left out."""
    rows = ((given.get(f"who_{n}", ""), given.get(f"does_{n}", "")) for n in DOERS)
    return tuple(row for row in rows if any(row))


def needs_of(given: Mapping[str, str]) -> Pairs:
    """(need, more about it) from the fields of a form, in the order of `NEEDS`."""
    rows = ((need, given.get(f"need_{need}", "")) for need in NEEDS)
    return tuple(row for row in rows if row[1])


def fields_of(does: Pairs, needs: Pairs) -> dict[str, str]:
    """The fields of a form from what a card keeps: what `does_of` and `needs_of` undo."""
    found = dict.fromkeys((*DOES_FIELDS, *NEED_FIELDS), "")
    for n, (who, what) in zip(DOERS, does, strict=False):
        found |= {f"who_{n}": who, f"does_{n}": what}
    return found | {f"need_{need}": words for need, words in needs if need in NEEDS}


STANCES: Final[dict[str, str]] = {
    "for": N_("I like it"),
    "concern": N_("I’m worried"),
    "build": N_("I’d add"),
}
"""How somebody speaks of an idea."""


class Card(Protocol):
    """A post as it is stored or as it is shown."""

    @property
    def text(self) -> str:
        """Its first sentence."""

    @property
    def does(self) -> Pairs:
        """Who does what."""

    @property
    def needs(self) -> Pairs:
        """What it needs."""


def everything(card: Card) -> tuple[str, ...]:
    """All that somebody wrote on a card, piece by piece."""
    pairs = (word for pair in card.does for word in pair)
    return (
        card.text,
        *(getattr(card, name) for name in WORDS),
        *pairs,
        *(words for _, words in card.needs),
    )
