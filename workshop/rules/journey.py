"""The way through a service: its parts, how each moment felt, and what that adds up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.rules.fairness.folding import OTHERS, folding, showable
from workshop.rules.refusals import N_, Refused
from workshop.rules.roles import VOICES
from workshop.rules.wording import LIMITS, clean

FEELINGS: Final[Mapping[int, str]] = {
    1: N_("Very bad"),
    2: N_("Bad"),
    3: N_("In between"),
    4: N_("Good"),
    5: N_("Very good"),
}
"""How a moment felt, worst first."""

LEGS: Final = (N_("Before"), N_("Going in"), N_("While there"), N_("Going home"), N_("After"))
"""The parts a line starts with; the facilitator names them anew."""

FEWEST_LEGS: Final = 2
MOST_LEGS: Final = 7

Tally = Mapping[tuple[int, str, int], int]
"""(leg, group, feeling) -> how many moments."""


def felt(feeling: int) -> int:
    """Return `feeling` where the scale has it.

    Raises:
        Refused: `unknown_choice`.
    """
    if feeling not in FEELINGS:
        raise Refused("unknown_choice")
    return feeling


def parts(lines: str) -> list[str]:
    """The names of the parts of a line, from a text with one on each line.

    Raises:
        Refused: `few_legs`, `many_legs`, `leg_taken`, or what `clean` refuses.
    """
    titles = [clean(line, LIMITS["leg"]) for line in lines.splitlines() if line.strip()]
    if len(titles) < FEWEST_LEGS:
        raise Refused("few_legs", least=FEWEST_LEGS)
    if len(titles) > MOST_LEGS:
        raise Refused("many_legs", most=MOST_LEGS)
    if len({title.casefold() for title in titles}) < len(titles):
        raise Refused("leg_taken")
    return titles


def matched(old: Sequence[tuple[int, str]], titles: Sequence[str]) -> list[int | None]:
    """Say which old part each new title is: the one of that name, else the one in its place.

    A part that keeps its name keeps its moments wherever it goes, and a part whose name is new is
    the renamed one that stood there. None is a part that is wholly new.
    """
    by_title = {title: number for number, title in old}
    kept = [by_title.get(title) for title in titles]
    taken = set(kept)
    for place, number in enumerate(kept):
        there = old[place][0] if place < len(old) else None
        if number is None and there is not None and there not in taken:
            kept[place] = there
            taken.add(there)
    return kept


@dataclass(frozen=True, slots=True)
class Curve:
    """How the way felt to one group (or to everybody), leg by leg.

    `means` holds the mean feeling of each leg, 1 to 5, or None where too few moments stand there.
    """

    group: str
    means: tuple[float | None, ...]


def room_curve(tally: Tally, legs: Sequence[int]) -> Curve:
    """The mean feeling of everybody's moments, leg by leg."""
    return Curve("", tuple(_mean(felt_on(tally, leg)) for leg in legs))


def group_curves(tally: Tally, legs: Sequence[int], people: Mapping[str, int]) -> tuple[Curve, ...]:
    """The same by group, small groups folded and small cells left out as METHODS 3 asks.

    A group's size is the number of its people who placed a moment (`people`), and never more than
    its moments: which moments are one person's is not known, so it folds rather too early.
    """
    counted = {group: _of(tally, {group}) for group in VOICES}
    sizes = {group: min(people.get(group, 0), counted[group]) for group in VOICES if counted[group]}
    names = folding(sizes)
    shown = [name for name in (*VOICES, OTHERS) if name in names.values()]
    cells = [_cells(tally, leg, names) for leg in legs]
    return tuple(Curve(name, tuple(cell.get(name) for cell in cells)) for name in shown)


def _cells(tally: Tally, leg: int, names: Mapping[str, str]) -> dict[str, float | None]:
    """The mean of each shown group on one leg, without those that may not be told."""
    together = {
        name: felt_on(tally, leg, {group for group, shown in names.items() if shown == name})
        for name in set(names.values())
    }
    seen = showable({name: sum(felt.values()) for name, felt in together.items()})
    return {name: _mean(together[name]) for name in seen}


def felt_on(tally: Tally, leg: int, groups: set[str] | None = None) -> dict[int, int]:
    """How many moments of a leg felt each way, of some groups or of all."""
    found = dict.fromkeys(FEELINGS, 0)
    for (on, group, feeling), count in tally.items():
        if on == leg and (groups is None or group in groups):
            found[feeling] += count
    return found


def _of(tally: Tally, groups: set[str]) -> int:
    return sum(count for (_, group, _), count in tally.items() if group in groups)


def _mean(felt_so: Mapping[int, int]) -> float | None:
    count = sum(felt_so.values())
    return sum(feeling * n for feeling, n in felt_so.items()) / count if count else None
