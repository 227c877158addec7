"""What each field of a backlog item may hold when it is read from a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeGuard

from workshop.rules.backlog import ANSWERS, FACETS, STAGES
from workshop.rules.roles import BY_FILE
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.risk import REVERSIBILITY

SPREADS: Final = ("reward", "risk", "still")
LISTS: Final = ("gates", "needs")

LARGEST: Final = 2**53
"""Beyond it, programs that read JSON no longer agree on whole numbers."""

_TABLES: Final[Mapping[str, Mapping[str, object]]] = {
    "advice": ADVICE,
    "facet": FACETS,
    "reversibility": REVERSIBILITY,
    "stage": STAGES,
    "answer": ANSWERS,
    "figures": BY_FILE,
}


def fits(name: str, value: object) -> bool:
    """Whether `value`, as JSON gives it, may stand in field `name` of a `BacklogRow`."""
    if name in _TABLES:
        return isinstance(value, str) and (not value or value in _TABLES[name])
    return CHECKS.get(name, _is_text)(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> TypeGuard[float]:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return 0 <= value < LARGEST


def _is_whole(value: object) -> TypeGuard[int]:
    return type(value) is int and _is_number(value)


def _is_chance(value: object) -> bool:
    return _is_number(value) and value <= 1


def _is_level(value: object) -> bool:
    return _is_whole(value) and value <= 5


def _is_spread(value: object) -> bool:
    if not isinstance(value, dict) or value.keys() != {"p10", "p50", "p90"}:
        return False
    three = [value["p10"], value["p50"], value["p90"]]
    return all(map(_is_number, three)) and three == sorted(three) and three[-1] <= 100


def _is_votes(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_whole, value.values()))


def _is_list(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_gates(value: object) -> bool:
    return _is_list(value) and set(value) <= GATES.keys()


def _or_none(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


CHECKS: Final[Mapping[str, Callable[[object], bool]]] = {
    "number": _is_whole,
    "votes": _is_votes,
    "supporters": _or_none(_is_whole),
    **dict.fromkeys(SPREADS, _or_none(_is_spread)),
    "p_reward": _or_none(_is_chance),
    "evpi": _or_none(_is_number),
    "evidence": _or_none(_is_level),
    "effort": _or_none(_is_number),
    "gates": _is_gates,
    "needs": _is_list,
}
"""How to look at a field; every field without a check of its own holds text."""
