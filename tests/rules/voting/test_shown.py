"""A split by group as it may be shown: nobody can be told from a number, nothing gets lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.exclusion import exclusion_by_group
from workshop.rules.fairness.folding import OTHERS, SMALLEST_GROUP, folding
from workshop.rules.voting import GroupCount
from workshop.rules.voting.shown import shown_splits, total

CELL = st.integers(0, 30).flatmap(
    lambda seen: st.integers(0, seen).map(
        lambda people: GroupCount(people=people, marks=people, seen=seen)
    )
)
ROWS = st.lists(
    st.fixed_dictionaries({"citizen": CELL, "staff": CELL, "partner": CELL}), min_size=1, max_size=6
)


@given(ROWS)
def test_no_shown_cell_is_about_fewer_than_five_people(rows: list[dict[str, GroupCount]]) -> None:
    for row, split in zip(rows, shown_splits(rows), strict=True):
        told = [count for count in split.values() if count is not None]
        everybody = total(row.values())
        assert all(count.seen >= SMALLEST_GROUP for count in told)
        left = everybody.seen - total(told).seen
        assert left == 0 or left >= SMALLEST_GROUP or not told


@given(ROWS)
def test_folding_moves_people_and_loses_none(rows: list[dict[str, GroupCount]]) -> None:
    for row, split in zip(rows, shown_splits(rows), strict=True):
        if None not in split.values():
            assert total(count for count in split.values() if count) == total(row.values())


def test_a_group_of_four_is_counted_with_others_in_every_idea() -> None:
    most, many, few = GroupCount(9, 9, 25), GroupCount(6, 6, 20), GroupCount(1, 2, 4)
    splits = shown_splits([{"citizen": most, "staff": many, "partner": few}] * 2)
    assert [list(split) for split in splits] == [["citizen", OTHERS]] * 2
    assert splits[0][OTHERS] == GroupCount(7, 8, 24)


def test_no_ideas_have_no_splits() -> None:
    assert shown_splits([]) == []


@given(ROWS, st.integers(0, 5))
def test_all_that_is_shown_together_still_hides_every_small_cell(
    rows: list[dict[str, GroupCount]], chosen: int
) -> None:
    """What stands on all pages of a vote at once: splits, bars, and the lists' people left out.

    A reader may add and subtract as they like. Whatever follows about one group on one idea that
    is not shown must leave two answers open at the least, unless the whole room is meant.
    """
    splits = shown_splits(rows)
    for row, split in zip(rows, splits, strict=True):
        everybody = total(row.values())
        told = {name: count for name, count in split.items() if count}
        rest = everybody.seen - total(told.values()).seen
        hidden = [name for name, count in split.items() if not count]
        # One number follows for all that is hidden together, and it is nobody's own.
        assert len(hidden) != 1 or not told or rest == 0
        assert rest == 0 or rest >= SMALLEST_GROUP or not told
        assert all(count.seen >= SMALLEST_GROUP for count in told.values())
    # The folding is the same on every row, so no second row unfolds what the first one folded.
    assert len({frozenset(split) for split in splits}) == 1
    sizes = {name: max(row[name].seen for row in rows) for name in rows[0]}
    names = folding(sizes)
    grouped = [(names[name], {chosen: 1}) for name in sizes for _ in range(sizes[name])]
    left = exclusion_by_group(grouped, frozenset())
    people = {name: sum(group == name for group, _ in grouped) for name in left}
    assert all(n >= SMALLEST_GROUP or len(people) == 1 for n in people.values())
