"""What of the backlog this caller may see, and changing it once however often a form is sent."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import abort, request

from workshop.acts.commands import sender_secret
from workshop.acts.stage import Change, Once
from workshop.reads.backlog import backlog, visible
from workshop.reads.item_card import ItemCard
from workshop.reads.items import ItemPage, item_page
from workshop.web.house import house, who


def host() -> int | None:
    """The facilitator whose workshops alone are to be seen, or None for whoever sees them all."""
    caller = who()
    if "leader" in caller.roles:
        return None
    return caller.account.id if caller.account else 0


def cards() -> tuple[ItemCard, ...]:
    """Every item this caller may see."""
    with house().store.read() as db:
        return backlog(db, now=house().now(), host=host())


def page_of(item_id: int) -> ItemPage:
    """An item in full; 404 where this caller may not see it."""
    with house().store.read() as db:
        now = house().now()
        found = item_page(db, backlog(db, now=now, host=host()), item_id, now=now)
    return found or abort(404)


def workshop_of(item_id: int) -> int:
    """The number of the workshop that an item came from; 404 where this caller may not see it."""
    with house().store.read() as db:
        found = visible(db, item_id, host=host())
    return found[0] if found else abort(404)


def act_on(item_id: int, act: Callable[..., Change], **given: Any) -> Change:
    """Perform an act on an item this caller may see, once for the form's hidden id.

    Raises:
        Refused: what the act refuses.
    """
    return perform_once(act, workshop_id=workshop_of(item_id), item_id=item_id, **given)


def perform_once(act: Callable[..., Change], number: str = "", /, **given: Any) -> Change:
    """Perform an act once for the hidden id of the form that asked for it, or for `number`.

    Raises:
        Refused: what the act refuses.
    """
    caller = who()
    secret = sender_secret(caller, house().settings.secret_key)
    if caller.assessor:
        secret = f"{secret}:assessor:{caller.assessor.id}"
    if caller.guest:
        secret = f"{secret}:guest:{caller.guest.id}"
    once = Once(secret, number or form_id(), act.__name__, given)
    return house().stage.perform(act, once=once, **given)


def form_id() -> str:
    """The hidden id of the form that was sent, or a fresh one where it has none."""
    return request.form.get("command_id") or uuid.uuid4().hex
