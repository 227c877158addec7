"""Narrowing the backlog: every question that is asked must hold, and none is asked by itself."""

from __future__ import annotations

from dataclasses import fields
from types import SimpleNamespace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from workshop.reads.backlog import NOT_SCORED, Filters
from workshop.reads.item_card import ItemCard
from workshop.rules.backlog import STAGES
from workshop.rules.scoring.portfolio import ADVICE

PARTS = {
    "workshop": ["red", "blue"],
    "service": ["Buses", "Checks"],
    "advice": [*ADVICE, NOT_SCORED],
    "stage": list(STAGES),
}
asked = st.fixed_dictionaries({}, optional={key: st.sampled_from(n) for key, n in PARTS.items()})
had = st.fixed_dictionaries({key: st.sampled_from(found) for key, found in PARTS.items()})


def card(has: dict[str, str]) -> ItemCard:
    """As much of an item as these four questions look at."""
    advice = "" if has["advice"] == NOT_SCORED else has["advice"]
    kept = {"slug": has["workshop"], "service": has["service"], "stage": has["stage"]}
    return cast(ItemCard, SimpleNamespace(**kept, advice=advice))


@given(had, asked)
def test_an_item_is_kept_when_everything_that_is_asked_holds(
    has: dict[str, str], wanted: dict[str, str]
) -> None:
    assert Filters(**wanted).keep(card(has)) is all(has[key] == one for key, one in wanted.items())


@given(had, asked)
def test_taking_one_filter_away_never_loses_an_item(
    has: dict[str, str], wanted: dict[str, str]
) -> None:
    whole = Filters(**wanted)
    assert whole.asked == wanted
    for name in wanted:
        assert whole.keep(card(has)) <= Filters(**whole.but(name)).keep(card(has))


@given(had)
def test_with_nothing_asked_everything_is_kept(has: dict[str, str]) -> None:
    assert Filters().keep(card(has))
    assert Filters(**dict.fromkeys((one.name for one in fields(Filters)), "")).keep(card(has))
