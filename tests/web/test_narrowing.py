"""The list of ideas, narrowed by the address of its page: no script, and nothing kept anywhere."""

from __future__ import annotations

import json

import pytest

from tests.web.desk import Desk, desk
from tests.web.panel import Panel, panel

__all__ = ["desk"]


@pytest.fixture
def here(desk: Desk) -> Panel:
    return panel(desk)


def titles(here: Panel, asked: str) -> list[str]:
    """What is in the file of the part that was asked for."""
    answer = here.leader.get(f"/backlog/export/json?{asked}")
    return [row["title"] for row in json.loads(answer.data)["items"]]


def test_the_list_narrows_by_class_of_advice(here: Panel) -> None:
    assert titles(here, "advice=none") == ["Idea 1"]
    here.is_scored()
    assert titles(here, "advice=none") == []
    assert titles(here, "advice=stop") == ["Idea 1"], "nobody owns it"
    assert titles(here, "advice=quick") == []


def test_the_list_narrows_by_stage(here: Panel) -> None:
    assert titles(here, "stage=candidate") == ["Idea 1"]
    here.is_scored()
    assert titles(here, "stage=candidate") == []
    assert titles(here, "stage=assessed") == ["Idea 1"]


def test_every_filter_that_is_asked_for_must_hold(here: Panel) -> None:
    both = f"stage=candidate&workshop={here.slug}"
    assert titles(here, both) == ["Idea 1"]
    assert titles(here, f"{both}&service=Elsewhere") == []
    assert titles(here, f"{both}&advice=") == ["Idea 1"], "left open"


def test_each_filter_is_told_and_taken_back_by_itself(here: Panel) -> None:
    page = here.leader.get(f"/backlog?stage=candidate&workshop={here.slug}").text
    assert f'href="/backlog?workshop={here.slug}"' in page
    assert 'href="/backlog?stage=candidate"' in page
    assert '<option value="candidate" selected>' in page
    assert f'/backlog/export/csv?workshop={here.slug}&amp;stage=candidate"' in page


def test_where_nothing_fits_the_page_says_so_and_leads_back(here: Panel) -> None:
    for asked in ("stage=adopted", "advice=%3Cscript%3E", "service=Elsewhere"):
        page = here.leader.get(f"/backlog?{asked}").text
        assert "No idea fits all of that" in page
        assert "Show all ideas" in page
        assert "<script>alert" not in page
        assert "Nothing in the backlog yet" not in page
