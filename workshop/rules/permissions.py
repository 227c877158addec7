"""Which groups may write or vote at a step. A step keeps their names in their usual order."""

from __future__ import annotations

from collections.abc import Collection
from itertools import combinations
from typing import Final

from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES

EVERYBODY: Final = " ".join(VOICES)
KEPT: Final[tuple[str, ...]] = tuple(
    " ".join(groups) for size in range(len(VOICES) + 1) for groups in combinations(VOICES, size)
)
"""Every choice of groups there is, nobody included. The database refuses anything else."""


def kept(groups: Collection[str]) -> str:
    """The form in which a step keeps a choice of groups.

    Raises:
        Refused: `unknown_group` for a name that is no group with a voice.
    """
    if not set(groups) <= set(VOICES):
        raise Refused("unknown_group")
    return " ".join(group for group in VOICES if group in groups)


def named(choice: str) -> tuple[str, ...]:
    """The groups of a choice, in their usual order."""
    return tuple(choice.split())


def includes(choice: str, group: str) -> bool:
    """Whether people of `group` are among those chosen."""
    return group in choice.split()


def may_write(choice: str, group: str) -> None:
    """Raise `Refused("others_write")` unless people of `group` may write at this step."""
    if not includes(choice, group):
        raise Refused("others_write")


def may_vote(choice: str, group: str) -> None:
    """Raise `Refused("others_vote")` unless people of `group` may vote at this step."""
    if not includes(choice, group):
        raise Refused("others_vote")
