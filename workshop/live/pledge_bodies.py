"""What the two commands about promises that people took home may carry."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerPledge:
    """What became of one's own promise, a key of `pledges.OUTCOMES`, and what helped."""

    post_id: int
    outcome: str
    helped: str = ""


@dataclass(frozen=True, slots=True)
class AskPledges:
    """From which day people are asked, as in "2026-01-16"; nothing asks nobody."""

    day: str = ""
