"""A vote by every way there is, and its reveal place by place, in a meeting of nine people."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.helping import writes_for
from tests.journeys.meeting import (
    ON_PAPER,
    ON_PHONES,
    WITH_A_HELPER,
    Meeting,
    outcome,
    presses,
)
from tests.journeys.people import Participant
from tests.journeys.wires import is_online


def votes(meeting: Meeting) -> None:
    """On phones, one of which drops; with the helper; and on a sheet that Olu types in."""
    presses(meeting.nadia, "Next: Vote")
    meeting.is_at("Vote")
    for name, ballot in ON_PHONES.items():
        if name == "Ann":
            with meeting.drops(name) as ann:
                _gives(ann, ballot)
                expect(ann.page.locator("[data-net]")).not_to_have_text("All saved")
            is_online(ann.page)
        else:
            _gives(meeting.phones[name], ballot)
    for name, ballot in WITH_A_HELPER.items():
        writes_for(meeting.helper, name)
        _gives(Participant(meeting.helper, ""), ballot)
    _types_a_sheet_in(meeting)
    expect(meeting.nadia.locator("[data-slot=voted]")).to_contain_text("1 on paper")
    for page in (meeting.screen, meeting.nadia, meeting.olu, meeting.phones["Bea"].page):
        assert "from 5 people" not in (page.locator("main").text_content() or "")


def _gives(person: Participant, ballot: dict[str, int]) -> None:
    for idea, votes in ballot.items():
        person.gives(votes, idea)


def _types_a_sheet_in(meeting: Meeting) -> None:
    """Nadia prints sheets, Olu types one in; the same sheet cannot be typed in twice."""
    table, olu = meeting.table, meeting.olu
    desk = meeting.nadia.context.new_page()
    desk.goto(f"{table.control_url}/everybody")
    desk.locator("label.pill", has_text="Vot").click()
    presses(desk, "Make the sheets")
    sheet = desk.locator("section.ps").first
    code = (sheet.locator(".ps__code strong").text_content() or "").strip()
    meeting.slip = (sheet.locator(".slip__code").text_content() or "").strip()
    desk.close()
    olu.goto(f"{table.phone_url}/paper")
    olu.get_by_label("Letters on the sheet").fill(code.lower())
    presses(olu, "Find this sheet")
    olu.locator("label.pill", has_text="Citizen").click()
    for idea, votes in ON_PAPER.items():
        olu.get_by_label(idea).fill(str(votes))
    presses(olu, "Save this sheet")
    olu.goto(f"{table.phone_url}/paper/{code}")
    expect(olu.locator("main")).to_contain_text("This sheet has been typed in already.")
    olu.goto(table.control_url)


def reveals(meeting: Meeting) -> None:
    """Olu closes, Nadia opens place by place; the first place is on no screen before its turn."""
    presses(meeting.olu, "Close the vote")
    presses(meeting.nadia, "Reveal, last place first")
    places = list(outcome())
    for under in range(len(places) - 1, 0, -1):
        expect(meeting.screen.locator("h1")).to_have_text(f"{under} still to come")
        expect(meeting.screen.locator(".st__list")).to_contain_text(places[under])
        assert places[0] not in (meeting.screen.locator("main").text_content() or "")
        page = meeting.nadia if under % 2 else meeting.olu
        presses(page, "Show the next place")
    expect(meeting.screen.locator(".st__list")).to_contain_text(places[0])
