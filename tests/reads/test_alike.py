"""What sounds alike is found among what this person may see, and put in order once for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.story import Person, Story, story
from workshop.acts import merging, posts, running, steps
from workshop.reads.alike import MOST, Alike
from workshop.rules.similar import Corpus, bag
from workshop.storage.store import Store

BUS = "The last bus goes at five"
TYPED = "After five there is no bus any more"


class Finder:
    """An `Alike` whose work is counted and whose clock stands still."""

    def __init__(self, told: Story) -> None:
        self.told, self.built, self.now = told, 0, 0.0
        self.alike = Alike(told.stage.store, self._offload, lambda: self.now)

    def _offload(self, make: Callable[..., Corpus], *given: Any) -> Corpus:
        self.built += 1
        self.now += 0.5
        return make(*given)

    def finds(self, typed: str = TYPED, kind: str = "problem", who: int = 2) -> list[int]:
        receipt = self.told.people[who].receipt
        return [card.id for card in self.alike.to(self.told.workshop, kind, typed, receipt)]


def own(person: Person) -> dict[str, Any]:
    return {"seat_id": person.seat, "receipt": person.receipt}


def room(store: Store, **wishes: Any) -> tuple[Story, Finder]:
    told = story(store, problems=0, ideas=0, **wishes)
    return told, Finder(told)


def test_a_post_that_says_the_same_is_found_and_its_author_is_nowhere_in_it(store: Store) -> None:
    told, finder = room(store)
    bus = told.posts(told.people[0], "problem", BUS)
    told.posts(told.people[1], "problem", "I can’t read the small print")
    (card,) = finder.alike.to(told.workshop, "problem", TYPED, told.people[2].receipt)
    assert (card.id, card.text, card.group) == (bus, BUS, told.people[0].group)
    assert told.people[0].receipt not in repr(card)


def test_at_most_three_are_found_and_nobody_is_told_of_their_own(store: Store) -> None:
    told, finder = room(store)
    numbers = [told.posts(told.people[0], "problem", f"{BUS} {n}") for n in range(6)]
    assert len(finder.finds()) == MOST
    assert set(finder.finds()) < set(numbers)
    assert finder.finds(who=0) == []


@pytest.mark.parametrize("state", ["hidden", "removed"])
def test_what_the_facilitator_takes_away_is_found_no_more(store: Store, state: str) -> None:
    told, finder = room(store)
    bus = told.posts(told.people[0], "problem", BUS)
    assert finder.finds() == [bus]
    told.do(posts.set_state, post_id=bus, state=state)
    assert finder.finds() == []


def test_what_is_held_or_taken_back_is_not_found_even_from_an_old_shelf(store: Store) -> None:
    told, finder = room(store)
    bus = told.posts(told.people[0], "problem", BUS)
    assert finder.finds() == [bus]
    # The clock stands still, so the shelf rests: it still knows the old words.
    told.do(posts.edit_post, **own(told.people[0]), post_id=bus, text=f"{BUS} now")
    assert finder.finds() == [bus]
    told.do(posts.withdraw_post, **own(told.people[0]), post_id=bus)
    assert (finder.finds(), finder.built) == ([], 1)


def test_words_inside_a_merged_card_lead_to_the_card_that_the_room_sees(store: Store) -> None:
    told, finder = room(store)
    host = told.posts(told.people[0], "problem", "Getting there is hard")
    bus = told.posts(told.people[1], "problem", BUS)
    told.do(merging.merge, post_id=bus, host_id=host)
    assert finder.finds() == [host]
    assert finder.finds(who=1) == []
    told.do(posts.set_state, post_id=host, state="hidden")
    assert finder.finds() == []


def test_nothing_is_found_where_people_write_on_their_own_first(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    assert finder.finds()
    step = told.room().step
    given = {"question": step.question, "minutes": step.minutes}
    told.do(steps.edit_step, step_id=step.id, view="own", **given)
    assert finder.finds() == []


def test_only_what_the_step_takes_is_looked_for_in_this_very_room(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    for kind in ("idea", "goal", "comment", "pledge", "", "no such kind"):
        assert finder.finds(kind=kind) == []
    told.moves_to("ideas")
    assert finder.finds() == []
    told.posts(told.people[0], "idea", BUS)
    assert finder.finds(kind="idea")
    assert finder.alike.to(told.workshop + 1, "idea", TYPED, "") == ()
    told.do(running.finish)
    assert finder.finds(kind="idea") == []


def test_a_hall_that_types_has_its_texts_put_in_order_once(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    before = told.room().seq
    for n in range(50):
        assert finder.finds(f"{TYPED} {n}")
    assert finder.built == 1
    told.do(running.set_timer, action="add", minutes=1)
    finder.now += 60
    finder.finds()
    assert finder.built == 1, "nothing that was posted has changed"
    told.posts(told.people[1], "problem", "The bus is full")
    finder.finds()
    finder.finds()
    assert finder.built == 2
    assert told.room().seq == before + 2, "asking writes nothing"


def test_a_room_that_posts_fast_is_put_in_order_no_faster_than_it_can_bear(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    finder.finds()
    for n in range(5):
        told.posts(told.people[0], "problem", f"Nobody answers the phone {n}")
        finder.finds()
    assert finder.built == 1
    finder.now += 5.1
    finder.finds("Nobody picks up when I phone")
    assert finder.built == 2


def test_nothing_that_was_typed_and_not_posted_is_kept(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    finder.finds()
    kept = bag.cache_info().currsize
    finder.finds("A secret that I may not post about the bus at five")
    assert bag.cache_info().currsize == kept


def test_words_that_were_rubbed_out_are_in_no_memory(store: Store) -> None:
    told, finder = room(store)
    told.posts(told.people[0], "problem", BUS)
    finder.finds()
    finder.alike.forget()
    assert (bag.cache_info().currsize, finder.alike._rooms) == (0, {})
    assert finder.finds()
