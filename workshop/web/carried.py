"""What this browser carries: its name, its seats, and whoever signed in on it."""

from __future__ import annotations

import secrets
from typing import Any, Final

from flask import session

from workshop.rules.receipts import ALPHABET, RECEIPT_LETTERS, grouped

SEATS_KEPT: Final = 8
"""How many workshops one browser remembers its seats in."""

HELPED_ROOMS: Final = 2
"""In how many workshops one browser can be a helper's device: a cookie holds four kilobytes."""

MOST_HELPED: Final = 12
"""How many people one helper's device writes for."""


def new_receipt() -> str:
    """A resume code of about 79 bits, in four groups that can be read out: XXXX-XXXX-XXXX-XXXX."""
    return grouped("".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LETTERS)))


def next_receipt() -> str:
    """The receipt that this browser's next seat gets: drawn when the seats are shown."""
    return str(session.get("next_receipt") or new_receipt())


def tidy_receipt(typed: str) -> str:
    """A resume code as it was given, however it was typed."""
    return grouped("".join(mark for mark in typed.upper() if mark in ALPHABET))


def remember_seat(slug: str, receipt: str, epoch: int = 0) -> None:
    """Keep a seat in this browser's signed cookie, forgetting the oldest of too many.

    `epoch` is the seat's own: how often its person has signed other devices out.
    """
    seats = {name: kept for name, kept in session.get("seats", {}).items() if name != slug}
    session["seats"] = dict([*seats.items(), (slug, receipt)][-SEATS_KEPT:])
    if slug in session.get("helped", {}) and receipt not in helped(slug):
        session["helped"] = {**session["helped"], slug: [*helped(slug), receipt]}
    held = {*session["seats"].values(), *_all_helped()}
    epochs = {one: n for one, n in session.get("epochs", {}).items() if one in held}
    session["epochs"] = {**epochs, receipt: epoch} if epoch else _without(epochs, receipt)
    session.permanent = True


def forget_seat(slug: str, receipt: str) -> None:
    """Let this browser forget a seat. The seat itself stays, and its code brings it back.

    On a helper's device the next person takes their turn.
    """
    others = [one for one in helped(slug) if one != receipt]
    if slug in session.get("helped", {}):
        session["helped"] = {**session["helped"], slug: others}
    if session.get("seats", {}).get(slug) == receipt:
        session["seats"] = _without(session["seats"], slug)
        if others:
            remember_seat(slug, others[0], epoch_of(others[0]))


def become_helper(slug: str, token: str) -> None:
    """Make this browser a helper's device in one workshop, forgetting the oldest of too many.

    Somebody who sits here already is the first of those it writes for.
    """
    kept = _without(session.get("helpers", {}), slug)
    session["helpers"] = dict([*kept.items(), (slug, token)][-HELPED_ROOMS:])
    helped = {name: list(people) for name, people in session.get("helped", {}).items()}
    own = session.get("seats", {}).get(slug)
    helped.setdefault(slug, [own] if own else [])
    session["helped"] = {name: helped[name] for name in session["helpers"] if name in helped}
    session.permanent = True


def helped(slug: str) -> list[str]:
    """The receipts of everybody this device writes for in a workshop, in the order they came."""
    return list(session.get("helped", {}).get(slug, []))


def epoch_of(receipt: str) -> int:
    """The epoch that this browser knows of a seat."""
    return int(session.get("epochs", {}).get(receipt, 0))


def _all_helped() -> set[str]:
    return {one for people in session.get("helped", {}).values() for one in people}


def _without(kept: dict[str, Any], name: str) -> dict[str, Any]:
    return {one: value for one, value in kept.items() if one != name}


def remember_account(account_id: int, epoch: int) -> None:
    """Sign somebody in on this browser, under a fresh session."""
    kept = {name: session[name] for name in ("seats", "epochs") if name in session}
    session.clear()
    session.update(kept, account=account_id, epoch=epoch, sid=secrets.token_urlsafe(12))
    session.permanent = True


def browser_id() -> str:
    """A random name for this browser's cookie, which live tokens and form commands are tied to."""
    if "sid" not in session:
        session["sid"] = secrets.token_urlsafe(12)
    return str(session["sid"])
