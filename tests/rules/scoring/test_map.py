"""The map of risk and reward holds at 5, 25 and 200 ideas, on a desk and on a phone."""

from __future__ import annotations

from itertools import combinations, pairwise
from math import hypot

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.rules.scoring.map import Map, Mark, draw_map
from workshop.rules.scoring.plane import DESK, PHONE, Box, Frame, Segment
from workshop.rules.scoring.portfolio import ADVICE, Thresholds
from workshop.rules.scoring.simulation import Spread

NAMES = ("Results by text", "Day-after call", "One letter", "Foot clinics", "Named nurse")


def spread(middle: float, half: float) -> Spread:
    return Spread(max(0.0, middle - half), middle, min(100.0, middle + half))


def marks(count: int, seed: int = 1) -> list[Mark]:
    """Ideas crowded at low risk and middling reward, as backlogs are."""
    rng = np.random.default_rng(seed)
    return [
        Mark(
            key=f"idea {number}",
            code=f"Q{number}",
            advice=str(rng.choice(list(ADVICE))),
            short=NAMES[number % len(NAMES)],
            reward=spread(float(np.clip(rng.normal(58, 11), 0, 100)), rng.uniform(3, 16)),
            risk=spread(float(np.clip(rng.gamma(3, 9), 0, 100)), rng.uniform(2, 12)),
            effort=float(rng.choice([0.5, 2, 8, 40])),
        )
        for number in range(count)
    ]


def pile(count: int) -> list[Mark]:
    """Ideas that all stand in the very same place."""
    same = (Spread(40, 50, 60), Spread(20, 30, 40))
    return [Mark(f"{n}", f"Q{n}", "quick", "Same place", *same, 2.0) for n in range(count)]


ROOMS = [marks(1), marks(5), marks(25), marks(200), marks(200, 2), pile(25), pile(200), []]
SHEETS = [DESK, PHONE]
everywhere = pytest.mark.parametrize("ideas", ROOMS, ids=lambda ideas: f"{len(ideas)} ideas")
on_both = pytest.mark.parametrize("frame", SHEETS, ids=["desk", "phone"])


def box_of(x: float, y: float, radius: float) -> Box:
    return Box(x - radius, y - radius, x + radius, y + radius)


@everywhere
@on_both
def test_no_two_dots_cover_each_other(ideas: list[Mark], frame: Frame) -> None:
    for one, other in combinations(draw_map(ideas, frame=frame).dots, 2):
        assert hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius


@everywhere
@on_both
def test_no_words_cover_a_dot_or_other_words_or_leave_the_plot(
    ideas: list[Mark], frame: Frame
) -> None:
    drawn = draw_map(ideas, frame=frame)

    for one, other in combinations(drawn.labels, 2):
        assert one.box.overlap(other.box) == 0
    for label in drawn.labels:
        assert frame.plot.holds(label.box)
        assert all(label.box.overlap(box_of(dot.x, dot.y, dot.radius)) == 0 for dot in drawn.dots)


@everywhere
def test_no_words_cover_what_the_corners_say(ideas: list[Mark]) -> None:
    plot = DESK.plot
    corners = (
        Box(plot.left, plot.top, plot.left + 180, plot.top + 28),
        Box(plot.right - 200, plot.top, plot.right, plot.top + 28),
        Box(plot.right - 150, plot.bottom - 28, plot.right, plot.bottom),
    )

    for label in draw_map(ideas, frame=DESK).labels:
        assert not any(label.box.overlap(corner) for corner in corners)


@everywhere
@on_both
def test_every_idea_is_in_exactly_one_dot_inside_the_plot(ideas: list[Mark], frame: Frame) -> None:
    drawn = draw_map(ideas, frame=frame)

    assert sorted(key for dot in drawn.dots for key in dot.members) == sorted(
        mark.key for mark in ideas
    )
    assert all(frame.plot.grown(0.01).holds(box_of(d.x, d.y, d.radius)) for d in drawn.dots)


@pytest.mark.parametrize(("count", "named"), [(5, 5), (15, 15), (25, 10), (200, 10)])
def test_all_of_a_few_and_the_best_ten_of_many_carry_an_ellipse(count: int, named: int) -> None:
    ideas = marks(count)
    drawn = draw_map(ideas)
    best = sorted(ideas, key=lambda mark: -mark.reward.p50)[:named]

    assert {one.key for one in drawn.ellipses} == {mark.key for mark in best}
    assert {one.key for one in drawn.labels} <= {mark.key for mark in best}
    assert all(len(dot.members) == 1 for dot in drawn.dots if dot.members[0] in drawn_keys(drawn))


def drawn_keys(drawn: Map) -> set[str]:
    return {one.key for one in drawn.ellipses}


@pytest.mark.parametrize(("count", "least"), [(5, 5), (15, 14), (25, 10), (200, 8)])
def test_nearly_every_named_idea_finds_a_place_for_its_words(count: int, least: int) -> None:
    assert len(draw_map(marks(count)).labels) >= least


@pytest.mark.parametrize(("count", "told"), [(5, False), (200, True)])
def test_among_many_ideas_words_begin_with_the_code_of_their_dot(count: int, told: bool) -> None:  # noqa: FBT001 - a table
    ideas = marks(count)
    codes = {mark.key: mark.code for mark in ideas}

    for label in draw_map(ideas).labels:
        assert label.text.startswith(f"{codes[label.key]} ") is told


def test_a_crowd_says_how_many_it_holds_and_takes_the_most_frequent_advice() -> None:
    drawn = draw_map(marks(200))
    crowds = [dot for dot in drawn.dots if dot.is_crowd]
    by_key = {mark.key: mark for mark in marks(200)}

    assert crowds
    for dot in crowds:
        advice = [by_key[key].advice for key in dot.members]
        assert dot.code == str(len(dot.members))
        assert advice.count(dot.advice) == max(map(advice.count, advice))


def test_a_dot_that_stepped_aside_remembers_where_it_belongs() -> None:
    drawn = draw_map(pile(5))
    moved = [dot for dot in drawn.dots if dot.has_moved]

    assert moved
    for dot in drawn.dots:
        assert dot.true_x == pytest.approx(drawn.risk.at(30))
        assert dot.true_y == pytest.approx(drawn.reward.at(50))


def test_a_lone_dot_stands_where_it_belongs_and_grows_with_effort() -> None:
    small, large = (
        draw_map([Mark("a", "Q1", "quick", "A", spread(60, 5), spread(20, 5), effort)]).dots[0]
        for effort in (None, 9.0)
    )

    assert not small.has_moved
    assert (small.x, small.y) == pytest.approx((small.true_x, small.true_y))
    assert large.radius == small.radius + 4.5


@everywhere
def test_the_axes_hold_the_lines_and_all_that_is_shown(ideas: list[Mark]) -> None:
    lines = Thresholds()
    drawn = draw_map(ideas, lines)

    assert drawn.risk.first == 0
    assert drawn.risk.first < lines.risk < drawn.risk.last <= 100
    assert 0 <= drawn.reward.first < lines.reward < drawn.reward.last <= 100
    for mark in ideas:
        assert drawn.risk.first <= mark.risk.p50 <= drawn.risk.last
        assert drawn.reward.first <= mark.reward.p50 <= drawn.reward.last
    for axis in (drawn.risk, drawn.reward):
        assert {two.value - one.value for one, two in pairwise(axis.ticks)} == {10}
        assert axis.ticks[-1].at == pytest.approx(axis.end)


@given(st.floats(0, 100), st.floats(0, 100))
def test_lines_anywhere_on_the_scale_stand_on_the_plot(reward: float, risk: float) -> None:
    drawn = draw_map(marks(3), Thresholds(reward=reward, risk=risk))
    plot = drawn.frame.plot

    assert plot.left <= drawn.risk_line <= plot.right
    assert plot.top <= drawn.reward_line <= plot.bottom


@given(st.integers(0, 60), st.integers(0, 10_000))
@settings(max_examples=20)
def test_the_same_ideas_always_give_the_same_map(count: int, seed: int) -> None:
    assert draw_map(marks(count, seed)) == draw_map(marks(count, seed))


def test_words_right_beside_their_dot_need_no_line_and_others_have_one() -> None:
    for label in draw_map(marks(200)).labels:
        dot = next(d for d in draw_map(marks(200)).dots if d.members == (label.key,))
        x = min(max(dot.x, label.box.left), label.box.right)
        y = min(max(dot.y, label.box.top), label.box.bottom)
        far = hypot(x - dot.x, y - dot.y) - dot.radius
        assert (label.leader is not None) == (far > 10)


def test_long_words_are_cut_between_words_and_wide_letters_get_more_room() -> None:
    long = Mark(
        "a", "Q1", "quick", "A personal budget for the first weeks", spread(40, 5), spread(40, 5)
    )
    wide = Mark("a", "Q1", "quick", "健康診断", spread(40, 5), spread(40, 5))

    [cut] = draw_map([long]).labels
    [full] = draw_map([wide]).labels
    assert cut.text == "A personal budget for…"
    assert full.box.right - full.box.left == pytest.approx(8 * DESK.letter)


@pytest.mark.parametrize(
    ("line", "touches"),
    [
        (Segment(-5, 5, 15, 5), True),
        (Segment(-5, 5, -1, 5), False),
        (Segment(5, -5, 5, 15), True),
        (Segment(12, -5, 12, 15), False),
        (Segment(-5, 8, 8, -5), True),
        (Segment(-5, 4, 4, -5), False),
        (Segment(2, 2, 3, 3), True),
    ],
)
def test_a_line_touches_a_box_or_does_not(line: Segment, touches: bool) -> None:  # noqa: FBT001 - a table
    assert Box(0, 0, 10, 10).crossed_by(line) is touches
