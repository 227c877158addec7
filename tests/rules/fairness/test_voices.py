"""The balance of voices: shares by group, and never a number about a few people."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.voices import balance
from workshop.rules.roles import VOICES

COUNTS = st.fixed_dictionaries(dict.fromkeys(VOICES, st.integers(0, 30)))
TIMES = st.fixed_dictionaries(dict.fromkeys(VOICES, st.integers(0, 10**7)))


@given(COUNTS, COUNTS, TIMES)
def test_no_shown_group_is_small_and_nothing_said_is_left_out(
    people: dict[str, int], posts: dict[str, int], spoken: dict[str, int]
) -> None:
    found = balance(people, posts, spoken)
    if found is None:
        return
    assert len(found.voices) >= 2
    assert min(voice.people for voice in found.voices) >= 5
    assert sum(voice.people for voice in found.voices) == sum(people.values())
    assert found.posts == sum(posts[group] for group in people if people[group])
    assert found.spoken == sum(spoken[group] for group in people if people[group])
    assert set(found.quiet) <= {voice.group for voice in found.voices}


def test_a_room_in_which_only_one_group_is_large_enough_shows_nothing() -> None:
    assert balance({"citizen": 9, "staff": 4, "partner": 0}, {"staff": 3}, {}) is None


def test_two_small_groups_are_told_as_one() -> None:
    found = balance({"citizen": 9, "staff": 3, "partner": 3}, {"staff": 2, "partner": 1}, {})
    assert found is not None
    assert [(v.group, v.people, v.posts) for v in found.voices] == [
        ("citizen", 9, 0),
        ("others", 6, 3),
    ]


def test_a_group_with_less_than_half_its_share_is_quiet() -> None:
    people = {"citizen": 10, "staff": 10, "partner": 0}
    few = balance(people, {"citizen": 2, "staff": 7}, {})
    assert few is not None
    assert few.quiet == ("citizen",)
    even = balance(people, {"citizen": 3, "staff": 7}, {})
    assert even is not None
    assert even.quiet == ()
    spoken = balance(people, {}, {"citizen": 170_000, "staff": 10_000})
    assert spoken is not None
    assert spoken.quiet == ("staff",)


def test_too_little_was_said_to_call_anybody_quiet() -> None:
    found = balance({"citizen": 10, "staff": 10}, {"staff": 7}, {"staff": 119_000})
    assert found is not None
    assert found.quiet == ()
