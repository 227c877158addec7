"""Advice by class, tested in order, with codes that rank inside a class."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rules.scoring.builders import candidate
from workshop.rules.refusals import Refused
from workshop.rules.scoring.portfolio import ADVICE, Thresholds, advise, net, place

WIDE = (40, 65, 70)
RISKY = (20, 31, 40)


@pytest.mark.parametrize(
    ("idea", "advice"),
    [
        ({"gates": ("legal",), "p_reward": 0.0}, "stop"),
        ({"p_reward": 0.29, "discuss": ("equity",)}, "not"),
        ({"p_reward": 0.3}, "learn"),
        ({"p_reward": 0.69}, "learn"),
        ({"reward": WIDE, "risk": RISKY}, "learn"),
        ({"discuss": ("equity",)}, "learn"),
        ({"p_reward": 0.7, "risk": RISKY}, "bold"),
        ({"risk": (20, 30, 40)}, "quick"),
        ({"effort": 3.0}, "quick"),
        ({"effort": 3.1}, "safe"),
        ({"effort": None}, "safe"),
    ],
)
def test_the_first_advice_that_holds_is_given(idea: dict[str, Any], advice: str) -> None:
    assert advise(candidate(**idea)) == advice


def test_leaders_may_move_every_line() -> None:
    idea = candidate(p_reward=0.6, risk=(30, 45, 60), reward=(30, 50, 65), discuss=())

    assert advise(idea, Thresholds(sure=0.6, spread=36, risk=45)) == "quick"
    assert advise(idea, Thresholds(sure=0.6, spread=36, risk=44)) == "bold"
    assert advise(idea, Thresholds(hopeful=0.61)) == "not"


@pytest.mark.parametrize(
    "lines",
    [
        {"reward": 101},
        {"risk": -1},
        {"spread": float("nan")},
        {"hopeful": 0.8, "sure": 0.7},
        {"sure": 1.1},
        {"quick": -1},
        {"disagreement": 0},
    ],
)
def test_lines_in_the_wrong_order_or_off_the_scale_are_turned_down(lines: dict[str, float]) -> None:
    with pytest.raises(Refused):
        Thresholds(**lines)


def test_codes_rank_by_reward_inside_a_class_and_classes_keep_their_order() -> None:
    placed = place(
        [
            candidate("stopped", gates=("legal",)),
            candidate("small", reward=(50, 55, 60)),
            candidate("long", effort=9.0),
            candidate("large", reward=(60, 70, 80), risk=(10, 25, 28)),
            candidate("level", reward=(50, 55, 60)),
        ]
    )

    assert [(one.candidate.key, one.code) for one in placed] == [
        ("large", "Q1"),
        ("small", "Q2"),
        ("level", "Q3"),
        ("long", "S1"),
        ("stopped", "X1"),
    ]


def test_no_two_classes_share_a_letter() -> None:
    assert sorted(one.letter for one in ADVICE.values()) == sorted("QSBLNX")


def test_the_optional_order_takes_half_the_risk_from_the_reward() -> None:
    assert net(70, 30) == 55
