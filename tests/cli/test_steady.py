"""What keeps a serving process steady: it sets a hall aside once it is in, and only then."""

from __future__ import annotations

from jinja2 import DictLoader, Environment

from workshop.cli.steady import SILENT_LOOKS, Housekeeping, compiled


def _looks(keeping: Housekeeping, *connections: int) -> list[str]:
    return [keeping.look(number) for number in connections]


def test_a_hall_is_set_aside_once_it_is_in_and_not_while_it_comes() -> None:
    assert _looks(Housekeeping(), 0, 90, 400, 800, 1_000, 1_000, 1_000) == [
        *[""] * 5,
        "aside",
        "",
    ]


def test_what_a_hall_brought_is_looked_through_when_it_has_left() -> None:
    keeping = Housekeeping()
    _looks(keeping, 1_000, 1_000)
    assert _looks(keeping, 700, 700, 300, 10, 10, 10) == ["", "", "", "", "through", ""]


def test_a_few_who_come_and_go_change_nothing() -> None:
    keeping = Housekeeping()
    _looks(keeping, 300, 300)
    assert not any(_looks(keeping, *[300, 305, 310, 302, 301] * 20))


def test_what_is_not_set_aside_is_looked_through_now_and_then() -> None:
    keeping = Housekeeping()
    found = _looks(keeping, *[30] * (2 * SILENT_LOOKS))
    assert found.count("rest") == 2
    assert set(found) == {"", "rest"}


def test_every_template_is_compiled_before_it_is_asked_for() -> None:
    pages = Environment(
        loader=DictLoader({"a.html": "{{ a }}", "b/_b.html": "b", "words.txt": "{% odd %}"}),
        autoescape=True,
    )
    assert list(compiled(pages)) == ["a.html", "b/_b.html"]
    assert pages.cache
    assert len(pages.cache) == 2
