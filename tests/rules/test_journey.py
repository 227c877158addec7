"""The line of a journey: naming it anew, and what its moments add up to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP
from workshop.rules.journey import FEELINGS, felt, group_curves, matched, parts, room_curve
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES

TITLES = st.lists(st.sampled_from("abcdefgh"), min_size=2, max_size=7, unique=True)
TALLY = st.dictionaries(
    st.tuples(st.integers(1, 3), st.sampled_from(VOICES), st.sampled_from(sorted(FEELINGS))),
    st.integers(1, 12),
)


def test_blank_lines_are_no_parts() -> None:
    assert parts("Before\n\n  Going in \r\n") == ["Before", "Going in"]


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("", "few_legs"),
        ("Before", "few_legs"),
        ("\n".join("abcdefgh"), "many_legs"),
        ("Before\nbefore", "leg_taken"),
        ("Before\n" + "x" * 41, "too_long"),
    ],
)
def test_a_line_that_is_none_is_refused(lines: str, code: str) -> None:
    with pytest.raises(Refused) as no:
        parts(lines)
    assert no.value.code == code


@pytest.mark.parametrize("feeling", [0, 6, -1])
def test_the_scale_has_five_steps(feeling: int) -> None:
    with pytest.raises(Refused, match="unknown_choice"):
        felt(feeling)


def test_a_part_keeps_its_moments_when_it_moves_and_when_it_is_renamed() -> None:
    old = [(1, "Before"), (2, "There"), (3, "After")]
    assert matched(old, ["After", "Before", "There"]) == [3, 1, 2]
    assert matched(old, ["Before", "In the room", "After"]) == [1, 2, 3]
    assert matched(old, ["Before", "Going in", "There", "After"]) == [1, None, 2, 3]
    assert matched(old, ["Before", "After"]) == [1, 3]


@given(TITLES, TITLES)
def test_every_title_finds_one_part_and_no_part_two_titles(old: list[str], new: list[str]) -> None:
    numbered = list(enumerate(old, 1))
    kept = matched(numbered, new)
    found = [number for number in kept if number is not None]
    assert len(kept) == len(new)
    assert len(found) == len(set(found))
    by_title = {title: number for number, title in numbered}
    assert all(
        number == by_title[title]
        for title, number in zip(new, kept, strict=True)
        if title in by_title
    )
    assert matched(numbered, old) == [number for number, _ in numbered]


@given(TALLY, st.fixed_dictionaries({group: st.integers(0, 9) for group in VOICES}))
def test_no_group_is_told_by_fewer_than_five_moments_or_people(
    tally: dict[tuple[int, str, int], int], people: dict[str, int]
) -> None:
    legs = [1, 2, 3]
    curves = group_curves(tally, legs, people)
    for curve in curves:
        if curve.group != OTHERS:
            assert people[curve.group] >= SMALLEST_GROUP
        for leg, mean in zip(legs, curve.means, strict=True):
            groups = {curve.group} if curve.group != OTHERS else set(VOICES)
            there = sum(n for (on, group, _), n in tally.items() if on == leg and group in groups)
            assert mean is None or (there >= SMALLEST_GROUP and 1 <= mean <= 5)


@given(TALLY)
def test_the_room_s_line_is_the_mean_of_its_moments(tally: dict[tuple[int, str, int], int]) -> None:
    for leg, mean in zip([1, 2, 3], room_curve(tally, [1, 2, 3]).means, strict=True):
        here = [(feeling, n) for (on, _, feeling), n in tally.items() if on == leg]
        count = sum(n for _, n in here)
        assert (mean is None) == (not count)
        if mean is not None:
            assert mean == pytest.approx(sum(feeling * n for feeling, n in here) / count)
