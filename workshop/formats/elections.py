"""A vote as a file tells it: projects with costs, ballots, and exact numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from workshop.formats.files import Remark
from workshop.formats.numbers import exact

POINT_TYPES: Final = ("cumulative", "scoring")
"""Vote types whose ballots carry points."""

VOTE_TYPES: Final = ("approval", "choose-1", *POINT_TYPES, "ordinal")


@dataclass(frozen=True, slots=True)
class Project:
    """One project: its id, its exact cost, and every other column but the outcome, as written."""

    key: str
    cost: Fraction
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vote:
    """One ballot.

    Attributes:
        voter: the voter's id.
        choices: project ids, the most preferred first, each once.
        points: points for each choice in the same order; empty where the ballot has none.
        facts: every other column, as written.
    """

    voter: str
    choices: tuple[str, ...]
    points: tuple[Fraction, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Election:
    """A whole file.

    Attributes:
        meta: the META section, as written.
        vote_type: one of `VOTE_TYPES`.
        budget: the money to spend, exact.
        remarks: what looks odd but leaves the file readable.
    """

    meta: Mapping[str, str]
    vote_type: str
    budget: Fraction
    projects: tuple[Project, ...]
    votes: tuple[Vote, ...]
    remarks: tuple[Remark, ...] = ()

    def number(self, key: str) -> Fraction | None:
        """Return the number under `key` in META, None where the file has none.

        Raises:
            BadFile: there is something else than a number.
        """
        text = self.meta.get(key, "")
        return exact(text, what=key) if text else None
