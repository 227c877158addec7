"""PrefLib rankings: .soc and .soi (strict), .toc and .toi (with ties), complete or not.

Source of the format: https://preflib.github.io/PrefLib-Jekyll/format. Both generations are read:
the one with "# NUMBER ALTERNATIVES: 4" and "8: 1,{2,3}", and the older one that starts with the
number of alternatives and writes "8,1,{2,3}".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from workshop.formats.files import BadFile, Format, Remark, read_text
from workshop.rules.refusals import N_

FORMAT: Final = Format(
    N_("PrefLib rankings"), suffix=".soc .soi .toc .toi", reads=True, writes=False
)

MOST_ALTERNATIVES: Final = 1000
"""A pairwise table of more would be of no use to anybody, and it grows with the square."""

LEVEL: Final = r"\s*(?:\{[\d\s,]*\}|\d+)\s*"
ORDER: Final = re.compile(f"{LEVEL}(?:,{LEVEL})*")
LEVELS: Final = re.compile(r"\{([^{}]*)\}|(\d+)")

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Rankings:
    """A profile of orders.

    Attributes:
        names: alternative -> its name, from 1.
        orders: (alternative -> place from 1, ties share one; people who ranked like this).
        remarks: published counts that disagree with the orders.
    """

    names: Mapping[int, str]
    orders: tuple[tuple[Mapping[int, int], int], ...]
    remarks: tuple[Remark, ...]


def read(path: Path) -> Rankings:
    """Read a file of rankings.

    Raises:
        BadFile: with the line, where it is none.
    """
    lines = [
        (number, line.strip())
        for number, line in enumerate(read_text(path).splitlines(), 1)
        if line.strip()
    ]
    if not lines:
        raise BadFile(N_("%(file)s is empty."), line=1, file=path.name)
    modern = lines[0][1].startswith("#")
    names, voters, rows = _modern_head(lines) if modern else _older_head(lines)
    orders = tuple(_orders(rows, len(names), ":" if modern else ","))
    counted = sum(people for _, people in orders)
    remarks = []
    if voters is not None and voters != counted:
        remarks.append(
            Remark(
                N_("The file says %(said)s people voted, but we counted %(found)s."),
                {"said": voters, "found": counted},
            )
        )
    return Rankings(names, orders, tuple(remarks))


def _modern_head(lines: Sequence[Line]) -> tuple[dict[int, str], int | None, Sequence[Line]]:
    """Return the names, the published number of voters and the lines of orders."""
    facts = {}
    for number, line in lines:
        if line.startswith("#"):
            key, _, value = line.lstrip("# ").partition(":")
            facts[key.strip().upper()] = (number, value.strip())
    if "NUMBER ALTERNATIVES" not in facts:
        raise BadFile(N_("The number of alternatives is missing."), line=lines[0][0])
    count = _alternatives(*facts["NUMBER ALTERNATIVES"])
    names = {
        alternative: facts.get(f"ALTERNATIVE NAME {alternative}", (0, str(alternative)))[1]
        for alternative in range(1, count + 1)
    }
    voters = _whole(*facts["NUMBER VOTERS"]) if "NUMBER VOTERS" in facts else None
    return names, voters, [line for line in lines if not line[1].startswith("#")]


def _older_head(lines: Sequence[Line]) -> tuple[dict[int, str], int | None, Sequence[Line]]:
    count = _alternatives(*lines[0])
    if len(lines) < count + 2:
        raise BadFile(N_("The list of alternatives ends too soon."), line=lines[-1][0])
    names = {
        alternative: line.partition(",")[2].strip() or str(alternative)
        for alternative, (_, line) in enumerate(lines[1 : count + 1], 1)
    }
    number, totals = lines[count + 1]
    return names, _whole(number, totals.split(",")[0]), lines[count + 2 :]


def _orders(
    lines: Sequence[Line], alternatives: int, separator: str
) -> Iterator[tuple[Mapping[int, int], int]]:
    for number, line in lines:
        people, _, order = line.partition(separator)
        if not ORDER.fullmatch(order):
            raise BadFile(N_("We can’t read this order."), line=number)
        places: dict[int, int] = {}
        for place, (level, single) in enumerate(LEVELS.findall(order), 1):
            for text in filter(str.strip, (level or single).split(",")):
                alternative = _whole(number, text)
                if alternative in places or not 1 <= alternative <= alternatives:
                    raise BadFile(
                        N_("Alternative %(name)s is named twice or isn’t in the list."),
                        line=number,
                        name=alternative,
                    )
                places[alternative] = place
        yield places, _whole(number, people)


def _alternatives(line: int, text: str) -> int:
    count = _whole(line, text)
    if not 1 <= count <= MOST_ALTERNATIVES:
        raise BadFile(
            N_("We count from 1 to %(most)s alternatives."), line=line, most=MOST_ALTERNATIVES
        )
    return count


def _whole(line: int, text: str) -> int:
    if not text.strip().isdecimal():
        raise BadFile(N_("“%(text)s” isn’t a whole number."), line=line, text=text.strip()[:40])
    return int(text)
