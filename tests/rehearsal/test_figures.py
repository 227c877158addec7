"""The arithmetic of a rehearsal, on figures that can be worked out in the head."""

from __future__ import annotations

import pytest

from workshop.rehearsal.figures import (
    Heard,
    Screens,
    Spread,
    Taps,
    spread,
    to_screens,
    together,
)
from workshop.rehearsal.findings import Findings, Flow, Plan
from workshop.rehearsal.goals import GOALS, Held, goal_for, join_goal
from workshop.rehearsal.table import lines
from workshop.rehearsal.usage import Usage, strained


def heard(*told: tuple[int, float]) -> Heard:
    """A screen that knew each (sequence, time)."""
    screen = Heard()
    for seq, at in told:
        screen.note(seq, at)
    return screen


def taps(*sent: tuple[float, float, int]) -> Taps:
    """Taps of (sent, answered, sequence)."""
    made = Taps()
    for one in sent:
        made.note(*one)
    return made


def test_a_spread_is_linear_between_ranks_and_in_the_unit_that_was_asked_for() -> None:
    found = spread([0.0, 0.1, 0.2, 0.3, 0.4], 1000)
    assert (found.p50, found.p95, found.p99, found.worst) == (200.0, 380.0, 396.0, 400.0)


def test_nothing_that_was_timed_has_no_spread() -> None:
    assert spread([]).p95 is None


def test_a_tap_is_on_a_screen_once_the_screen_knows_its_sequence_or_a_later_one() -> None:
    found = to_screens(taps((1.0, 1.1, 5), (2.0, 2.1, 6)), [heard((4, 0.5), (6, 2.5))])
    assert found.each.tolist() == [1.5, 0.5]
    assert found.missed == 0


def test_the_last_screen_counts_for_each_tap() -> None:
    screens = [heard((7, 1.25)), heard((7, 3.0)), heard((7, 1.5))]
    assert to_screens(taps((1.0, 1.1, 7)), screens).last.tolist() == [2.0]


def test_a_screen_that_never_showed_a_tap_is_missed_and_not_timed() -> None:
    found = to_screens(taps((1.0, 1.1, 7)), [heard((7, 1.5)), heard((6, 1.2))])
    assert (found.missed, found.each.tolist(), found.last.tolist()) == (1, [0.5], [0.5])


def test_of_a_large_hall_a_sample_is_kept_and_the_last_of_all_still_counts() -> None:
    screens = [heard((1, 1.5)) for _ in range(600)]
    screens[1] = heard((1, 9.0))
    found = to_screens(taps((1.0, 1.1, 1)), screens, most=200)
    assert len(found.each) == found.sampled == 200
    assert max(found.each) == 0.5
    assert found.last.tolist() == [8.0]


def test_rooms_are_put_together() -> None:
    rooms = [to_screens(taps((1.0, 1.1, 1)), [heard((1, at))]) for at in (1.5, 2.0)]
    found: Screens = together(rooms)
    assert (found.each.tolist(), found.last.tolist()) == ([0.5, 1.0], [0.5, 1.0])


@pytest.mark.parametrize(
    ("phones", "line"), [(1, 100), (100, 100), (101, 300), (5_000, 5_000), (20_000, 10_000)]
)
def test_a_hall_is_held_to_the_first_line_that_is_large_enough(phones: int, line: int) -> None:
    assert goal_for(phones).phones == line


def test_many_rooms_are_held_to_the_line_of_five_hundred() -> None:
    assert goal_for(30, rooms=50) == GOALS[2]


def test_a_hall_of_more_than_a_thousand_may_take_longer_to_come_in() -> None:
    assert (join_goal(100), join_goal(1_000), join_goal(5_000)) == (30, 30, 150)


def test_a_promise_is_kept_missed_or_not_known() -> None:
    assert Held("ack p95", 25, 25, "ms").met is True
    assert Held("ack p95", 25.1, 25, "ms").met is False
    unknown = Held("server", None, 0.08, "core")
    assert unknown.met is None
    assert str(unknown) == "server not measured (goal 0.08)"


def flow_of(used: Usage, times: Spread, late: Spread) -> Flow:
    """One acknowledged vote whose every time is the same."""
    return Flow(
        acknowledged=1,
        ack=times,
        screen=times,
        last=times,
        late=late,
        messages=0.0,
        size=0.0,
        used=used,
        cpu=None,
        tail=0.0,
        held=0,
        refused=0,
        unanswered=0,
        unseen=0,
        screens=1,
        sampled=1,
        strained=strained(used, late, times),
    )


def test_a_room_that_votes_faster_than_usual_is_held_to_a_larger_rooms_line() -> None:
    votes = flow_of(Usage(None, 0.0, None), spread([]), spread([]))
    found = Findings(Plan(phones=100, rate=30, seconds=1), "http://localhost", votes=votes)
    assert [one.goal for one in found.held] == [30, 60, 0.15]
    assert found.sound


@pytest.mark.parametrize(
    ("own", "late", "ack", "found"),
    [
        (0.1, 4.9, 10.0, False),
        (0.1, 5.1, 10.0, True),
        (0.1, 24.0, 100.0, False),
        (0.1, 26.0, 100.0, True),
        (0.9, 0.1, 100.0, True),
    ],
)
def test_a_generator_without_time_left_or_late_by_much_of_the_wait_is_a_bottleneck(
    own: float,
    late: float,
    ack: float,
    found: bool,  # noqa: FBT001 - pytest passes it by name
) -> None:
    assert strained(Usage(None, own, None), spread([late]), spread([ack])) is found


def test_a_bottleneck_is_told_in_plain_words_and_a_punctual_generator_is_not() -> None:
    def told(late: float) -> str:
        votes = flow_of(Usage(0.5, 0.2, 1.0), spread([8.0]), spread([late]))
        plan = Plan(phones=100, rate=10, seconds=1)
        return "\n".join(lines(Findings(plan, "http://localhost", votes=votes)))

    assert "the generator was a bottleneck" in told(40.0)
    assert "bottleneck" not in told(1.0)
