"""What the command line prints about files: counts that anybody can check.

Each function takes a path and options and returns a dictionary (or list) that JSON can hold.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from workshop.formats import pabulib
from workshop.formats.elections import Election
from workshop.formats.numbers import plain
from workshop.formats.scores import NATURAL_METHOD, candidates
from workshop.rules.fairness.plain import Candidate, ranking, within_budget

SEED = "longtable"
"""Breaks what is still level after score, cost and votes; it is printed with every result."""

Printed = dict[str, Any]


def tally_file(
    path: Path, *, method: str | None = None, top: int | None = None, seed: str = SEED
) -> Printed:
    """Count a Pabulib file: `order`, `scores`, and the `winners` under the file's budget.

    Args:
        path: the `.pb` file.
        method: "dots", "approval" or "ranked"; by default what fits the file's vote type.
        top: the most winners there may be, None for as many as the budget pays.
        seed: breaks ties that score, cost and votes leave.

    Raises:
        BadFile: the file cannot be read or not be counted that way.
    """
    election = pabulib.read(path)
    counted = candidates(election, method)
    winners = within_budget(eligible(election, counted), election.budget, seed)[:top]
    return {
        "rule": method or NATURAL_METHOD[election.vote_type],
        "order": [one.key for one in ranking(counted, seed)],
        "winners": [one.key for one in winners],
        **printed(election, counted, winners),
        "seed": seed,
    }


def eligible(election: Election, counted: list[Candidate]) -> list[Candidate]:
    """Leave out projects below the score that META asks of a winner."""
    least = election.number("min_project_score_threshold")
    return [one for one in counted if least is None or one.score >= least]


def printed(election: Election, counted: list[Candidate], winners: list[Candidate]) -> Printed:
    """Word the parts that every count of a file shares."""
    return {
        "scores": {str(one.key): plain(Fraction(one.score)) for one in counted},
        "cost": plain(sum((one.cost for one in winners), Fraction(0))),
        "warnings": [remark.words() for remark in election.remarks],
    }
