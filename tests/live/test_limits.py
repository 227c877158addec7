"""Token buckets stop a runaway page and say when it may go on."""

from __future__ import annotations

import pytest

from workshop.live.limits import LIMITS, OTHER, TIDY_AT, Buckets, Shelf
from workshop.rules.refusals import Refused


def test_a_burst_passes_and_the_next_one_is_told_when() -> None:
    buckets = Buckets()
    for _ in range(int(OTHER.burst)):
        buckets.take("idea.post", 100.0)
    with pytest.raises(Refused, match="too_fast") as no:
        buckets.take("idea.post", 100.0)
    assert no.value.again is not None
    buckets.take("idea.post", 100.0 + no.value.again + 0.001)


def test_whoever_is_a_moment_early_is_told_a_time_that_is_not_now() -> None:
    buckets = Buckets()
    for _ in range(int(OTHER.burst)):
        buckets.take("idea.post", 100.0)
    with pytest.raises(Refused, match="too_fast") as no:
        buckets.take("idea.post", 100.0 + 0.9999 / OTHER.per_second)
    assert no.value.again == 0.001


def test_a_person_who_answers_a_whole_conversation_at_once_is_not_held_up() -> None:
    buckets = Buckets()
    for vote in range(400):
        buckets.take("mark.set", 100.0 + vote / 1000)


def test_each_kind_has_a_bucket_of_its_own() -> None:
    buckets = Buckets()
    for _ in range(int(LIMITS["mine"].burst)):
        buckets.take("mine", 100.0)
    buckets.take("catch_up", 100.0)


def test_whoever_comes_back_finds_the_bucket_they_left() -> None:
    shelf, ann, sam = Shelf(), (1, "seat", 7), (1, "seat", 8)
    for _ in range(int(OTHER.burst)):
        shelf.of(ann, 100.0).take("idea.post", 100.0)
    with pytest.raises(Refused, match="too_fast"):
        shelf.of(ann, 100.0).take("idea.post", 100.0)
    shelf.of(sam, 100.0).take("idea.post", 100.0)


def test_full_buckets_are_forgotten_and_empty_ones_are_not() -> None:
    shelf = Shelf()
    for _ in range(int(OTHER.burst)):
        shelf.of((1, "seat", 0), 100.0).take("idea.post", 100.0)
    for seat in range(1, 3 * TIDY_AT):
        shelf.of((1, "seat", seat), 100.0)
    assert len(shelf._kept) <= TIDY_AT + 1
    with pytest.raises(Refused, match="too_fast"):
        shelf.of((1, "seat", 0), 100.0).take("idea.post", 100.0)
