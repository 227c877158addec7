"""Somebody picks their language at the door, and everything they meet afterwards keeps it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.visitors import Browser, Place, place, words
from workshop.storage.models import Post, Seat
from workshop.web.languages import LANGUAGES, sentences


@pytest.fixture
def here(tmp_path: Path) -> Place:
    return place(tmp_path, step="problems")


def door(here: Place) -> str:
    return f"/j/{here.told.room().link_token}"


def arrives(here: Place, asks: str = "") -> Browser:
    """A browser that says which languages its owner reads."""
    visitor = here.browser()
    if asks:
        visitor.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = asks
    return visitor


def test_every_language_is_offered_at_the_door_by_its_own_name(here: Place) -> None:
    page = arrives(here).get(door(here))
    for code, name in LANGUAGES.items():
        assert re.search(rf'value="{code}" lang="{code}"[^>]*>{name}<', page), code


@pytest.mark.parametrize("asks", ["pl,en;q=0.5", "pl-PL"])
def test_the_door_speaks_what_the_browser_asks_for(here: Place, asks: str) -> None:
    page = arrives(here, asks).get(door(here))
    assert '<html lang="pl" dir="ltr"' in page
    assert "Zajmuję to miejsce" in page
    assert re.search(r'<option[^>]*selected[^>]*value="pl"', page)


def test_a_language_that_was_picked_is_kept_whatever_the_browser_asks(here: Place) -> None:
    visitor = arrives(here, "fr")
    visitor.get(door(here))
    sent = visitor.client.post(
        "/language",
        data={"csrf_token": visitor.token, "language": "ar"},
        headers={"Referer": f"http://localhost{door(here)}"},
    )
    assert sent.location == door(here)
    page = visitor.get(door(here))
    assert '<html lang="ar" dir="rtl"' in page
    assert "أي مقعد هو مقعدك اليوم؟" in page


def test_what_is_no_language_changes_nothing(here: Place) -> None:
    visitor = arrives(here)
    visitor.get(door(here))
    for wrong in ("xx", "", "<b>", "en-US"):
        visitor.post("/language", language=wrong)
        assert '<html lang="en" dir="ltr"' in visitor.get(door(here))


def test_a_seat_taken_in_a_language_posts_in_it(here: Place) -> None:
    visitor = arrives(here, "uk")
    visitor.get(door(here))
    visitor.post(door(here), group="citizen", language="uk")
    page = visitor.get(here.room)
    assert '<html lang="uk"' in page
    visitor.post(f"{here.room}/problems", text="Бланк надто дрібний.")
    visitor.post(f"{here.room}/language", language="cy")
    assert '<html lang="cy"' in visitor.get(here.room)
    with here.longtable.store.read() as db:
        seat = db.query(Seat).order_by(Seat.id.desc()).first()
        post = db.query(Post).order_by(Post.id.desc()).first()
        assert seat
        assert post
        assert (seat.language, post.language) == ("cy", "uk")


def test_a_question_of_the_product_is_asked_in_the_language_of_whoever_reads_it(
    here: Place,
) -> None:
    visitor = arrives(here, "fr")
    visitor.get(door(here))
    visitor.post(door(here), group="citizen", language="fr")
    for page in (here.room, f"/screen/{here.told.room().screen_token}"):
        asked = visitor.get(page)
        assert "Pensez à la dernière fois." in asked, page
        assert "Think of the last time." not in asked, page


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_every_step_can_be_shown_in_every_language(here: Place, code: str) -> None:
    visitor = here.seated(here.newcomer())
    visitor.post(f"{here.room}/language", language=code)
    for phase in ("welcome", "problems", "themes", "ideas", "vote", "results", "next"):
        here.told.moves_to(phase)
        assert visitor.client.get(here.room).status_code == 200
    for path in ("/", "/privacy", "/accessibility", "/resume", f"{here.room}/mine"):
        assert f'<html lang="{code}"' in visitor.get(path)
    assert words(visitor.get("/privacy"))


@pytest.mark.parametrize(("asks", "apart"), [("ar", True), ("ur", True), ("pl", False)])
def test_what_is_not_translated_yet_keeps_its_own_direction(
    here: Place, asks: str, *, apart: bool
) -> None:
    """A full stop or a number of an English sentence would stand at its wrong end."""
    page = arrives(here, asks).get("/sign-in")
    assert ("\u2066" in page) is apart
    assert page.count("\u2066") + page.count("\u2068") == page.count("\u2069")


@pytest.mark.parametrize(("asks", "apart"), [("ar", True), ("fr", False)])
def test_somebodys_words_in_a_sentence_keep_their_own_direction(
    here: Place, asks: str, *, apart: bool
) -> None:
    with arrives(here, asks).client.application.test_request_context(
        headers={"Accept-Language": asks}
    ):
        told = sentences()["gettext"]("Answers: %(problem)s", problem="I wait. And wait.")
    assert ("\u2068I wait. And wait.\u2069" in told) is apart
