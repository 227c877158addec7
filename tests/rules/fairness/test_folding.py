"""Small groups fold, small cells hide, and subtraction brings nothing back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.consensus import consensus
from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP, folding, showable

NAMES = ("citizen", "staff", "partner", "carer", OTHERS)
sizes = st.dictionaries(st.sampled_from(NAMES), st.integers(0, 30))


def folded(groups: dict[str, int]) -> dict[str, int]:
    shown: dict[str, int] = {}
    for group, name in folding(groups).items():
        shown[name] = shown.get(name, 0) + groups[group]
    return shown


def test_groups_of_five_are_shown_as_they_are() -> None:
    assert folding({"citizen": 9, "staff": 5}) == {"citizen": "citizen", "staff": "staff"}


def test_small_groups_fold_together() -> None:
    assert folded({"citizen": 9, "staff": 4, "partner": 2}) == {"citizen": 9, OTHERS: 6}


def test_others_take_in_the_next_smallest_until_they_are_five() -> None:
    assert folded({"citizen": 9, "staff": 7, "partner": 2}) == {"citizen": 9, OTHERS: 9}


def test_a_room_that_cannot_be_split_is_one() -> None:
    assert folded({"citizen": 6, "staff": 2}) == {OTHERS: 8}
    assert folded({"citizen": 2, "staff": 1}) == {OTHERS: 3}


@given(sizes)
def test_no_shown_group_is_small_unless_it_is_the_whole_room(groups: dict[str, int]) -> None:
    shown = folded(groups)
    assert sum(shown.values()) == sum(groups.values())
    assert all(
        size >= SMALLEST_GROUP or size == sum(groups.values()) or (name == OTHERS and size == 0)
        for name, size in shown.items()
    )


def test_a_small_cell_takes_another_one_with_it() -> None:
    assert showable({"citizen": 20, "staff": 8, "partner": 3}) == {"citizen"}
    assert showable({"citizen": 20, "staff": 8}) == {"citizen", "staff"}
    assert showable({"citizen": 20, "staff": 0}) == frozenset()


def test_what_stays_hidden_together_is_big_enough_to_be_shown() -> None:
    assert showable({"citizen": 20, "staff": 8, "partner": 2, "carer": 1}) == {"citizen"}


@given(sizes)
def test_subtraction_reveals_no_small_cell(answers: dict[str, int]) -> None:
    shown = showable(answers)
    hidden = {name: size for name, size in answers.items() if name not in shown}
    assert all(answers[name] >= SMALLEST_GROUP for name in shown)
    # What anybody can work out is the sum over what is hidden: never one cell of several, and
    # never a handful of answers, unless nothing at all is shown.
    if shown and hidden:
        assert len(hidden) > 1
        assert sum(hidden.values()) >= SMALLEST_GROUP or sum(hidden.values()) == 0


def test_no_groups_agree_by_convention() -> None:
    assert consensus([]) == 1
