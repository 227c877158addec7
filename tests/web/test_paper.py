"""From a printed sheet to a counted vote, through the pages; a join card; and hands."""

from __future__ import annotations

import io
import logging
import re
from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, errors, place, words
from workshop import logs
from workshop.acts import seats
from workshop.web.carried import tidy_receipt

CODE = re.compile(r'<strong translate="no">([2-9A-Z]{6})</strong>')
SLIP = re.compile(r'class="slip__code" translate="no">([-2-9A-Z]+)<')


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="vote", ideas=3, people=5)


@pytest.fixture
def nadia(here: Place) -> Browser:
    """The facilitator's browser."""
    browser = here.browser()
    with browser.client.session_transaction() as cookie:
        cookie.update(account=here.told.facilitator, epoch=0)
    browser.get(desk(here))
    return browser


def desk(here: Place, ending: str = "/everybody") -> str:
    return f"/workshops/{here.told.room().slug}{ending}"


def prints(here: Place, nadia: Browser, kind: str = "vote", many: int = 1) -> list[tuple[str, str]]:
    """Sheets as they come out of the printer: code and slip."""
    nadia.get(desk(here))
    page = nadia.post(desk(here, "/sheets"), kind=kind, many=many).text
    return list(zip(CODE.findall(page), SLIP.findall(page), strict=True))


def test_a_sheet_is_printed_found_typed_in_and_counted(here: Place, nadia: Browser) -> None:
    [(code, _)] = prints(here, nadia)
    nadia.get(f"{here.room}/paper")
    found = nadia.post(f"{here.room}/paper", code=f" {code[:3].lower()} {code[3:]}")
    assert found.location == f"{here.room}/paper/{code}"
    sheet = {f"idea-{here.told.ideas[0]}": "3", f"idea-{here.told.ideas[1]}": ""}
    nadia.get(found.location)
    assert nadia.post(found.location, group="citizen", **sheet).status_code == 303
    assert f"Sheet {code} is in." in words(nadia.get(f"{here.room}/paper"))
    again = nadia.post(found.location, group="citizen", **sheet)
    assert again.status_code == 409
    assert "It counts once." in words(again.text)
    assert "1 on paper" in words(nadia.get(desk(here, "")))
    here.told.reveals()
    shown = words(nadia.get(desk(here, "/results")))
    assert "1 on paper" in shown
    assert "3 votes" in shown


def test_what_was_typed_from_a_sheet_stays_when_it_is_refused(here: Place, nadia: Browser) -> None:
    [(code, _)] = prints(here, nadia)
    sheet = {f"idea-{idea}": "3" for idea in here.told.ideas}
    nadia.get(f"{here.room}/paper/{code}")
    answer = nadia.post(f"{here.room}/paper/{code}", group="staff", **sheet)
    assert answer.status_code == 409
    assert errors(answer) == ["That’s more votes than the 5 on a sheet. Please look at it again."]
    assert answer.text.count('value="3"') == 3
    assert re.search(r'value="staff"\s+checked', answer.text)
    answer = nadia.post(f"{here.room}/paper/{code}", group="staff", **dict.fromkeys(sheet, "many"))
    assert (answer.status_code, answer.text.count('value="many"')) == (409, 3)


def test_the_slip_of_a_sheet_leads_its_writer_back_to_their_words(
    here: Place, nadia: Browser
) -> None:
    [(code, slip)] = prints(here, nadia, "problem")
    nadia.get(f"{here.room}/paper/{code}")
    nadia.post(f"{here.room}/paper/{code}", group="citizen", text="The form is in tiny letters.")
    phone = here.browser()
    phone.get("/resume")
    assert phone.post("/resume", code=tidy_receipt(slip.lower())).status_code == 303
    assert "The form is in tiny letters." in words(phone.get(f"{here.room}/mine"))


def test_a_slip_whose_sheet_was_never_typed_in_opens_nothing(here: Place, nadia: Browser) -> None:
    [(_, slip)] = prints(here, nadia)
    phone = here.browser()
    phone.get("/resume")
    assert phone.post("/resume", code=slip).status_code == 409


def test_sending_the_form_twice_prints_the_same_sheets(here: Place, nadia: Browser) -> None:
    nadia.get(desk(here))
    form = {"kind": "vote", "many": 4, "command_id": "one printing of four"}
    first, second = (nadia.post(desk(here, "/sheets"), **form).text for _ in range(2))
    assert CODE.findall(first) == CODE.findall(second)
    assert "0 of 4 are in" in words(nadia.get(desk(here)))


def test_each_sheet_has_its_ideas_in_an_order_and_with_numbers_that_hold(
    here: Place, nadia: Browser
) -> None:
    numbered = re.compile(r'ps__n nums">(\d+)</span><span class="ps__txt" dir="auto">([^<]+)<')
    nadia.get(desk(here))
    page = nadia.post(desk(here, "/sheets"), kind="vote", many=8).text
    sheets = page.split('<section class="ps')[1:]
    pairs = [numbered.findall(sheet) for sheet in sheets]
    assert {tuple(sorted(one)) for one in pairs} == {
        tuple((str(n), f"Idea {n}") for n in (1, 2, 3))
    }
    assert len({tuple(one) for one in pairs}) > 1, "no idea is always the first"


def test_a_helper_types_in_sheets_and_nobody_else(here: Place, nadia: Browser) -> None:
    [(code, _)] = prints(here, nadia)
    here.told.do(seats.set_helpers, welcome=True)
    device = here.browser()
    device.client.get(f"/help/{here.told.room().helper_token}")
    assert code in device.get(f"{here.room}/paper/{code}")
    phone = here.seated(here.newcomer())
    assert phone.client.get(f"{here.room}/paper/{code}").status_code == 401 or (
        phone.client.get(f"{here.room}/paper/{code}").status_code in {302, 403}
    )


def test_hands_are_kept_typed_and_shown_beside_the_result(here: Place, nadia: Browser) -> None:
    first, second, _ = here.told.ideas
    page = nadia.get(desk(here, "/show-of-hands"))
    assert f"hands-{first}-citizen" in page
    wrong = nadia.post(desk(here, "/show-of-hands"), **{f"hands-{first}-citizen": "a few"})
    assert wrong.status_code == 409
    assert 'value="a few"' in wrong.text
    typed = {f"hands-{second}-citizen": "9", f"hands-{second}-staff": "7"}
    assert nadia.post(desk(here, "/show-of-hands"), **typed).status_code == 303
    assert 'value="9"' in nadia.get(desk(here, "/show-of-hands"))
    seat = here.seated(here.newcomer())
    assert "Hands in the room" not in seat.get(here.room), "hidden until the counts are shown"
    here.told.reveals()
    for page in (seat.get(here.room), nadia.get(desk(here, "/results"))):
        told = words(page)
        assert "Hands in the room" in told
        assert "16 hands" in told
    late = nadia.post(desk(here, "/show-of-hands"), **typed)
    assert "Nothing can be added now." in words(late.text)


def test_the_wifi_is_on_the_card_and_nowhere_else(here: Place, nadia: Browser) -> None:
    out, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure("debug", stream=out)
    try:
        nadia.get(desk(here, "/card"))
        answer = nadia.post(desk(here, "/card"), network="Harbour Guest", password="canary-tea")
    finally:
        root.handlers[:], root.level = before
    assert "canary-tea" in answer.text
    assert "canary-tea" not in out.getvalue()
    assert "canary-tea" not in nadia.get(desk(here, "/card")), "it is typed for each printing"
    file = Path(str(here.longtable.store.engine.url.database))
    kept = b"".join(one.read_bytes() for one in file.parent.glob(f"{file.name}*"))
    assert b"canary-tea" not in kept


def test_a_card_without_wifi_has_the_door_alone(here: Place, nadia: Browser) -> None:
    page = words(nadia.get(desk(here, "/card")))
    code = here.told.room().join_code or ""
    assert f"{code[:3]} {code[3:]}" in page
    assert "Wi-Fi" not in page.split("There’s a seat here for you.")[1]
