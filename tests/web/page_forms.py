"""The forms of a page as a browser has them, and as the page's script reads them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final

NAMES: Final = [
    "post_id",
    "idea_id",
    "answers_id",
    "theme_id",
    "round_id",
    "seat_id",
    "position",
    "minutes",
    "value",
    "text",
    "title",
    "to",
    "screen",
    "action",
    "locked",
    "is_open",
    "done",
    "group",
    "role",
    "template",
    "starts_at",
    "effort",
    "seen",
    "answer_by",
    "review_on",
    "answer",
    "reason",
    "name",
    "standing",
    "budget",
    "left_id",
    "right_id",
    "better_id",
    "idea_ids",
    "page",
    "cap",
    "method",
    "question",
    "next",
    "code",
    "posters",
    "voters",
    "view",
    "phase",
    "after",
    "chosen",
    "workshop",
    "service",
    "account_id",
    "email",
    "is_raised",
    "bright",
    "whole",
    "what",
    "who",
    "place",
    "works_if",
    "stop_if",
    "begins_on",
    "ends_on",
    "outcome",
    "happened",
    "learned",
    "strength",
    "counts",
    "source",
    "kind",
    "deed",
    "need_id",
    "offer_id",
    "match_id",
    "adoption_id",
    "item_id",
    "organisation",
    "reach",
    "why",
    "agree",
    "change_id",
    "kinds",
    "money",
    "days",
    "people",
    "never",
]
"""Names that fields of forms have: what a test fills in with nonsense."""


@dataclass(frozen=True)
class Field:
    """One control of a form. `types` holds its data-int, data-bool and data-list marks.

    Controls that make up a list are one field, their values with spaces between them.
    """

    name: str
    value: str
    types: frozenset[str] = frozenset()

    def posted(self) -> str | list[str]:
        """The value as a browser posts it."""
        return self.value.split() if "data-list" in self.types else self.value

    def typed(self) -> str | int | bool | list[int] | None:
        """The value as the page's script sends it live."""
        if "data-list" in self.types:
            return [int(one) for one in self.value.split()]
        if "data-int" in self.types:
            return int(self.value) if self.value else None
        return bool(self.value) if "data-bool" in self.types else self.value


@dataclass
class Form:
    """A form: where it is sent, which command it is, and its controls.

    Of several controls with one name, such as buttons, the last is sent by default; a list of
    choices is empty until somebody chooses.
    """

    action: str
    command: str
    fields: list[Field] = field(default_factory=list)

    def filled(self, **typed: str) -> dict[str, Field]:
        """What is sent: every control once, words typed into those that are named."""
        sent: dict[str, Field] = {}
        for one in self.fields:
            before = sent[one.name].value if one.name in sent and "data-list" in one.types else ""
            sent[one.name] = Field(one.name, f"{before} {one.value}".lstrip(" "), one.types)
        assert typed.keys() <= sent.keys(), f"{self.command}: no field for {typed.keys()}"
        for name, value in typed.items():
            sent[name] = Field(name, value, sent[name].types)
        return sent

    def plain(self, **typed: str) -> dict[str, Any]:
        """The form as it is posted without JavaScript, hidden fields included."""
        lists = {name: [one.value for one in all_] for name, all_ in self._lists(**typed).items()}
        return {name: one.posted() for name, one in self.filled(**typed).items()} | lists

    def _lists(self, **typed: str) -> dict[str, list[Field]]:
        """Controls whose name ends in [] are sent each for itself; what is typed goes into all."""
        found: dict[str, list[Field]] = {}
        for one in self.fields:
            if one.name.endswith("[]"):
                value = typed.get(one.name, one.value)
                found.setdefault(one.name, []).append(Field(one.name, value, one.types))
        return found

    def live(self, **typed: str) -> dict[str, Any]:
        """The body of the live command, as the page's script makes it of the same form."""
        hidden = {"csrf_token", "command_id", "page"}
        sent = self.filled(**typed)
        lists = self._lists(**typed)
        return {
            **{name.removesuffix("[]"): [one.typed() for one in lists[name]] for name in lists},
            **{n: one.typed() for n, one in sent.items() if n not in hidden and n not in lists},
        }

    def offers(self, name: str) -> list[str]:
        """The values that controls of this name carry."""
        return [one.value for one in self.fields if one.name == name]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._marks = False
        self._named: dict[str, Form] = {}
        self._elsewhere: list[tuple[str, Field]] = []
        self._area: tuple[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("data-command", ""))
            self.forms.append(self._open)
            self._marks = "data-mark" in given
            if "id" in given:
                self._named[given["id"]] = self._open
        elif tag == "textarea" and "name" in given:
            self._area = (given["name"], "")
        elif tag == "select" and "name" in given:
            self._put(given, Field(given["name"], "", frozenset(given.keys() & {"data-int"})))
        elif tag in {"input", "button"} and "name" in given and given.get("type") != "file":
            types = frozenset(given.keys() & {"data-int", "data-bool", "data-list"})
            # The ballot's own script sends what its buttons carry as numbers.
            types |= {"data-int"} if self._marks and tag == "button" else set()
            self._put(given, Field(given["name"], given.get("value", ""), types))

    def _put(self, given: dict[str, str], found: Field) -> None:
        if "formaction" in given:
            return  # Such a button makes another command of a form, which has one of its own.
        if "form" in given:
            self._elsewhere.append((given["form"], found))
        elif self._open is not None:
            self._open.fields.append(found)

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area = (self._area[0], self._area[1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "textarea" and self._area:
            if self._open is not None:
                self._open.fields.append(Field(self._area[0], self._area[1].lstrip("\n")))
            self._area = None

    def finish(self) -> list[Form]:
        for name, found in self._elsewhere:
            if name in self._named:
                self._named[name].fields.append(found)
        return self.forms


def forms(page: str) -> list[Form]:
    """Every form of a page, with the controls elsewhere that belong to it."""
    reader = _Reader()
    reader.feed(page)
    return reader.finish()
