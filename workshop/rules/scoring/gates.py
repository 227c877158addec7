"""Gates: what no reward can offset. A closed gate says "stop until fixed" and names why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from workshop.rules.refusals import N_
from workshop.rules.scoring.assessment import ItemFacts
from workshop.rules.scoring.harm import Risks

GATES: Final[dict[str, str]] = {
    "unlawful": N_("It would break the law as it is described."),
    "safeguarding": N_("Somebody could come to lasting harm. That has to be made safe first."),
    "legal": N_("It could break the law or let out private data. That has to be fixed first."),
    "worse_off": N_("One group would be worse off, and nothing makes it right for them yet."),
    "no_owner": N_("Nobody owns it yet."),
}
"""Why an idea has to stop, by code, in the order in which they are named."""

GUARDED: Final = ("safeguarding", "legal")
"""Factors that close a gate; their keys are the codes of the gates they close."""

WORST_IMPACT: Final = 5
LEAST_BAND: Final = 2


def closed_gates(facts: ItemFacts, risks: Iterable[Risks]) -> tuple[str, ...]:
    """Codes of the gates that are closed, in the order of `GATES`; empty when all are open.

    `risks` holds each assessor's answers: one of them seeing lasting harm is enough to stop and
    look, because a median would outvote the person who knows. A fact that a file does not carry
    (`owned` is None) closes nothing.
    """
    factors = {
        key
        for answers in risks
        for key in GUARDED
        if key in answers
        and answers[key].impact >= WORST_IMPACT
        and answers[key].band >= LEAST_BAND
    }
    closed = {
        "unlawful": facts.unlawful,
        "worse_off": bool(facts.worse_off.strip()) and not facts.remedy.strip(),
        "no_owner": facts.owned is False,
    }
    return tuple(code for code in GATES if code in factors or closed.get(code, False))
