"""Backlog rows for the export tests: one full, one bare, any at all, and traps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from hypothesis import strategies as st

from workshop.formats.rows import BacklogRow, Value, columns
from workshop.rules.backlog import ANSWERS, FACETS, STAGES
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.scoring.simulation import Spread

FULL = BacklogRow(
    number=14,
    title="One yearly check-up",
    code="B2",
    wording="Eyes, feet and bloods on the same day",
    problem="I take three mornings off work",
    service="Living well with diabetes",
    workshop="Harbour, workshop 2",
    votes={"citizen": 22, "staff": 10, "others": 5},
    supporters=24,
    reward=Spread(64, 73.04, 80),
    risk=Spread(25, 34, 43),
    still=Spread(40, 47, 55),
    p_reward=0.964,
    evpi=0.1,
    advice="bold",
    gates=(),
    facet="mission",
    evidence=2,
    reversibility="weeks",
    effort=8.0,
    owner="Tomasz",
    needs=("Eye camera", "A lift"),
    stage="pilot",
    answer="test",
    answer_by="2027-01-16",
)
BARE = BacklogRow(number=1, title="One letter")

TRAPS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\uff1d1+1",
    "\uff0b1",
    "\uff0d1",
    "\uff201",
    "  =1+1",
    "\u200b=1+1",
    "\u00a0@x",
    "\x00=1",
    "=cmd|' /C calc'!A0",
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
points = st.floats(0, 100)
spreads = st.lists(points, min_size=3, max_size=3).map(lambda three: Spread(*sorted(three)))
counts = st.integers(0, 10**6)


def maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


def one_of_table(table: Mapping[str, object]) -> st.SearchStrategy[str]:
    return st.sampled_from(["", *table])


rows = st.builds(
    BacklogRow,
    number=counts,
    title=words,
    code=words,
    wording=words,
    problem=words,
    service=words,
    workshop=words,
    votes=st.dictionaries(words, counts, max_size=4),
    supporters=maybe(counts),
    reward=maybe(spreads),
    risk=maybe(spreads),
    still=maybe(spreads),
    p_reward=maybe(st.floats(0, 1)),
    evpi=maybe(points),
    advice=one_of_table(ADVICE),
    gates=st.lists(st.sampled_from(list(GATES)), unique=True).map(tuple),
    facet=one_of_table(FACETS),
    evidence=maybe(st.integers(0, 5)),
    reversibility=one_of_table(REVERSIBILITY),
    effort=maybe(st.floats(0, 500)),
    owner=words,
    reach=words,
    savings=words,
    needs=st.lists(words, max_size=3).map(tuple),
    next_test=words,
    stage=one_of_table(STAGES),
    answer=one_of_table(ANSWERS),
    reason=words,
    conditions=words,
    change_mind=words,
    answer_by=words,
    review_on=words,
)


def every_text(trap: str) -> BacklogRow:
    texts: dict[str, Any] = {
        field.name: trap
        for field in fields(BacklogRow)
        if isinstance(getattr(BARE, field.name), str)
        and field.name not in ("advice", "facet", "reversibility", "stage", "answer")
    }
    return replace(BARE, **texts, needs=(trap, trap))


def cells(row: BacklogRow) -> dict[str, Value]:
    return dict(columns(row))
