"""What a counted vote means: how sure it is, whom each list leaves out, and where groups agree.

Worked out once from the ballots and stored with the round; every number on a page is one of these.
"""

from __future__ import annotations

from typing import Any, Final

from workshop.rules.findings.counted import Counted
from workshop.rules.findings.lists import two_lists
from workshop.rules.findings.opinions import opinions
from workshop.rules.findings.shelves import shelves
from workshop.rules.findings.sureness import sureness

__all__ = ["VERSION", "Counted", "findings", "usual_size"]

VERSION: Final = 2
"""Raised whenever the same ballots could be read differently."""

USUAL_SIZE: Final = 5
"""How long a list is unless somebody chooses otherwise; never more than half of the ideas."""


def usual_size(ideas: int) -> int:
    """How long a list of `ideas` is where nobody chose."""
    return max(1, min(USUAL_SIZE, ideas // 2))


def findings(counted: Counted, size: int) -> dict[str, Any]:
    """Work out everything for a list of `size` ideas, as plain JSON values.

    "ideas": idea as text -> what is known of it; "line": the share at the cut; "draws": how often
    the vote was drawn anew; "plain" and "fair": the two lists; "left_out": list -> how many get
    nothing they voted for; "found": opinion groups.
    """
    sure = sureness(counted, size)
    shelf = shelves(counted, sure)
    lists = two_lists(counted, size)
    receipts = lists.pop("receipts")
    return {
        "version": VERSION,
        "size": size,
        "seed": counted.seed,
        "line": sure.line,
        "draws": sure.draws,
        "ideas": {
            str(idea): {**sure.of(idea), **shelf[idea], "receipt": receipts[idea]}
            for idea in counted.ideas
        },
        **lists,
        "found": opinions(counted),
    }
