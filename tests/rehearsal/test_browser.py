"""The small browser finds forms and what they hold, and never leaves this machine."""

from __future__ import annotations

import pytest

from workshop.rehearsal.browser import Lost, read_page, site_of

PAGE = """
<body class="x" data-token="t&amp;1" data-seq="7">
<form method="post" action="/a" data-command="step.move">
<input type="hidden" name="csrf_token" value="c">
<input name="position" value="2" data-int><input type="checkbox" name="off" value="1">
<input type="radio" name="group" value="staff">
<input type="radio" name="group" value="citizen" checked>
<textarea name="goal">
Two &amp; more</textarea><input type="submit" name="go" value="x"></form>
<input name="outside" value="1">
<form action="/b"><button name="value" value="3">3</button></form>
"""


def test_a_form_is_found_with_what_its_fields_hold() -> None:
    page = read_page("http://localhost/x", 200, PAGE)
    form = page.form(lambda one: one.command == "step.move", "to move")
    assert form.action == "/a"
    assert dict(form.fields) == {
        "csrf_token": "c",
        "position": "2",
        "group": "citizen",
        "goal": "\nTwo & more",
    }
    assert page.forms[1].fields == {}


def test_what_the_body_carries_is_read() -> None:
    page = read_page("http://localhost/x", 200, PAGE)
    assert (page.body["data-token"], page.body["data-seq"]) == ("t&1", "7")


def test_a_missing_form_is_told_with_the_page_and_without_its_token() -> None:
    page = read_page("http://localhost/w/abc?secret=1", 200, PAGE)
    with pytest.raises(Lost, match=r"The page at /w/abc has no form to fly\.$"):
        page.form(lambda one: one.command == "fly", "to fly")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("http://127.0.0.1:5000", "http://127.0.0.1:5000"),
        ("localhost:5001", "http://localhost:5001"),
        ("http://[::1]:5000/some/page", "http://[::1]:5000"),
    ],
)
def test_this_machine_is_known_by_all_its_names(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org",
        "http://127.0.0.1.example.org",
        "http://localhost@example.org",
        "ftp://localhost",
        "",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(Lost, match="on this machine"):
        site_of(url)
