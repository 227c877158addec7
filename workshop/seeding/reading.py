"""Reads a story: one folder of `seed_data/`, in as many TOML files as its writer liked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from workshop.rules.roles import GROUPS
from workshop.rules.templates import TEMPLATES
from workshop.seeding.checking import ONWARDS, unknown

MAIN: Final = "story.toml"
STATES: Final = ("finished", "running", "upcoming")


class BadStory(Exception):
    """A story that cannot be told; the message is one sentence that says why."""


@dataclass(frozen=True, slots=True)
class Story:
    """One workshop and everything that was said in it.

    Attributes:
        name: the folder's name.
        about: title, service, goal, better_for and place, as the facilitator typed them.
        template: a key of `TEMPLATES`.
        state: "finished", "running" (it stops at `until`) or "upcoming".
        until: the phase at which a running story stops.
        when: `days` from today and the `hour` (UTC), or `minutes` into the phase it stops at.
        people: name -> group; `languages` holds whoever does not write in English.
        votes: name -> idea -> mark.
        parts: lists of tables: themes, goals, moments, problems, ideas, pledges, assessors, items,
            and what `checking.ONWARDS` names.
        still: how assessors see standing still where they said nothing of their own.
        bearers: factor -> who would bear it.
        programme: the programme that it becomes part of, with the lines for small changes.
    """

    name: str
    about: Mapping[str, str]
    template: str
    state: str
    until: str
    when: Mapping[str, int]
    people: Mapping[str, str]
    languages: Mapping[str, str]
    votes: Mapping[str, Mapping[str, int]]
    parts: Mapping[str, list[dict[str, Any]]] = field(default_factory=dict)
    still: Mapping[str, list[int]] = field(default_factory=dict)
    bearers: Mapping[str, list[str]] = field(default_factory=dict)
    programme: Mapping[str, Any] = field(default_factory=dict)

    def part(self, name: str) -> list[dict[str, Any]]:
        """The tables of one list, in the order in which they were written."""
        return self.parts.get(name, [])


PARTS: Final = (
    "themes", "goals", "moments", "problems", "ideas", "pledges", "assessors", "items", *ONWARDS,
)  # fmt: skip
ABOUT: Final = ("title", "service", "goal", "better_for", "place")


def folder() -> Path:
    """Where the stories lie: inside the package when installed, else beside it."""
    inside = Path(__file__).parents[1] / "seed_data"
    return inside if inside.exists() else Path(__file__).parents[2] / "seed_data"


def names() -> list[str]:
    """The names of all stories."""
    return sorted(path.parent.name for path in folder().glob(f"*/{MAIN}"))


def read(name: str, stories: Path | None = None) -> Story:
    """Read the story of this name.

    Raises:
        BadStory: it is not there, is not TOML, or lacks something that telling it needs.
    """
    home = (stories or folder()) / name
    if not (home / MAIN).is_file():
        raise BadStory(f"There is no story “{name}”. There is: {', '.join(names())}.")
    told: dict[str, Any] = {}
    for path in sorted(home.glob("*.toml")):
        try:
            told |= tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
            raise BadStory(f"{name}/{path.name} can’t be read: {wrong}.") from wrong
    try:
        return _story(name, told)
    except KeyError as missing:
        raise BadStory(f"The story “{name}” lacks {missing}.") from missing


def _story(name: str, told: Mapping[str, Any]) -> Story:
    story = Story(
        name=name,
        about={key: told[key] for key in ABOUT},
        template=told["template"],
        state=told["state"],
        until=told.get("until", ""),
        when=told["when"],
        people={who: group for group, all_ in told["people"].items() for who in all_},
        languages=told.get("languages", {}),
        votes=told.get("votes", {}),
        parts={part: told.get(part, []) for part in PARTS},
        still=told.get("still", {}),
        bearers=told.get("bearers", {}),
        programme=told.get("programme", {}),
    )
    _check(story)
    return story


def _check(story: Story) -> None:
    """Find a name that nobody has, before half the story is told."""
    people = story.people.keys()
    ideas = {idea.get("key") for idea in story.part("ideas")}
    wrong = {
        "template": {story.template} - TEMPLATES.keys(),
        "state": {story.state} - set(STATES),
        "group": set(story.people.values()) - GROUPS.keys(),
        "person": {
            post["by"]
            for part in ("goals", "moments", "problems", "ideas", "pledges")
            for post in story.part(part)
        }
        | story.votes.keys() - people,
        "idea": {idea for ballot in story.votes.values() for idea in ballot} - ideas,
    }
    wrong["person"] -= people
    wrong |= unknown(story.parts, people, story.programme)
    for what, names_ in wrong.items():
        if names_:
            raise BadStory(f"The story “{story.name}” has no {what} “{min(names_)}”.")
