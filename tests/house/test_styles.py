"""No style makes the browser search the board: one more card among a thousand has to be cheap."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from tests.house.tree import ROOT, files, named

BOARD: Final = ROOT / "templates/facilitator/_board.html"
CARD: Final = "{{ paint(post) }}"
OUTER: Final = {"html", "body", "control", "ctl"}
"""What stands around the board on its page."""

COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
ASKS: Final = re.compile(r":has\(")
PART: Final = re.compile(r"[\w.#\[\]=\"'*:-]")
NAME: Final = re.compile(r"[.#\[]?[a-zA-Z][\w-]*")


class Around(HTMLParser):
    """Collects the names by which a style could reach an element that cards stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, set[str]]] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {f"[{name}" for name, _ in attrs}
        for name, value in attrs:
            mark = {"class": ".", "id": "#"}.get(name)
            if mark:
                known |= {mark + word for word in re.findall(r"[a-zA-Z][\w-]+", value or "")}
        self.open.append((tag, known | {tag}))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if CARD in data:
            self.names.update(*(known for _, known in self.open))


def around_cards() -> set[str]:
    """Tags, .classes, #ids and [attributes of everything that cards stand in."""
    reader = Around()
    reader.feed(BOARD.read_text())
    return reader.names | OUTER | {f".{name}" for name in OUTER}


def asked_of(style: str, at: int) -> str:
    """The part of a selector that stands right before `at`, such as ".a:is(.b, .c)"."""
    start, inside = at, 0
    while start and (inside or PART.match(style[start - 1]) or style[start - 1] in "()"):
        start -= 1
        inside += {")": 1, "(": -1}.get(style[start], 0)
        inside = max(inside, 0)
    return style[start:at]


def before(style: str, at: int) -> int:
    """The end of the part that a nameless one at `at` stands in, or `at` where it begins."""
    outer = style[:at].rstrip(" >\n")
    return len(outer) if outer and outer[-1] not in ",{}/" else at


def names_in(part: str) -> list[str]:
    """Tags, .classes, #ids and [attributes of one part of a selector."""
    return NAME.findall(re.sub(r"=[^\]]*|:[\w-]+", "", part))


def searches(style: str, around: set[str]) -> list[str]:
    """Each place of a style sheet that asks `:has` of something that cards may stand in."""
    found, plain = [], COMMENT.sub("", style)
    for asked in ASKS.finditer(plain):
        of = asked_of(plain, asked.start())
        # What has no name of its own is known by what it stands in: ".vote > :has(...)".
        names = names_in(of) or names_in(asked_of(plain, before(plain, asked.start())))
        if not names or set(names) & around:
            found.append(f"{of}:has")
    return found


def test_the_board_is_where_this_test_looks_for_it() -> None:
    assert {"main", ".board", ".cols", ".col", "ul", "[data-list"} <= around_cards()


def test_no_style_asks_has_of_what_cards_stand_in() -> None:
    around = around_cards()
    wrong = {named(path): searches(path.read_text(), around) for path in files(".css")}
    assert {name: found for name, found in wrong.items() if found} == {}


GOOD: Final = (
    ".idea:has(details[open]) {}",
    ".board .pick:has(:checked) {}",
    ":is(.pick, .choice):has(:checked) {}",
    ".vote > :has(> .vote__ctl) {}",
    "/* .col:has(li) */",
)


def test_what_would_search_the_board_is_seen() -> None:
    around = around_cards()
    for bad in (
        ".board:has(.idea) {}",
        "main.board:has(> ul:empty) .mover {}",
        ".col:not(:has(li)) {}",
        "body:has(.is-picked) .idea {}",
        ":has(.is-picked) {}",
        ".ctl > main:has(li) {}",
        "[data-list]:has(.idea) {}",
        ".cols.x:is(:has(li)) {}",
        ":is(.a, .col):has(li) {}",
        ".board > :has(li) {}",
    ):
        assert searches(bad, around), bad
    for good in GOOD:
        assert searches(good, around) == [], good
