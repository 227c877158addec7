"""Words of the backlog: stages, answers, and the kinds of change an item can be."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import N_

STAGES: Final[dict[str, str]] = {
    "candidate": N_("Idea"),
    "assessed": N_("Scored"),
    "testing": N_("Being tested"),
    "pilot": N_("Pilot running"),
    "adopted": N_("Adopted"),
    "stopped": N_("Stopped"),
    "parked": N_("Parked"),
}

#: A leader's answer, in words, and the heading it has on the public page.
ANSWERS: Final[dict[str, str]] = {
    "yes": N_("Yes, we’ll do it"),
    "test": N_("Yes, we’ll try it first"),
    "later": N_("Not now"),
    "no": N_("No, and why"),
}

#: After each answer, the stage the item is at.
STAGE_AFTER: Final[dict[str, str]] = {
    "yes": "pilot",
    "test": "testing",
    "later": "parked",
    "no": "stopped",
}

#: The four facets of public sector innovation (OECD OPSI).
FACETS: Final[dict[str, str]] = {
    "enhancement": N_("Enhancement"),
    "mission": N_("Mission"),
    "adaptive": N_("Adaptive"),
    "anticipatory": N_("Anticipatory"),
}
