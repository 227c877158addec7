"""Each outbox numbers its marks: what arrives late changes nothing, whoever spoke in between."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, func, select

from tests.story import Story, story
from workshop.acts import posts
from workshop.storage.models import Base, Mark
from workshop.storage.store import Store


@pytest.fixture
def told(store: Store) -> Story:
    return story(store, step="vote")


def says(told: Story, value: int, device: str, number: int) -> int:
    """Set the first person's mark on the first idea; the mark that stands then."""
    change = told.votes(told.people[0], told.ideas[0], value, device=device, number=number)
    stands: int = change.answer["value"]
    return stands


def test_a_late_mark_changes_nothing_although_another_device_spoke_in_between(told: Story) -> None:
    assert says(told, 3, "phone", 7) == 3
    assert says(told, 1, "tablet", 1) == 1
    assert says(told, 2, "phone", 6) == 1
    assert says(told, 2, "phone", 7) == 1


def test_every_device_goes_on_from_its_own_number(told: Story) -> None:
    for device, number in (("phone", 7), ("tablet", 1), ("laptop", 40)):
        assert says(told, 3, device, number) == 3
    for device, number in (("phone", 7), ("tablet", 1), ("laptop", 40)):
        assert says(told, 1, device, number) == 3
    for value, (device, number) in enumerate((("phone", 8), ("tablet", 2), ("laptop", 41))):
        assert says(told, value, device, number) == value


def test_the_number_a_device_reached_last_is_the_one_that_is_kept(told: Story) -> None:
    for device, number in (("phone", 1), ("tablet", 1), ("phone", 9), ("tablet", 2)):
        says(told, 2, device, number)
    assert says(told, 1, "phone", 8) == 2
    assert says(told, 1, "phone", 10) == 1


def test_devices_are_kept_apart_by_idea_and_by_person(told: Story) -> None:
    says(told, 1, "phone", 7)
    says(told, 2, "tablet", 1)
    ann, sam = told.people[:2]
    other = told.votes(ann, told.ideas[1], 1, device="phone", number=1)
    theirs = told.votes(sam, told.ideas[0], 3, device="phone", number=1)
    assert (other.answer["value"], theirs.answer["value"]) == (1, 3)


def test_an_idea_that_comes_back_to_the_ballot_still_knows_what_is_late(told: Story) -> None:
    says(told, 3, "phone", 7)
    says(told, 2, "tablet", 1)
    for state in ("hidden", "shown"):
        told.do(posts.set_state, post_id=told.ideas[0], state=state)
    assert says(told, 3, "phone", 6) == 0
    assert says(told, 3, "tablet", 1) == 0


def test_a_mark_that_is_erased_takes_the_numbers_of_every_device_along(told: Story) -> None:
    says(told, 3, "phone", 7)
    says(told, 2, "tablet", 1)
    kept = Base.metadata.tables["mark_device"]
    with told.stage.store.read() as db:
        assert db.scalar(select(func.count()).select_from(kept)) == 1
    told.stage.store.write(lambda db: db.execute(delete(Mark)))
    with told.stage.store.read() as db:
        assert db.scalar(select(func.count()).select_from(kept)) == 0


@pytest.mark.parametrize("number", [2**31, 2**53 - 1])
def test_a_device_may_number_its_marks_as_high_as_the_wire_allows(told: Story, number: int) -> None:
    assert says(told, 3, "phone", number) == 3
    assert says(told, 2, "tablet", number) == 2
    assert says(told, 1, "phone", number - 1) == 2
