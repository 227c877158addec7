"""Print whether what is promised of few votes comes true: `python -m tests.load.fairness`.

The figures of docs/fairness.md. Seeds are fixed, so that anybody gets the same.
"""

from __future__ import annotations

import sys
from math import sqrt
from typing import Final

from tests.rules.fairness.simulated import TASTES, come_true, covered, evenings

ROOMS: Final = (12, 30, 100)
SPREADS: Final = (0.5, 1.0)
METHODS: Final = ("dots", "approval", "score", "ranked", "sweep")
IDEAS: Final = 200_000
NIGHTS: Final = 200
EVENINGS: Final = 2_000


def say(*cells: object) -> None:
    """Print a row of a table, at once: a whole run takes minutes."""
    sys.stdout.write(" | ".join(map(str, cells)) + "\n")
    sys.stdout.flush()


def intervals() -> None:
    """The 90 % interval, for ideas of every kind."""
    for name, taste in TASTES.items():
        for people in ROOMS:
            say("interval", name, people, f"{100 * covered(people, taste, IDEAS):.1f} %")


def bands() -> None:
    """Places that were said to be at least 80 % sure."""
    for method in METHODS:
        for spread in SPREADS:
            for people in ROOMS:
                said, right = come_true(method, people, spread, NIGHTS)
                share = f"{100 * right / said:.1f} %" if said else "never said"
                say("in", method, spread, people, said, share)


def gems() -> None:
    """A good idea, posted first or in the last two minutes."""
    first, late = evenings(EVENINGS, late=False), evenings(EVENINGS, late=True)
    for name, found in (("first", first), ("late", late)):
        say("gem", name, EVENINGS, found.listed, found.survived, found.too_few)
    for part in ("listed", "survived"):
        shares = [getattr(found, part) / EVENINGS for found in (first, late)]
        error = sqrt(sum(share * (1 - share) / EVENINGS for share in shares))
        say("gem", part, f"late - first {shares[1] - shares[0]:+.4f}", f"2 se {2 * error:.4f}")


def main() -> None:
    """Run all three."""
    intervals()
    gems()
    bands()


if __name__ == "__main__":
    main()
