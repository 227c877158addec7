"""Ways of voting. `METHODS` is the whole list; pages, forms and files ask it and nothing else."""

from __future__ import annotations

from typing import Final

from workshop.rules.voting.approval import Approval
from workshop.rules.voting.ballots import (
    Ballot,
    Exposures,
    GroupCount,
    RoundRule,
    Standing,
    Tally,
)
from workshop.rules.voting.dots import Dots
from workshop.rules.voting.method import Method
from workshop.rules.voting.pairwise import Pairwise
from workshop.rules.voting.ranked import Ranked
from workshop.rules.voting.score import Score
from workshop.rules.voting.sweep import Sweep

__all__ = [
    "METHODS",
    "Ballot",
    "Exposures",
    "GroupCount",
    "Method",
    "RoundRule",
    "Standing",
    "Tally",
]

METHODS: Final[dict[str, Method]] = {
    "dots": Dots(),
    "approval": Approval(),
    "score": Score(),
    "ranked": Ranked(),
    "pairwise": Pairwise(),
    "sweep": Sweep(),
}
