"""Which of two, as plain forms: an answer, and taking the last one back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from workshop.rules.refusals import Refused
from workshop.web.commands import perform
from workshop.web.moves import maybe, whole
from workshop.web.phone import Said, show


def add_to(pages: Blueprint) -> None:
    """Hang both forms on a participant's pages."""
    pages.add_url_rule("/pairs", "answer_pair", _sent("pair.answer"), methods=["POST"])
    pages.add_url_rule("/pairs/back", "take_pair_back", _sent("pair.undo"), methods=["POST"])


def _sent(kind: str) -> Callable[[str], ResponseReturnValue]:
    def sent(slug: str) -> ResponseReturnValue:
        body: dict[str, Any] = {
            name: whole(request.form.get(name, "")) for name in ("left_id", "right_id")
        }
        if kind == "pair.answer":
            body["better_id"] = maybe(request.form.get("better_id", "missing"))
        try:
            perform(kind, body)
        except Refused as refusal:
            return show(no=Said(refusal))
        return redirect(url_for("participant.room", slug=slug, _anchor="pair"), 303)

    return sent
