"""What the command line prints about files: counts that anybody can check.

Each function takes a path and options and returns a dictionary (or list) that JSON can hold.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Any, Final

import numpy as np

from workshop.formats import committees, pabulib
from workshop.formats.elections import Election
from workshop.formats.files import BadFile
from workshop.formats.numbers import plain
from workshop.formats.scores import NATURAL_METHOD, ballot_marks, candidates
from workshop.rules.fairness.completion import ADD1, PHRAGMEN, phragmen, with_add1, with_phragmen
from workshop.rules.fairness.exclusion import exclusion
from workshop.rules.fairness.plain import Candidate, Key, best, ranking, within_budget
from workshop.rules.fairness.profiles import Profile, profile_of
from workshop.rules.refusals import N_

SEED: Final = "longtable"
"""Breaks what is still level after score, cost and votes; it is printed with every result."""

RAISES: Final = 1000
"""Add1 on anything but whole money raises everybody's share by their share over this."""

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
    winners = within_budget(_eligible(election, counted), election.budget, seed)[:top]
    return {
        "rule": method or NATURAL_METHOD[election.vote_type],
        "order": [one.key for one in ranking(counted, seed)],
        **_result(election, counted, [one.key for one in winners], seed),
    }


def shortlist_file(
    path: Path,
    *,
    rule: str,
    completion: str | None = None,
    top: int | None = None,
    method: str | None = None,
    seed: str = SEED,
) -> Printed:
    """Choose from a Pabulib file and say who is left out.

    Args:
        path: the `.pb` file.
        rule: "plain" (most votes first) or "equal-shares".
        completion: "add1" or "phragmen"; by default "phragmen" with `top` and "add1" without.
        top: how many projects to choose whatever they cost, None to spend the file's budget.
        method: how ballots are counted, as in `tally_file`.
        seed: breaks ties that score, cost and votes leave.

    Returns:
        `exclusion`: the share of voters without a winner, by the plain list and by this one.

    Raises:
        BadFile: the file cannot be read or not be counted that way.
    """
    election = pabulib.read(path)
    counted = candidates(election, method)
    able = _eligible(election, counted)
    plainly = [one.key for one in _plainly(able, election.budget, top, seed)]
    winners, name = plainly, "plain"
    if rule == "equal-shares":
        completion = completion or (PHRAGMEN if top else ADD1)
        winners = _equal_shares(election, able, completion, top, method, seed)
        name = f"equal-shares/{completion}"
    ballots = ballot_marks(election, method)
    lists = {"plain": plainly, "shortlist": winners}
    left_out = {which: float(exclusion(ballots, chosen)) for which, chosen in lists.items()}
    return {"rule": name, **_result(election, counted, winners, seed), "exclusion": left_out}


def committee_file(path: Path, *, rule: str, size: int) -> dict[str, list[int]]:
    """Choose `size` candidates by "av", "seqphragmen" or "equal-shares" (with Phragmén).

    Candidates that are level go by more approvals and then by number. Those without any approval
    come last, where too few others are there to fill the committee.

    Raises:
        BadFile: the profile cannot be read or has fewer candidates than `size`.
    """
    said = committees.read(path)
    if size > said.candidates:
        raise BadFile(N_("There are only %(count)s candidates."), count=said.candidates)
    costs: dict[Key, Fraction] = {number: Fraction(1) for number in range(said.candidates)}
    ballots = [dict.fromkeys(ballot, 1) for ballot in said.ballots]
    profile = profile_of(ballots, costs, seed="", by_cost=False)
    profile = replace(profile, draws=tuple(range(said.candidates)))
    chosen = _committee(profile, rule, Fraction(size))
    rest = [number for number in range(said.candidates) if number not in chosen]
    return {"winners": [*chosen, *rest][:size]}


def _committee(profile: Profile, rule: str, size: Fraction) -> list[int]:
    if rule == "equal-shares":
        # The ideas of this profile are the numbers from 0, so a key is its own place.
        return [int(key) for key in with_phragmen(profile, size).chosen]
    if rule == "seqphragmen":
        return phragmen(profile, size, np.zeros(len(profile.people)))
    return sorted(profile.supported(), key=profile.preference)


def _eligible(election: Election, counted: list[Candidate]) -> list[Candidate]:
    """Leave out projects below the score that META asks of a winner."""
    least = election.number("min_project_score_threshold")
    return [one for one in counted if least is None or one.score >= least]


def _plainly(
    able: list[Candidate], budget: Fraction, top: int | None, seed: str
) -> list[Candidate]:
    return within_budget(able, budget, seed) if top is None else best(able, top, seed)


def _equal_shares(
    election: Election,
    able: list[Candidate],
    completion: str,
    top: int | None,
    method: str | None,
    seed: str,
) -> list[Key]:
    """Choose by Equal Shares among `able`; approvals are worth a project's cost where money is."""
    costs = {one.key: one.cost if top is None else Fraction(1) for one in able}
    budget = election.budget if top is None else Fraction(top)
    approvals = (method or NATURAL_METHOD[election.vote_type]) == "approval"
    profile = profile_of(ballot_marks(election, method), costs, seed=seed, by_cost=approvals)
    if completion == PHRAGMEN:
        return list(with_phragmen(profile, budget).chosen)
    share = budget / max(profile.voters, 1)
    if top is None:
        return list(with_add1(profile, budget, Fraction(1), Fraction(floor(share))).chosen)
    return list(with_add1(profile, budget, share / RAISES, share).chosen)


def _result(
    election: Election, counted: list[Candidate], winners: Collection[Key], seed: str
) -> Printed:
    """Word the parts that every count of a file shares."""
    spent = sum((one.cost for one in counted if one.key in winners), Fraction(0))
    return {
        "winners": list(winners),
        "scores": {str(one.key): plain(Fraction(one.score)) for one in counted},
        "cost": plain(spent),
        "warnings": [remark.words() for remark in election.remarks],
        "seed": seed,
    }
