"""How the finished story goes on: what it tells of offers, trials and changes is on the pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tests.web.desk import Desk, desk
from tests.web.visitors import words
from workshop.acts import guests
from workshop.acts.stage import Change
from workshop.reads import backlog, rooms
from workshop.seeding import BadStory, Cast, Story, read, tell

__all__ = ["desk"]

STORY = "living-well-with-diabetes"
KITCHEN, TEXTS = "Thursdays in the kitchen", "Text a question to the nurses"


class Told:
    """A story on the real pages."""

    def __init__(self, desk: Desk, story: Story | None = None) -> None:
        self.desk = desk
        self.cast = Cast(desk.account("facilitator"), desk.account("leader"))
        number = tell(desk.stage, story or read(STORY), self.cast)
        with desk.stage.store.read() as db:
            room = rooms.by_id(db, number)
            assert room is not None
            self.slug = room.slug
            cards = backlog.backlog(db, now=desk.stage.clock())
        self.items = {card.title: card for card in cards}

    def desk_page(self, title: str, ending: str = "") -> str:
        return self.leader(f"/backlog/{self.items[title].id}{ending}")

    def leader(self, address: str) -> str:
        return seen(self.desk.visitor(self.cast.leader), address)

    def public(self) -> str:
        return seen(self.desk.visitor(), f"/changes/{self.slug}")


def seen(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return words(answer.text)


@pytest.fixture
def links(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The link of each guest, which nobody can read once it is given."""
    found: dict[str, str] = {}
    real = guests.make_guest

    def make(db: Session, **given: Any) -> Change:
        found[given["name"]] = f"/guest/{given['token']}"
        return real(db, **given)

    monkeypatch.setattr(guests, "make_guest", make)
    return found


@pytest.fixture
def told(desk: Desk, links: dict[str, str]) -> Told:
    assert links == {}
    return Told(desk)


def test_one_pilot_runs_after_its_test_worked(told: Told) -> None:
    assert told.items[KITCHEN].stage == "pilot"
    page = told.desk_page(KITCHEN)
    assert "Answered 27 October done Under way 24 November done Done" in page
    assert "The four Thursdays worked. Now twelve weeks" in page
    assert "It worked. Between 11 and 16 people came" in page
    assert "20 people come each month" in page
    public = told.public()
    assert "We’ll stop if Nobody new comes for four weeks" in public
    assert "We tried it. It worked" in public


def test_a_pilot_that_failed_says_so_to_everybody(told: Told) -> None:
    assert told.items[TEXTS].stage == "stopped"
    assert "It didn’t work. In four weeks 212 questions came." in told.desk_page(TEXTS)
    public = told.public()
    assert "We stopped, and why We tried it at Station Road" in public
    assert "We tried it. It didn’t work In four weeks 212 questions came." in public
    assert "What we learned: A text looks quick" in public


def test_offers_cover_all_that_one_idea_needs_and_a_part_of_another(told: Told) -> None:
    assert "2 of 2 needs covered: can start" in told.desk_page(KITCHEN)
    assert "Reach them here: Win win@allotments.invalid" in told.desk_page(KITCHEN, "/needs")
    visit = told.desk_page("The one-visit check", "/needs")
    assert "1 of 3 needs covered." in visit
    assert "They’ve been asked." in visit
    assert "We can bring somebody along" in told.leader("/offers")


def test_a_partner_with_a_link_leads_an_idea_and_everybody_reads_it(
    told: Told, links: dict[str, str]
) -> None:
    leads = "Millbrook community kitchen leads it"
    assert leads in told.desk_page(KITCHEN)
    assert leads in told.public()
    partner = told.desk.visitor()
    assert partner.get(links["Millbrook community kitchen"]).status_code == 303
    page = seen(partner, "/guest")
    assert "Leads it. You know the people and you have the key." in page
    assert "The hall behind our kitchen" in page
    assert "The hall on two mornings a month" in page


def test_staff_made_small_changes_and_one_is_told_of(told: Told) -> None:
    for page in (told.public(), told.leader("/just-do-it")):
        assert "I book two slots in a row" in page
        assert "21 people had a double slot." in page
        assert "plates that people here really eat" in page
    assert "Staff tried it and keep it" in told.public()
    assert "Staff are trying it" in told.public()


def test_a_gate_that_one_assessor_shut_is_open_once_a_nurse_is_on_call(told: Told) -> None:
    buddy = told.items["A first-month buddy"]
    assert buddy.gates == ()
    assert "A nurse is on call for buddies day and night" in told.desk_page(buddy.title)
    assert "A buddy alone at night" in told.leader(f"/assess/items/{buddy.id}/talk")


def test_without_the_second_look_the_gate_stays_shut(desk: Desk) -> None:
    story = read(STORY)
    (gate,) = story.part("gates")
    items = [dict(item) for item in story.part("items")]
    buddy = next(item for item in items if item["idea"] == gate["item"])
    risks = dict(buddy["risks"])
    risks[gate["who"]] = {**risks[gate["who"]], gate["factor"]: gate["feared"]}
    buddy["risks"] = risks
    shut = Told(desk, replace(story, parts={**story.parts, "items": items}))
    assert shut.items["A first-month buddy"].gates == ("safeguarding",)


SMALL = """
title = "T"
service = "S"
goal = "G"
better_for = "B"
place = ""
template = "hour"
state = "finished"
when = { days = -40, hour = 9 }
people = { citizen = ["ann"], staff = ["ben"] }
ideas = [{ by = "ann", key = "one", text = "An idea" }]
votes = { ann = { one = 1 } }
assessors = [{ key = "amy", name = "Amy", standing = "citizen" }]
items = [{ idea = "one", owner = "Ben", answer_by_days = 9, needs = { time = "An hour" } }]
"""

GUEST = 'guests = [{ key = "hall", days = 1, kind = "partner", name = "The hall" }]'
OFFER = 'offers = [{ by = "ann", days = 1, kind = "time", text = "An hour", item = "one" }]'
LEAD = 'leads = [{ by = "hall", item = "one", days = 2, why = "We can" }]'
TRIAL = 'trials = [{ item = "one", kind = "test", days = 1, ends = 9, what = "Try", who = "Ben" }]'
MOVE = 'moves = [{ item = "one", days = 3, to = "testing", reason = "Let us see" }]'
LINES = 'kinds = ["words"], money = 5, undone_in = 7, people = 9, never = []'
LANE = f'programme = {{ days = 1, title = "P", service = "S", {LINES} }}'
CHANGE = 'changes = [{ by = "ben", days = 2, kind = "words", text = "A sign" }]'
ALL = f"{SMALL}\n{GUEST}\n{OFFER}\n{LEAD}\n{TRIAL}\n{MOVE}\n{LANE}\n{CHANGE}"
GATE = 'gates = [{ item = "one", who = "bob", factor = "legal", feared = [3, 5], reason = "R", '
GATE += 'mitigation = "M", owner = "O" }]'
WON = 'days = 9, outcome = "won", happened = "H"'
NO_TRIAL = "has no outcome of a trial “won”."
NO_CHANGE = "has no outcome of a change “won”."


def small(folder: Path, text: str) -> Path:
    (folder / "small").mkdir()
    (folder / "small" / "story.toml").write_text(text)
    return folder


def test_a_small_story_may_go_on_too(desk: Desk, tmp_path: Path) -> None:
    story = read("small", small(tmp_path, ALL))
    assert "A sign" in Told(desk, story).public()


@pytest.mark.parametrize(
    ("was", "now", "sentence"),
    [
        ('item = "one", kind', 'item = "two", kind', "has no item “two”."),
        ('"ann", days', '"cat", days', "has no giver “cat”."),
        ('leads = [{ by = "hall"', 'leads = [{ by = "ann"', "has no guest “ann”."),
        ('by = "ben"', 'by = "cat"', "has no maker of a change “cat”."),
        ('kind = "time"', 'kind = "room"', "has no need “one: room”."),
        ('kind = "time"', 'kind = "gold"', "has no kind of offer “gold”."),
        ('kind = "partner"', 'kind = "king"', "has no kind of guest “king”."),
        ('kind = "test"', 'kind = "exam"', "has no kind of trial “exam”."),
        ('to = "testing"', 'to = "heaven"', "has no stage “heaven”."),
        ('2, kind = "words"', '2, kind = "deeds"', "has no kind of change “deeds”."),
        ("ends = 9", "ends = 9, end = 8", "has no key “trials.end”."),
        ("money = 5", "money = 5, coins = 5", "has no key “programme.coins”."),
        (LANE, GATE, "lacks 'programme'."),
        (CHANGE, GATE, "has no assessor “bob”."),
        (CHANGE, GATE.replace("bob", "amy"), "has no assessor “amy”."),
        (CHANGE, GATE.replace('"legal"', '"luck"'), "has no risk factor “luck”."),
        ('kinds = ["words"]', 'kinds = ["deeds"]', "has no kind of small change “deeds”."),
        ("ends = 9, ", "", "lacks 'ends'."),
        (', who = "Ben" }]', " }]", "lacks 'who'."),
        ('who = "Ben" }]', f'who = "Ben", ended = {{ {WON}, learned = "L" }} }}]', NO_TRIAL),
        ('text = "A sign" }]', f'text = "A sign", told = {{ {WON} }} }}]', NO_CHANGE),
    ],
)
def test_what_does_not_hang_together_is_refused_before_anything_is_told(
    was: str, now: str, sentence: str, tmp_path: Path
) -> None:
    assert was in ALL
    with pytest.raises(BadStory) as wrong:
        read("small", small(tmp_path, ALL.replace(was, now)))
    assert str(wrong.value) == f"The story “small” {sentence}"
