"""The facilitator's pages: the plan before, the control room during, the results after."""

from __future__ import annotations

from workshop.web import (
    care,
    carry,
    control,
    everybody,
    patterns,
    plan,
    plan_away,
    plan_steps,
    questions,
    rehearsals,
    results,
    verdicts,
)

__all__ = [
    "care",
    "carry",
    "everybody",
    "pages",
    "patterns",
    "plan",
    "plan_away",
    "plan_steps",
    "questions",
    "rehearsals",
    "results",
    "verdicts",
]

pages = control.pages
"""One blueprint: each of the modules hangs its own routes on it."""
