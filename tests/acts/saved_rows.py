"""Rows that some backlog may have been saved as, for what is brought in."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.formats.backlog_rows import counts, points, spreads
from workshop.formats.backlog_brought import WORDS
from workshop.formats.rows import BacklogRow
from workshop.rules.backlog import ANSWERS, FACETS, STAGES
from workshop.rules.brought import COUNTED
from workshop.rules.refusals import Refused
from workshop.rules.scoring.gates import GATES
from workshop.rules.scoring.portfolio import ADVICE
from workshop.rules.scoring.risk import REVERSIBILITY
from workshop.rules.wording import LIMITS, clean

DAYS = st.dates().map(lambda day: day.isoformat())
NEVER_EMPTY = {"title", "workshop", "service", "reason"}


@st.composite
def written(draw: st.DrawFn, name: str, *, needed: bool = False) -> str:
    """Words as somebody may have stored them in this field."""
    limit = LIMITS[WORDS.get(name, name)]
    text = draw(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
    try:
        kept = clean(text, limit, required=True)
    except Refused:
        kept = ""
    return (kept or "Words") if needed or draw(st.booleans()) else ""


@st.composite
def scored(draw: st.DrawFn) -> dict[str, Any]:
    """What assessors elsewhere came to."""
    return {
        "reward": draw(spreads),
        "risk": draw(spreads),
        "still": draw(st.none() | spreads),
        "p_reward": draw(st.floats(0, 1)),
        "evpi": draw(points),
        "advice": draw(st.sampled_from(list(ADVICE))),
    }


@st.composite
def saved(draw: st.DrawFn) -> BacklogRow:
    """A row that some backlog may have been saved as."""
    answer = draw(st.sampled_from(["", *ANSWERS]))
    words: dict[str, Any] = {
        name: draw(written(name, needed=name in NEVER_EMPTY)) for name in WORDS
    }
    if not answer:
        words |= dict.fromkeys(("reason", "conditions", "change_mind"), "")
    closed = set(draw(st.lists(st.sampled_from(list(GATES)), unique=True))) - {"no_owner"}
    if not words["owner"]:
        closed.add("no_owner")
    figures = draw(scored() if draw(st.booleans()) else st.just({}))
    return BacklogRow(
        number=draw(counts),
        **words,
        code=draw(st.sampled_from(["", "B2"])),
        votes=draw(st.dictionaries(st.sampled_from(COUNTED), st.integers(1, 10**6))),
        supporters=draw(st.none() | counts),
        **figures,
        gates=tuple(code for code in GATES if code in closed),
        facet=draw(st.sampled_from(list(FACETS))),
        evidence=draw(st.integers(0, 5)),
        reversibility=draw(st.sampled_from(list(REVERSIBILITY))),
        effort=draw(st.none() | st.floats(0, 500)),
        needs=tuple(draw(st.lists(written("need", needed=True), max_size=3))),
        stage=draw(st.sampled_from(list(STAGES))),
        answer=answer,
        answer_by=draw(DAYS | st.just("")),
        review_on=draw(DAYS)
        if answer == "later"
        else draw(DAYS)
        if answer and draw(st.booleans())
        else "",
    )
