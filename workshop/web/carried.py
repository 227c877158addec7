"""What this browser carries: its name, its seats, and whoever signed in on it."""

from __future__ import annotations

import secrets
from typing import Final

from flask import session

SEATS_KEPT: Final = 8
"""How many workshops one browser remembers its seats in."""

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Letters and digits that are not mistaken for each other when read aloud."""

RECEIPT_LENGTH: Final = 16


def new_receipt() -> str:
    """A resume code of about 79 bits, in four groups that can be read out: XXXX-XXXX-XXXX-XXXX."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(RECEIPT_LENGTH))
    return "-".join(letters[start : start + 4] for start in range(0, RECEIPT_LENGTH, 4))


def tidy_receipt(typed: str) -> str:
    """A resume code as it was given, however it was typed."""
    letters = "".join(mark for mark in typed.upper() if mark in ALPHABET)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def remember_seat(slug: str, receipt: str) -> None:
    """Keep a seat in this browser's signed cookie, forgetting the oldest of too many."""
    seats = {name: kept for name, kept in session.get("seats", {}).items() if name != slug}
    session["seats"] = dict([*seats.items(), (slug, receipt)][-SEATS_KEPT:])
    session.permanent = True


def forget_seat(slug: str) -> None:
    """Let this browser forget a seat. The seat itself stays, and its code brings it back."""
    seats = dict(session.get("seats", {}))
    seats.pop(slug, None)
    session["seats"] = seats


def remember_account(account_id: int, epoch: int) -> None:
    """Sign somebody in on this browser, under a fresh session."""
    seats = session.get("seats", {})
    session.clear()
    session.update(seats=seats, account=account_id, epoch=epoch, sid=secrets.token_urlsafe(12))
    session.permanent = True


def browser_id() -> str:
    """A random name for this browser's cookie, which live tokens and form commands are tied to."""
    if "sid" not in session:
        session["sid"] = secrets.token_urlsafe(12)
    return str(session["sid"])
