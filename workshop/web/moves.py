"""The buttons of the control room as plain form posts: the same commands as over the live wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workshop.rules.policies import COMMANDS
from workshop.rules.refusals import Refused
from workshop.rules.wording import LARGEST
from workshop.web.commands import perform
from workshop.web.errors import words
from workshop.web.house import room

Reader = Callable[[str], Any]


def whole(typed: str) -> int:
    """A whole number, none that a database could not hold.

    Raises:
        Refused: `bad_value`.
    """
    try:
        number = int(typed)
    except ValueError as error:
        raise Refused("bad_value") from error
    if abs(number) > LARGEST:
        raise Refused("bad_value")
    return number


def maybe(typed: str) -> int | None:
    """A whole number, or None where nothing was given.

    Raises:
        Refused: `bad_value`.
    """
    return whole(typed) if typed else None


def amount(typed: str) -> int:
    """A whole number, 0 where nothing was given.

    Raises:
        Refused: `bad_value`.
    """
    return maybe(typed) or 0


def said(typed: str) -> str:
    """Words, "" where nothing was given."""
    return typed


def ticked(typed: str) -> bool:
    """Whether a field is there and says something; a box that is not ticked is not sent."""
    return bool(typed)


def numbers(typed: str) -> list[int]:
    """All the whole numbers that a form gives under one name, with spaces between them.

    Raises:
        Refused: `bad_value`.
    """
    return [whole(one) for one in typed.split()]


#: How fields are read that a form may leave out.
MAY_BE_MISSING: Final = frozenset({maybe, amount, numbers, ticked, said})

#: Command -> the end of its address, and how each field of its form is read.
MOVES: Final[dict[str, tuple[str, Mapping[str, Reader]]]] = {
    "hand.lower": ("hands", {"seat_id": maybe}),
    "voice.speak": ("speaker", {"group": str}),
    "room.nudge": ("nudge", {}),
    "step.move": ("step", {"position": whole}),
    "timer.set": ("timer", {"action": str, "minutes": amount}),
    "room.lock": ("lock", {"locked": bool}),
    "room.doors": ("doors", {"is_open": bool}),
    "screen.show": ("screen", {"screen": str, "post_id": maybe}),
    "post.hide": ("posts/hide", {"post_id": whole, "reason": said, "note": said}),
    "post.show": ("posts/show", {"post_id": whole}),
    "pledge.ask": ("pledges", {"day": str}),
    "experience.pick": ("moments/problem", {"post_id": whole}),
    "post.remove": ("posts/remove", {"post_id": whole, "reason": said, "note": said}),
    "post.reword": ("posts/reword", {"post_id": whole, "reason": said, "note": said}),
    "post.theme": ("posts/theme", {"post_id": whole, "theme_id": maybe}),
    "post.merge": ("posts/merge", {"post_id": whole, "host_id": whole}),
    "post.part": ("posts/part", {"post_id": whole}),
    "post.part_all": ("posts/part-all", {"post_id": whole}),
    "sorting.undo": ("undo", {}),
    "theme.gather": ("themes/gather", {"title": str, "post_ids": numbers}),
    "suggestion.ignore": ("suggestions/ignore", {"post_ids": numbers}),
    "theme.rename": ("themes/rename", {"theme_id": whole, "title": str}),
    "theme.remove": ("themes/remove", {"theme_id": whole}),
    "round.move": ("round", {"round_id": whole, "to": str}),
    "ideas.first": ("first", {"round_id": whole}),
    "budget.raise": ("budget", {"round_id": whole, "budget": whole}),
    "round.uncover": ("round/uncover", {"round_id": whole, "whole": ticked}),
    "screen.bright": ("screen/bright", {"bright": bool}),
    "seat.remove": ("seats/remove", {"seat_id": whole, "reason": said}),
}


def body_of(kind: str) -> dict[str, Any]:
    """The fields of this request's form, each read as its command needs it.

    Raises:
        Refused: `bad_value` for a field that is missing, or no number where one is needed.
    """
    _, fields = MOVES[kind]
    needed = {name for name, read in fields.items() if read not in MAY_BE_MISSING}
    if not needed <= request.form.keys():
        raise Refused("bad_value")
    return {name: read(_typed(name, read)) for name, read in fields.items()}


def _typed(name: str, read: Reader) -> str:
    """What stands in a field; where a form may name many things, all of them."""
    found = request.form.getlist(name)
    return " ".join(found) if read is numbers else (found or [""])[0]


def add_to(pages: Blueprint) -> None:
    """Hang every move on `pages`. A refusal is told on the page that it came from."""
    for kind, (ending, _) in MOVES.items():
        endpoint = COMMANDS[kind].endpoint.split(".")[1]
        pages.add_url_rule(f"/workshops/<slug>/{ending}", endpoint, _move(kind), methods=["POST"])


def _move(kind: str) -> Callable[[str], ResponseReturnValue]:
    def move(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
        try:
            perform(kind, body_of(kind))
        except Refused as refusal:
            flash(words(refusal))
        # Whoever reveals a round on the results of a finished workshop goes on reading them.
        page = "results" if request.form.get("back") == "results" else "control"
        return redirect(url_for(f"facilitator.{page}", slug=room().slug), 303)

    return move
