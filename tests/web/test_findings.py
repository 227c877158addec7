"""The results page says what a vote means; everybody reads the same, without a button."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from flask.testing import FlaskClient

from tests.story import Story, facilitator
from tests.web.desk import Desk, desk, press
from workshop.acts import backlog, findings
from workshop.reads.parked import parked_due
from workshop.rules.promises import today

__all__ = ["desk"]


def voted(desk: Desk) -> Story:
    """Two thirds of the room want three ideas, the others a fourth."""
    told = desk.story(
        people=18, ideas=5, step="vote", rule={"method": "approval", "budget": 0, "cap": 1}
    )
    for number, person in enumerate(told.people):
        wanted = told.ideas[:3] if number % 3 < 2 else told.ideas[3:4]
        for idea in wanted:
            told.votes(person, idea, 1)
    return told


def reveals(told: Story) -> None:
    """What both doors do: count, and then work out what that means."""
    told.reveals()
    findings.catch_up(told.stage)


def page_of(client: FlaskClient, told: Story) -> str:
    return client.get(f"/workshops/{told.room().slug}/results").text


def last(told: Story) -> int:
    opened = told.room().last_round
    assert opened is not None
    return opened.id


def test_no_word_of_it_stands_anywhere_before_the_reveal(desk: Desk) -> None:
    told = voted(desk)
    page = page_of(desk.visitor(told.facilitator), told)
    assert "Too close to call" not in page
    assert "get nothing they voted for" not in page


def test_the_page_shows_bands_two_lists_with_reasons_shelves_and_the_rule(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "results/size", round_id=last(told), size=3)
    page = page_of(client, told)
    for words in (
        "How sure are we about the top 3?",
        "Well clear of the line",
        "The 3 with most votes",
        "3 that leave fewest out",
        "6 of 18 get nothing they voted for",
        "6 people had nothing until this came in.",
        "Everybody who wanted this gets something else as well.",
        "Everybody gets something they voted for",
        "Do the groups agree?",
        "<code>findings</code> 2",
    ):
        assert words in page, words
    assert page.count(f'href="#how-{last(told)}"') >= 3
    assert f'id="how-{last(told)}"' in page


def test_a_length_that_cannot_be_is_refused_in_words(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "results/size", round_id=last(told), size=99)
    assert "Please choose a number from 1 to 4." in page_of(client, told)
    press(client, told.room(), "results/size", round_id=last(told), size="many")
    assert "How sure are we about the top 2?" in page_of(client, told)


def test_an_idea_is_parked_with_a_day_and_taken_back(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(told.facilitator)
    given = {"round_id": last(told), "idea_id": told.ideas[4]}
    day = today(desk.stage.clock()) + timedelta(days=30)
    said = {"reason": "Ask again in spring.", "review_on": day.isoformat(), "kind": "parked"}
    assert press(client, told.room(), "results/verdict", **given, **said).status_code == 303
    page = page_of(client, told)
    assert "Ask again in spring." in page
    assert "Look again on" in page
    press(client, told.room(), "results/verdict/back", **given)
    assert "Ask again in spring." not in page_of(client, told)


def test_a_refused_verdict_says_why_beside_its_field_and_keeps_the_words(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(told.facilitator)
    given = {"round_id": last(told), "idea_id": told.ideas[4], "kind": "parked"}
    answer = press(client, told.room(), "results/verdict", **given, reason="Ask in spring.")
    assert answer.status_code == 409
    assert "Please say when you’ll look at it again." in answer.text
    assert "Ask in spring.</textarea>" in re.sub(r">\s+", ">", answer.text)
    past = date(2020, 1, 1).isoformat()
    answer = press(client, told.room(), "results/verdict", **given, reason="Why", review_on=past)
    assert "Please pick a day that is still to come." in answer.text
    answer = press(client, told.room(), "results/verdict", **given, reason="")
    assert answer.status_code == 422


def test_a_leader_reads_it_all_and_decides_nothing(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(desk.account("leader"))
    page = page_of(client, told)
    assert "Two ways to choose" in page
    assert "Park an idea" not in page
    answer = press(client, told.room(), "results/size", round_id=last(told), size=3)
    assert answer.status_code == 403


def test_everybody_reads_it_once_the_workshop_has_a_public_page(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    page_of(desk.visitor(told.facilitator), told)
    address = f"/changes/{told.room().slug}/votes"
    assert desk.visitor().get(address).status_code == 404
    told.do(backlog.promote, idea_id=told.ideas[0], round_id=last(told))
    page = desk.visitor().get(address).text
    assert "Two ways to choose" in page
    assert "<form" not in page


def test_the_screen_shows_bands_and_lists_when_asked(desk: Desk) -> None:
    told = voted(desk)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "round", round_id=last(told), to="closed")
    press(client, told.room(), "round", round_id=last(told), to="revealed")
    screen = f"/screen/{told.room().screen_token}"
    press(client, told.room(), "screen", screen="bands")
    bands = desk.visitor().get(screen).text
    assert "where the true answer probably is" in bands
    press(client, told.room(), "screen", screen="lists")
    lists = desk.visitor().get(screen).text
    assert "by equal shares" in lists.replace("that leave fewest out", "by equal shares")
    code = told.room().join_code or ""
    for page in (bands, lists):
        assert f"{code[:3]} {code[3:]}" in page
        assert 'class="st__qr"><svg' in page
    press(client, told.room(), "round", round_id=last(told), to="covered")
    assert "where the true answer" not in desk.visitor().get(screen).text


def test_reading_an_old_vote_writes_nothing_and_a_button_works_it_out(desk: Desk) -> None:
    told = voted(desk)
    told.reveals()
    client, before = desk.visitor(told.facilitator), told.room().seq
    page = page_of(client, told)
    assert "What this vote means is not worked out yet." in page
    assert told.room().seq == before
    assert "not worked out" not in page_of(desk.visitor(desk.account("leader")), told)
    press(client, told.room(), "results/size", round_id=last(told))
    assert "How sure are we about the top 2?" in page_of(client, told)


def test_nothing_on_disk_tells_who_voted_for_what_once_the_counts_are_shown(
    desk: Desk, tmp_path: Path
) -> None:
    told = voted(desk)
    told.votes(told.people[0], told.ideas[0], 1, device="CANARY-DEVICE", number=7)
    assert "CANARY-DEVICE" in _bytes(tmp_path)
    client = desk.visitor(told.facilitator)
    press(client, told.room(), "round", round_id=last(told), to="closed")
    press(client, told.room(), "round", round_id=last(told), to="revealed")
    assert "CANARY-DEVICE" not in _bytes(tmp_path)


def _bytes(folder: Path) -> str:
    return "".join(file.read_bytes().decode("latin-1") for file in folder.glob("desk.sqlite3*"))


def test_parked_ideas_are_told_of_on_their_day_to_whoever_may_look_again(desk: Desk) -> None:
    told = voted(desk)
    reveals(told)
    client = desk.visitor(told.facilitator)
    start = today(desk.stage.clock())
    for idea, days in ((told.ideas[4], 30), (told.ideas[3], 60)):
        given = {"round_id": last(told), "idea_id": idea, "reason": "In spring.", "kind": "parked"}
        day = (start + timedelta(days=days)).isoformat()
        assert (
            press(client, told.room(), "results/verdict", **given, review_on=day).status_code < 400
        )
    with desk.product.store.read() as db:
        assert parked_due(db, (start + timedelta(days=29)).isoformat()) == ()
        assert [one.ideas for one in parked_due(db, (start + timedelta(days=60)).isoformat())] == [
            2
        ]
        assert parked_due(db, (start + timedelta(days=60)).isoformat(), []) == ()
    desk.stage.clock = lambda: _noon(start + timedelta(days=31))
    words = "1 parked idea is due for another look"
    leader, other = desk.account("leader"), facilitator(desk.stage, "other@example.org")
    assert words in client.get("/workshops").text
    assert words in client.get("/backlog").text
    assert words in desk.visitor(leader).get("/backlog").text
    assert words not in desk.visitor(other).get("/workshops").text
    told.do(backlog.promote, idea_id=told.ideas[4], round_id=last(told))
    assert words not in client.get("/workshops").text


def _noon(day: date) -> int:
    return int(datetime.combine(day, time(12), UTC).timestamp() * 1000)
