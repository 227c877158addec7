"""Held posts, other words, reports, and a log that has nobody's words in it."""

from __future__ import annotations

from sqlalchemy import func, select

from tests.story import Person, Story, story
from workshop.acts import care, posts, seats
from workshop.reads import care as reading
from workshop.reads import posts as cards
from workshop.reads.phone import phone_card
from workshop.reads.posts import PostCard
from workshop.reads.screen import screen_card
from workshop.rules.roles import SeatCard
from workshop.storage.models import Contribution, Deed, Seat
from workshop.storage.store import Store


def _room(store: Store, mode: str = "off", words: str = "", people: int = 3) -> Story:
    told = story(store, people=people, step="problems", problems=0, ideas=0)
    told.do(care.set_rules, care=mode, word_list=words, account_id=told.facilitator)
    return told


def _card(told: Story, number: int) -> PostCard:
    with told.stage.store.read() as db:
        return cards.some(db, told.workshop, [number])[number]


def _seen_by_others(told: Story, words: str) -> bool:
    """Whether another person's phone or the projector has these words."""
    other = told.people[-1]
    seat = SeatCard(other.seat, told.workshop, other.group, "", "en", other.receipt)
    with told.stage.store.read() as db:
        phone = phone_card(db, told.room(), seat)
        return words in repr((phone, screen_card(db, told.room())))


def test_with_everything_held_only_the_author_sees_a_post_until_it_is_allowed(store: Store) -> None:
    told = _room(store, "all")
    ann = told.people[0]
    number = told.posts(ann, "problem", "Held words")
    assert (_card(told, number).state, _card(told, number).held_for) == ("held", "all")
    assert not _seen_by_others(told, "Held words")
    with store.read() as db:
        assert [one.id for one in cards.own(db, told.workshop, ann.receipt)] == [number]
        assert [one.post.id for one in reading.queue(db, told.workshop).cards] == [number]
    told.do(posts.set_state, post_id=number, state="shown")
    assert _seen_by_others(told, "Held words")
    with store.read() as db:
        assert reading.queue(db, told.workshop).waiting == 0


def test_a_first_post_waits_and_the_next_does_not_once_the_first_is_seen(store: Store) -> None:
    told = _room(store, "first")
    ann, bob = told.people[:2]
    first = told.posts(ann, "problem", "My first")
    assert _card(told, first).held_for == "first"
    second = told.posts(ann, "problem", "Too soon")
    assert _card(told, second).held_for == "first"
    told.do(posts.set_state, post_id=first, state="shown")
    assert _card(told, told.posts(ann, "problem", "Now known")).state == "shown"
    assert _card(told, told.posts(bob, "problem", "Bob's first")).state == "held"


def test_nothing_at_a_seat_says_whose_first_post_was_allowed(store: Store) -> None:
    told = _room(store, "first")
    number = told.posts(told.people[0], "problem", "My first")

    def stored() -> list[object]:
        with store.read() as db:
            rows = [
                *db.execute(select(Seat.__table__)),
                *db.execute(select(Contribution.__table__)),
            ]
            return [tuple(row) for row in rows]

    before = stored()
    told.do(posts.set_state, post_id=number, state="shown")
    told.posts(told.people[0], "problem", "My second")
    assert stored() == before


def test_a_pledge_is_never_held(store: Store) -> None:
    told = _room(store, "all")
    told.moves_to("next")
    assert _card(told, told.posts(told.people[0], "pledge", "I will ring")).state == "shown"


def test_a_listed_word_holds_a_post_and_drops_nothing(store: Store) -> None:
    told = _room(store, words="fool\n")
    number = told.posts(told.people[0], "problem", "Some FOÓL designed it", affected="all")
    card = _card(told, number)
    assert (card.state, card.held_for, card.text) == ("held", "words", "Some FOÓL designed it")
    plain = told.posts(told.people[0], "problem", "All fine", better="No fools")
    assert _card(told, plain).state == "shown"


def _edits(told: Story, person: Person, number: int, text: str) -> None:
    told.do(posts.edit_post, seat_id=person.seat, receipt=person.receipt, post_id=number, text=text)


def test_other_words_are_looked_at_like_new_ones(store: Store) -> None:
    told = _room(store, words="fool")
    ann = told.people[0]
    number = told.posts(ann, "problem", "All fine")
    _edits(told, ann, number, "You fool")
    assert _card(told, number).held_for == "words"
    told.do(posts.set_state, post_id=number, state="shown")
    told.do(care.set_rules, care="all")
    _edits(told, ann, number, "Kind words")
    assert _card(told, number).held_for == "all"


def test_who_is_asked_for_other_words_is_told_why_and_can_give_them_at_any_step(
    store: Store,
) -> None:
    told = _room(store)
    ann = told.people[0]
    number = told.posts(ann, "problem", "Nurse Jane is rude")
    told.do(care.ask_reword, post_id=number, reason="names", note="Please leave her out.")
    card = _card(told, number)
    assert (card.is_asked, card.reason, card.note) == (True, "names", "Please leave her out.")
    with store.read() as db:
        assert cards.asked(db, told.workshop, ann.receipt) == 1
        assert cards.asked(db, told.workshop, told.people[1].receipt) == 0
        assert (reading.queue(db, told.workshop).waiting, _asked(told)) == (0, 1)
    told.moves_to("ideas")
    _edits(told, ann, number, "Staff can be rude")
    card = _card(told, number)
    assert (card.state, card.held_for, card.note) == ("held", "again", "")
    with store.read() as db:
        assert reading.queue(db, told.workshop).cards[0].post.text == "Staff can be rude"
    told.do(posts.set_state, post_id=number, state="shown")
    assert _card(told, number).state == "shown"


def _asked(told: Story) -> int:
    with told.stage.store.read() as db:
        return reading.queue(db, told.workshop).asked


def test_a_problem_that_is_held_is_not_to_be_read_on_the_ideas_that_answer_it(
    store: Store,
) -> None:
    told = _room(store)
    problem = told.posts(told.people[0], "problem", "Hidden below an idea")
    told.moves_to("ideas")
    told.posts(told.people[1], "idea", "An answer", answers_id=problem)
    assert _seen_by_others(told, "Hidden below an idea")
    told.do(posts.set_state, post_id=problem, state="hidden")
    assert not _seen_by_others(told, "Hidden below an idea")


def test_the_log_tells_who_did_what_and_why_and_has_nobodys_words(store: Store) -> None:
    told = _room(store, "all")
    number = told.posts(told.people[0], "problem", "CANARY")
    by = {"account_id": told.facilitator}
    told.do(care.ask_reword, post_id=number, reason="names", note="CANARY", **by)
    told.do(posts.set_state, post_id=number, state="hidden", reason="unkind", note="CANARY", **by)
    told.do(posts.set_state, post_id=number, state="removed", reason="twice", **by)
    told.do(seats.remove_seat, seat_id=told.people[1].seat, reason="flooding", **by)
    with store.read() as db:
        found = reading.deeds(db, told.workshop)
        stored = [tuple(row) for row in db.execute(select(Deed.__table__))]
    assert [(one.kind, one.reason, one.by) for one in found] == [
        ("seat.removed", "flooding", "Nadia"),
        ("post.removed", "twice", "Nadia"),
        ("post.hidden", "unkind", "Nadia"),
        ("post.asked", "names", "Nadia"),
        ("post.held", "all", ""),
        ("care.changed", "all", "Nadia"),
    ]
    assert found[0].seat_id == told.people[1].seat
    assert {one.post_id for one in found[1:5]} == {number}
    assert "CANARY" not in repr(stored)


def test_a_post_that_is_held_back_gives_its_votes_back(store: Store) -> None:
    told = story(store, people=3, ideas=2, step="vote")
    told.votes(told.people[1], told.ideas[0], 2)
    told.do(care.ask_reword, post_id=told.ideas[0], reason="unclear")
    change = told.votes(told.people[1], told.ideas[1], 1)
    assert change.answer["left"] == change.answer["budget"] - 1


def test_the_queue_shows_the_oldest_and_counts_the_rest(store: Store) -> None:
    told = _room(store, "all", people=4)
    for n in range(reading.MOST_SHOWN + 3):
        told.posts(told.people[n % 4], "problem", f"Post {n}")
    with store.read() as db:
        queue = reading.queue(db, told.workshop)
        assert db.scalar(select(func.count()).select_from(Deed)) == reading.MOST_SHOWN + 4
    assert (len(queue.cards), queue.waiting, queue.more) == (8, 11, 3)
    assert queue.cards[0].post.text == "Post 0"
