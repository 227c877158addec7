"""Commands that arrive as plain form posts: the same acts as over the live connection."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from flask import request

from workshop.acts.commands import do, sender_secret
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.web.house import house, room, who


def perform(kind: str, body: Mapping[str, Any]) -> Change:
    """Do a command about this request's workshop, once for the form's hidden id.

    Raises:
        Refused: what the policy or the act refuses.
    """
    same_person()
    return do(
        house().stage,
        kind,
        body,
        who=who(),
        workshop_id=room().id,
        secret=sender_secret(who(), house().settings.secret_key),
        command_id=request.form.get("command_id") or uuid.uuid4().hex,
    )


def same_person() -> None:
    """Raise where a page of one person is sent after its device has gone over to another.

    On a helper's device a page may be older than the last switch: its words are not the next
    person's.
    """
    meant, seat = request.form.get("for_seat"), who().seat
    if meant and seat and meant != str(seat.id):
        raise Refused("other_person")


def fresh_id() -> str:
    """An id that makes sending one form twice harmless."""
    return str(uuid.uuid4())
