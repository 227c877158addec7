"""The buttons of the control room as plain form posts: the same commands as over the live wire."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workshop.rules.policies import COMMANDS
from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.errors import words
from workshop.web.house import room

Reader = Callable[[str], Any]


def whole(typed: str) -> int:
    """A whole number.

    Raises:
        Refused: `bad_value`.
    """
    try:
        return int(typed)
    except ValueError as error:
        raise Refused("bad_value") from error


def maybe(typed: str) -> int | None:
    """A whole number, or None where nothing was given.

    Raises:
        Refused: `bad_value`.
    """
    return whole(typed) if typed else None


#: Command -> the end of its address, and how each field of its form is read.
MOVES: Final[dict[str, tuple[str, Mapping[str, Reader]]]] = {
    "step.move": ("step", {"position": whole}),
    "timer.set": ("timer", {"action": str, "minutes": whole}),
    "room.lock": ("lock", {"locked": bool}),
    "room.doors": ("doors", {"is_open": bool}),
    "screen.show": ("screen", {"screen": str, "post_id": maybe}),
    "post.hide": ("posts/hide", {"post_id": whole}),
    "post.show": ("posts/show", {"post_id": whole}),
    "post.remove": ("posts/remove", {"post_id": whole}),
    "post.theme": ("posts/theme", {"post_id": whole, "theme_id": maybe}),
    "theme.rename": ("themes/rename", {"theme_id": whole, "title": str}),
    "theme.remove": ("themes/remove", {"theme_id": whole}),
    "round.move": ("round", {"round_id": whole, "to": str}),
    "seat.remove": ("seats/remove", {"seat_id": whole}),
}


def body_of(kind: str) -> dict[str, Any]:
    """The fields that this request's form filled in, each read as its command needs it.

    Raises:
        Refused: `bad_value` for a field that is no number where one is needed.
    """
    _, fields = MOVES[kind]
    return {name: read(request.form[name]) for name, read in fields.items() if name in request.form}


def add_to(pages: Blueprint) -> None:
    """Hang every move on `pages`. A refusal is told on the control room itself."""
    for kind, (ending, _) in MOVES.items():
        endpoint = COMMANDS[kind].endpoint.split(".")[1]
        pages.add_url_rule(f"/workshops/<slug>/{ending}", endpoint, _move(kind), methods=["POST"])


def _move(kind: str) -> Callable[[str], ResponseReturnValue]:
    def move(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the guard has read it already
        try:
            perform(kind, body_of(kind))
        except Refused as refusal:
            flash(words(refusal))
        return redirect(url_for("facilitator.control", slug=room().slug), 303)

    return move
