"""Votes to look at stand on the page of care and in the control room, and everybody reads why."""

from __future__ import annotations

import re
from pathlib import Path

from flask.testing import FlaskClient

from tests.story import Story
from tests.web.desk import Desk, desk, press
from workshop.acts import marking

__all__ = ["desk"]

BOT = "203.0.113.9"


def flooded(desk: Desk) -> Story:
    """Six people, and nine seats that somebody takes from one address."""
    told = desk.story(people=6, ideas=4, step="vote")
    # However slow the machine is, they come within one moment.
    desk.stage.clock = told.clock
    for number in range(9):
        seat = joins(desk, told, BOT)
        told.do(marking.set_mark, seat_id=seat, idea_id=told.ideas[number % 2], value=1)
    for person in told.people:
        told.votes(person, told.ideas[2], 2)
    return told


def joins(desk: Desk, told: Story, address: str) -> int:
    client = desk.visitor()
    asked = {"group": "citizen", "language": "en"}
    came = client.post(
        f"/j/{told.room().link_token}", data=asked, environ_base={"REMOTE_ADDR": address}
    )
    assert came.status_code == 303
    page = client.get(f"/w/{told.room().slug}").text
    found = re.search(r'data-person="(\d+)"', page)
    assert found
    return int(found[1])


def key_of(page: str) -> str:
    found = re.search(r'name="pattern" value="([^"]+)"', page)
    assert found
    return found[1]


def last(told: Story) -> int:
    opened = told.room().last_round
    assert opened is not None
    return opened.id


def care_of(client: FlaskClient, told: Story) -> str:
    return client.get(f"/workshops/{told.room().slug}/care").text


def test_a_pattern_is_told_in_plain_words_and_no_address_is_kept(
    desk: Desk, tmp_path: Path
) -> None:
    told = flooded(desk)
    client = desk.visitor(told.facilitator)
    page = care_of(client, told)
    assert "seats joined from one place within" in page
    assert "A helper’s device looks like this too" in page
    assert (
        "1 thing about these votes to look at" in client.get(f"/workshops/{told.room().slug}").text
    )
    assert BOT not in page
    kept = b"".join(file.read_bytes() for file in tmp_path.glob("desk.sqlite3*"))
    assert BOT.encode() not in kept


def test_a_reason_is_asked_for_kept_and_read_by_everybody(desk: Desk) -> None:
    told = flooded(desk)
    client, slug = desk.visitor(told.facilitator), told.room().slug
    given = {"round_id": last(told), "pattern": key_of(care_of(client, told))}
    empty = press(client, told.room(), "patterns", **given, decision="aside", reason="")
    assert empty.status_code == 409
    assert "Please write something first." in empty.text
    gone = press(client, told.room(), "patterns", round_id=last(told), pattern="x", decision="left")
    assert "This has changed since you looked." in gone.text
    given |= {"decision": "aside", "reason": "One laptop made all of these."}
    assert press(client, told.room(), "patterns", **given).status_code == 303
    assert "Set aside: these votes won’t count." in care_of(client, told)
    assert "One laptop" not in desk.visitor().get(f"/screen/{told.room().screen_token}").text
    told.reveals()
    page = client.get(f"/workshops/{slug}/results").text
    assert "The facilitator set 9 people’s votes aside." in page
    assert "One laptop made all of these." in page
    assert "Votes to look at" not in care_of(client, told)
    assert "Set votes aside" in care_of(client, told), "the log of care has a line"


def test_a_decision_is_taken_back(desk: Desk) -> None:
    told = flooded(desk)
    client = desk.visitor(told.facilitator)
    given = {"round_id": last(told), "pattern": key_of(care_of(client, told))}
    press(client, told.room(), "patterns", **given, decision="left")
    number = re.search(r'name="decided_id" value="(\d+)"', care_of(client, told))
    assert number
    press(client, told.room(), "patterns/back", decided_id=number[1])
    assert "Leave them in" in care_of(client, told)
