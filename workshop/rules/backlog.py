"""Words of the backlog: stages, answers, and the kinds of change an item can be."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import N_
from workshop.rules.wording import LIMITS

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

#: The stage an item moves on to once its outcome is done. A finished test waits for an answer.
STAGE_DONE: Final[dict[str, str]] = {"pilot": "adopted"}

#: The four facets of public sector innovation (OECD OPSI).
FACETS: Final[dict[str, str]] = {
    "enhancement": N_("Enhancement"),
    "mission": N_("Mission"),
    "adaptive": N_("Adaptive"),
    "anticipatory": N_("Anticipatory"),
}

#: The lines of an item's history, in the past tense.
ITEM_MOMENTS: Final[dict[str, str]] = {
    "promoted": N_("Taken into the backlog"),
    "brought": N_("Came in a file"),
    "edited": N_("Facts changed"),
    "assessed": N_("Scored"),
    "scoring": N_("Scoring moved on"),
    "decided": N_("Answered"),
    "outcome": N_("News for everybody"),
    "staged": N_("Moved on"),
    "test.planned": N_("Test planned"),
    "test.ended": N_("Test ended"),
    "pilot.planned": N_("Pilot planned"),
    "pilot.ended": N_("Pilot ended"),
    "evidence": N_("Evidence added"),
    "talk": N_("Talked about"),
    "needs": N_("Needs changed"),
    "matched": N_("Offer looked at"),
    "covered": N_("A need is covered"),
    "lead.asked": N_("A partner asked to lead it"),
    "lead.agreed": N_("A partner leads it"),
    "lead.declined": N_("A partner’s wish declined"),
    "lead.ended": N_("A partner leads it no longer"),
}


def stage_after(was: str, answer: str) -> str:
    """The stage of an item once it has this answer; what is adopted stays so at a further yes."""
    return was if (was, answer) == ("adopted", "yes") else STAGE_AFTER[answer]


def headline(text: str) -> str:
    """The first line of an idea, as the title of its item; cut between words where it is long."""
    line = text.split("\n", 1)[0]
    limit = LIMITS["title"]
    if len(line) <= limit:
        return line
    whole, _, _ = line[: limit - 1].rpartition(" ")
    return f"{whole or line[: limit - 1]}…"
