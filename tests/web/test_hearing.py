"""What somebody who left an address is told, how often, and in which words."""

from __future__ import annotations

import pytest

from tests.revealed import Revealed
from tests.story import story
from tests.web.desk import Desk, desk
from tests.web.hearing import GRACE, Place
from tests.web.panel import Panel, panel
from workshop.acts import decisions, merging, stages
from workshop.acts.backlog import promote, set_answer_by

__all__ = ["desk"]


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(panel(desk))


def test_an_answer_is_told_once_with_the_title_and_nothing_else_that_anybody_wrote(
    place: Place,
) -> None:
    place.leaves()
    assert place.passes() == 0, "nothing has moved yet"
    place.answers()
    assert place.passes(5) == 0, "whoever slipped has time to put it right"
    assert place.passes(6) == 1
    (letter,) = place.letters()
    assert letter["To"] == GRACE
    assert letter["From"] == "longtable@table.example"
    text = place.text()
    assert "* Idea 1\n  A leader answered it: Yes, we’ll do it\n" in text
    assert f"https://table.example/w/{place.here.slug}/mine\n" in text
    everything = letter.as_string()
    for secret in ("SECRET-REASON", place.author().receipt, "Problem 1", place.told.room().title):
        assert secret not in everything
    assert place.passes(3 * 24 * 60) == 0, "told once"


def test_only_whoever_wrote_it_hears(place: Place) -> None:
    place.leaves(person=place.told.people[1], address="second@example.org")
    place.leaves(person=place.told.people[7], address="silent@example.org")
    place.answers()
    assert place.passes() == 0
    place.leaves()
    place.answers("no")
    assert place.passes() == 1
    assert [letter["To"] for letter in place.letters()] == [GRACE]


def test_a_day_gathers_what_happened_and_one_email_goes(place: Place) -> None:
    place.leaves()
    place.answers("test")
    assert place.passes() == 1
    place.here.room.do(decisions.report_outcome, item_id=place.here.item, text="NEWS", done=False)
    move = {"to": "stopped", "reason": "SECRET-REASON", "account_id": place.here.room.leader}
    place.here.room.do(stages.move_stage, item_id=place.here.item, **move)
    assert place.passes(60) == 0, "not twice within a day"
    assert place.passes(24 * 60) == 1
    assert "  There’s news of it.\n  It moved on: Stopped\n" in place.text()
    assert len(place.letters()) == 2


def test_a_promise_that_is_late_is_told_once(place: Place) -> None:
    place.leaves()
    day = "2026-10-01"
    place.here.room.do(set_answer_by, item_id=place.here.item, answer_by=day)
    assert place.passes() == 0
    assert place.passes(30 * 24 * 60) == 1
    assert "The answer is late. It was promised by 1 October 2026." in place.text()
    assert place.passes(30 * 24 * 60) == 0


def test_the_letter_speaks_the_language_that_the_page_was_read_in(place: Place) -> None:
    client = place.leaves()
    with client.session_transaction() as cookie:
        cookie["language"] = "cy"
    client.get(f"/w/{place.here.slug}/mine")
    assert place.rows()[0].language == "cy"
    place.answers()
    place.passes()
    assert "Helo" in place.text()


def test_what_is_posted_later_is_followed_once_the_page_is_opened_again(place: Place) -> None:
    client = place.leaves()
    before = place.rows()[0].posts
    client.get(f"/w/{place.here.slug}/mine")
    assert place.rows()[0].posts == before
    place.told.moves_to("ideas")
    place.told.posts(place.author(), "idea", "One more idea")
    client.get(f"/w/{place.here.slug}/mine")
    assert len(place.rows()[0].posts) == len(before) + 1


def test_a_merged_post_is_told_of_and_follows_its_card(desk: Desk) -> None:
    told = story(desk.product.store, people=5, ideas=3, step="themes")
    place = Place(Panel(desk, Revealed(told, told.facilitator, 0), 0))
    second = told.people[1]
    place.leaves(person=second)
    told.do(merging.merge, post_id=told.ideas[1], host_id=told.ideas[0])
    assert place.passes() == 1
    assert "* Something you said was put together with what others said.\n" in place.text()
    told.moves_to("vote")
    told.reveals()
    opened = told.room().last_round
    assert opened is not None
    told.do(promote, idea_id=told.ideas[0], round_id=opened.id)
    assert place.passes(25 * 60) == 1
    assert "It’s in the backlog now" in place.text()
