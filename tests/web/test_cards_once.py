"""A hall that comes back is answered from cards that were rendered once for each version."""

from __future__ import annotations

from pathlib import Path

from flask import template_rendered

from tests.web.visitors import place
from workshop.acts import posts

PEOPLE = 5


def test_a_card_is_rendered_once_however_many_phones_ask(tmp_path: Path) -> None:
    here = place(tmp_path, step="problems", problems=4, ideas=0)
    rendered: list[str] = []

    def note(_app: object, template: object, **_with: object) -> None:
        rendered.append(str(getattr(template, "name", "")))

    with template_rendered.connected_to(note):
        phones = [here.seated(here.newcomer()) for _ in range(PEOPLE)]
        pages = [phone.get(here.room) for phone in phones]
        assert rendered.count("cards/_phone.html") == 4
        told = here.told
        told.do(
            posts.edit_post,
            seat_id=told.people[0].seat,
            receipt=told.people[0].receipt,
            post_id=told.problems[0],
            text="New words for the first",
        )
        again = [phone.get(here.room) for phone in phones]
        assert rendered.count("cards/_phone.html") == 5
    assert all("New words for the first" not in page for page in pages)
    assert all("New words for the first" in page for page in again)
