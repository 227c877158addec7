"""When everybody has gone: the counts agree, each page tells, and one person rubs it all out."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from playwright.sync_api import Page, expect

from tests.journeys.meeting import (
    CHECKS,
    LETTERS,
    PLAIN,
    TEXT,
    VAN,
    Meeting,
    ballots,
    outcome,
    presses,
)
from tests.journeys.people import PHONE, said
from tests.web.secrets_kept import text_of
from workshop.formats.exports import EXPORTS
from workshop.reads.backlog import backlog
from workshop.recount.program import look

WAYS: Final = ("4 by phone", "4 with a helper", "1 on paper")


def compares_the_counts(meeting: Meeting) -> None:
    """What people cast is what each page, file and recount says, the three ways told apart."""
    asked, desk = outcome(), meeting.nadia
    desk.goto(f"{meeting.table.control_url}/results")
    for row, (idea, (votes, people)) in zip(
        desk.locator(".rk__row").all(), asked.items(), strict=True
    ):
        expect(row.locator("h3")).to_have_text(idea)
        expect(row.locator(".rk__n")).to_have_text(
            re.compile(rf"^\s*{votes}\s*votes?\s*{people} p")
        )
    came = desk.locator(".rk__how summary", has_text="by phone")
    expect(came).to_have_text(" · ".join(WAYS))
    assert _recounted(meeting) == {idea: people for idea, (_, people) in asked.items()}


def _recounted(meeting: Meeting) -> dict[str, int]:
    """How many people the published files give each idea, once they have been counted again.

    The program that does shares no code with the tally.
    """
    desk, folder = meeting.nadia, meeting.table.folder / "record"
    link = desk.locator("a[href$='record.zip']").first.get_attribute("href")
    answer = desk.context.request.get(f"{meeting.table.here.url}{link}")
    zipfile.ZipFile(BytesIO(answer.body())).extractall(folder)
    found = next(folder.rglob("tally.json")).parent
    right, wrong = look(found)
    assert wrong == []
    assert f"Counted {len(ballots())} ballots again" in " ".join(right)
    tally = json.loads((found / "tally.json").read_text())
    return {row["text"]: row["supporters"] for row in tally["options"]}


def tells_everybody(meeting: Meeting) -> None:
    """Each person's own page says what they posted and where each thing went."""
    phones = meeting.phones
    for person in phones.values():
        person.page.goto(f"{meeting.table.phone_url}/mine")
    _tells(phones["Ann"].page, CHECKS, "5 of 9 people voted for it", "It went to the leaders")
    _tells(phones["Ann"].page, CHECKS, "You and somebody else: this grew from it", TEXT)
    _tells(phones["Bea"].page, TEXT, "You and somebody else: it grew from", CHECKS)
    _tells(phones["Sam"].page, LETTERS, "1 more post is part of it", "3 of 9 people voted for it")
    _tells(phones["Raj"].page, PLAIN, "It became part of a card that says the same", LETTERS)
    _tells(phones["Raj"].page, "I will ask for one date", "You promised it")
    device = meeting.helper
    device.goto(f"{meeting.table.phone_url}/people")
    presses(device, "Write for them Rosa")
    device.goto(f"{meeting.table.phone_url}/mine")
    _tells(device, VAN, "2 of 9 people voted for it", "It answers:", "The bus stops at six")
    paper = meeting.table.page(PHONE)
    paper.goto(f"{meeting.table.here.url}/resume#{meeting.slip}")
    presses(paper, "Open what I said")
    expect(paper.get_by_role("heading", name="What you said comes here")).to_be_visible()


def _tells(page: Page, words: str, *stops: str) -> None:
    for stop in stops:
        expect(said(page, words)).to_contain_text(stop)


def rubs_everything_out(meeting: Meeting) -> None:
    """Ann rubs out all she said; the counts stay, and her words and her picture are nowhere."""
    table, ann = meeting.table, meeting.phones["Ann"].page
    hers = [CHECKS, "I take three mornings off work", "I want to stop worrying"]
    before = _everything(meeting)
    assert [words for words in hers[:2] if words not in before] == []
    assert _answers(meeting.nadia, f"{table.here.url}{meeting.picture}") == 200
    ann.get_by_role("link", name="Rub out everything I said").click()
    ann.get_by_label("Yes, rub out everything I said").check()
    presses(ann, "Rub it all out")
    expect(ann.get_by_text("Everything you said is rubbed out.")).to_be_visible()
    after = _everything(meeting)
    assert [words for words in (*hers, "A queue before the doors") if words in after] == []
    assert _answers(meeting.nadia, f"{table.here.url}{meeting.picture}") == 404
    meeting.nadia.goto(f"{table.control_url}/results")
    rows = meeting.nadia.locator(".rk__row")
    expect(rows.first).to_contain_text("Taken back by its author")
    expect(rows.first.locator(".rk__n strong")).to_have_text(str(outcome()[CHECKS][0]))


def _answers(page: Page, address: str) -> int:
    return page.context.request.get(address).status


def _everything(meeting: Meeting) -> str:
    """All pages and files that anybody here can open, one after the other."""
    return "\n".join(_pages(meeting))


def _pages(meeting: Meeting) -> Iterator[str]:
    table, here = meeting.table, meeting.table.here.url
    slug = table.told.room().slug
    with table.store.read() as db:
        items = [card.id for card in backlog(db, now=table.told.clock())]
    round_id = table.told.room().last_round.id  # type: ignore[union-attr]  # there was a vote
    host = (
        *(f"/workshops/{slug}{end}" for end in ("", "/results", "/care", "/care/log.csv", "/plan")),
        *(f"/workshops/{slug}/{end}" for end in ("ballots", "carry", "plan/pack")),
        f"/workshops/{slug}/rounds/{round_id}/record.zip",
        *("/backlog", *(f"/backlog/{item}" for item in items)),
        *(f"/backlog/export/{fmt}" for fmt in EXPORTS),
    )
    room = (f"/w/{slug}", f"/w/{slug}/mine", f"/changes/{slug}", "/changes")
    readers = [(meeting.nadia, host), (meeting.olu, host), (meeting.helper, room)]
    readers += [(person.page, room) for person in meeting.phones.values()]
    readers.append((meeting.screen, (table.screen_url.removeprefix(here),)))
    for page, addresses in readers:
        for address in addresses:
            answer = page.context.request.get(f"{here}{address}")
            assert answer.status in {200, 403, 404}, f"{address}: {answer.status}"
            yield text_of(answer.body())
