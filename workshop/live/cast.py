"""What goes with a ballot: that one is done, and the whole of it, as a secret vote takes it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetMark:
    """An absolute mark on an idea, None for no answer. `method`: how the page says to vote."""

    idea_id: int
    value: int | None
    method: str = ""


@dataclass(frozen=True, slots=True)
class CastBallot:
    """The ideas on it, and in the same order the mark on each, or nothing."""

    idea_ids: list[int]
    values: list[int]
    method: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPair:
    """The pair that one is asked, and the better of the two; None where one cannot say."""

    left_id: int
    right_id: int
    better_id: int | None


@dataclass(frozen=True, slots=True)
class PairBack:
    """The pair whose answer is taken back."""

    left_id: int
    right_id: int


@dataclass(frozen=True, slots=True)
class Ideas:
    """Ideas that were on the sender's screen."""

    idea_ids: list[int]


@dataclass(frozen=True, slots=True)
class FirstIdeas:
    """A round whose ideas that too few have seen are shown first to everybody else."""

    round_id: int


@dataclass(frozen=True, slots=True)
class RaiseBudget:
    """A round, and how many votes everybody has in it from now on."""

    round_id: int
    budget: int


@dataclass(frozen=True, slots=True)
class Done:
    """Whether one is done voting."""

    done: bool
