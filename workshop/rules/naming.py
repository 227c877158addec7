"""Whether words seem to name somebody, so that their writer can be asked to think again.

It is a hint and never a rule: a guess from signs that look alike in many languages. A title before
a capital, "my" and who somebody is to me before a capital, an email address, a telephone number, a
number such as a health service gives. The patterns are written so that Python and the browser read
them alike (`PATTERNS` goes to the page as it is).
"""

from __future__ import annotations

import re
from typing import Final

from workshop.rules.refusals import N_

CAPITAL: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŢŤŪŮŰŲŴŶŹŻŽȘȚΆΈ-ΏΑ-ΫЀ-Я"
"""Capitals of the alphabets that have any: Latin, Greek and Cyrillic."""

TITLES: Final = (
    *("Dr", "Doctor", "Mr", "Mrs", "Ms", "Miss", "Mx", "Prof", "Professor", "Nurse", "Sister"),
    *("Matron", "Sir", "Dame", "Lord", "Lady", "Rev", "Fr", "Councillor", "Cllr", "Officer"),
    *("Herr", "Frau", "Hr", "Fru", "Mme", "Mlle", "Monsieur", "Madame", "Señor", "Señora"),
    *("Sr", "Sra", "Srta", "Don", "Doña", "Senhor", "Senhora", "Dott", "Signor", "Signora"),
    *("Pan", "Pani", "Pane", "Paní", "Dhr", "Mevr", "Bay", "Bayan", "Syr", "Nyrs", "Meddyg"),
    *("Доктор", "Др", "Пан", "Пані", "Господин", "Госпожа", "Κύριος", "Κυρία"),
)
"""What stands before a name, in a dozen languages, each with or without a full stop."""

OWN: Final = (
    *("my", "our", "his", "her", "their", "the", "fy", "ein", "ma", "mon", "mi"),
    *("mein", "meine", "mój", "moja", "мій", "моя"),
)
KIN: Final = (
    *("nurse", "doctor", "gp", "carer", "midwife", "therapist", "consultant", "surgeon"),
    *("receptionist", "teacher", "manager", "boss", "officer", "caseworker", "social worker"),
    *("key worker", "support worker", "neighbour", "friend", "partner", "husband", "wife"),
    *("mum", "mam", "mother", "dad", "father", "son", "daughter", "brother", "sister"),
    *("aunt", "uncle", "nan", "gran", "grandad", "nyrs", "meddyg", "infirmière", "médecin"),
    *("enfermera", "médico", "pielęgniarka", "lekarz", "медсестра", "лікар"),
)
"""Who somebody is to me; a capital right after it is likely their name."""

NO_NAMES: Final = ("I", "NHS", "GP", "A")
"""Capitals that follow such words without being anybody's name."""

_NAME = rf"(?!(?:{'|'.join(NO_NAMES)})(?![^\s.,;:!?]))[{CAPITAL}]"
_START = r"(?:^|[\s(\"'“‘«,.;:/-])"

PATTERNS: Final[dict[str, tuple[str, ...]]] = {
    "name": (
        rf"{_START}(?:{'|'.join(TITLES)})\.?\s+{_NAME}",
        rf"{_START}(?:{'|'.join((*OWN, *map(str.title, OWN)))})\s+(?:{'|'.join(KIN)}),?\s+{_NAME}",
    ),
    "address": (r"[^\s@<>()]{1,64}@[^\s@<>()]{1,64}\.[^\s@<>().]{2}",),
    "number": (
        r"(?:^|[^\d.,£$€])(?!\d{4}-\d\d-\d\d)(?:\+|00)?\(?\d(?:[ \-/().]{0,2}\d){8,14}(?!\d)",
    ),
}
"""The signs, by what they hint at. Every repetition is bounded, so none can be made slow."""

#: What the writer reads, by what the signs hint at; the first that fits is enough.
HINTS: Final[dict[str, str]] = {
    "name": N_("Does this name somebody? Please leave names out if you can."),
    "address": N_("This looks like an email address. Please leave it out if you can."),
    "number": N_("This looks like somebody’s number. Please leave it out if you can."),
}

_COMPILED: Final = {
    kind: tuple(re.compile(pattern) for pattern in patterns) for kind, patterns in PATTERNS.items()
}


def names_somebody(text: str) -> str:
    """What the words seem to give away: "name", "address" or "number"; "" where nothing."""
    return next(
        (
            kind
            for kind, patterns in _COMPILED.items()
            if any(pattern.search(text) for pattern in patterns)
        ),
        "",
    )
