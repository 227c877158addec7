"""The mix of ideas, the mirror, the one sentence, and who gains."""

from __future__ import annotations

import pytest

from workshop.rules.scoring.mix import LANES, SENTENCES, balance, facets, gains, mirror
from workshop.rules.scoring.portfolio import ADVICE


def test_every_facet_is_counted_even_when_it_has_no_idea() -> None:
    assert facets(["mission", "adaptive", "mission", None, ""]) == {
        "enhancement": 0,
        "mission": 2,
        "adaptive": 1,
        "anticipatory": 0,
    }


def test_the_mirror_holds_live_ideas_against_seventy_twenty_ten() -> None:
    shares = mirror(["quick", "safe", "bold", "learn", "stop", "not", "quick"])

    assert [(one.lane.key, one.ideas, one.percent, one.lane.mirror) for one in shares] == [
        ("sure", 3, 60.0, 70),
        ("bold", 1, 20.0, 20),
        ("learn", 1, 20.0, 10),
    ]
    assert sum(one.mirror for one in LANES) == 100
    assert [one.percent for one in mirror(["stop"])] == [0, 0, 0]


def test_every_lane_names_advice_that_exists() -> None:
    assert frozenset().union(*(one.advice for one in LANES)) <= ADVICE.keys()


@pytest.mark.parametrize(
    ("advice", "found", "sentence"),
    [
        ([], [], "empty"),
        (["stop", "not"], [], "empty"),
        (["quick", "safe", "not"], ["mission"], "all_sure"),
        (["bold", "bold"], [], "all_bold"),
        (["learn", "learn"], [], "all_learn"),
        (["quick"], [], "balanced"),
        (["quick", "bold"], ["mission", None], "no_ahead"),
        (["quick", "bold"], ["anticipatory"], "balanced"),
        (["quick", "bold"], [None, None], "balanced"),
    ],
)
def test_the_mix_gets_the_one_sentence_that_matters_most(
    advice: list[str], found: list[str | None], sentence: str
) -> None:
    assert balance(advice, found) == sentence
    assert sentence in SENTENCES


def test_a_group_that_gains_nothing_is_still_named() -> None:
    labels = {"citizen": "Citizens", "staff": "Staff", "partner": "Partners"}

    assert gains([["citizen", "citizen"], ["citizen", "staff"]], labels) == {
        "citizen": 2,
        "staff": 1,
        "partner": 0,
    }
