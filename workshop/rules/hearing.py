"""Hearing back by email: what is told of, how often, and by which marks one's posts are known.

Nobody but the holder of a receipt can say which posts are theirs. Somebody who leaves an address
shows their receipt once, and a mark of each of their posts is kept under a salt of the address and
the server's own key: the database alone cannot say whose they are.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from typing import Any, Final

from workshop.rules.keeping import DAY_MS
from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

HEARD: Final[dict[str, str]] = {
    "promoted": N_("It’s in the backlog now, and leaders will answer it."),
    "decided": N_("A leader answered it: %(what)s"),
    "staged": N_("It moved on: %(what)s"),
    "outcome": N_("There’s news of it."),
    "test.ended": N_("Its test has ended."),
    "pilot.ended": N_("Its pilot has ended."),
    "lead.agreed": N_("A partner leads it now."),
}
"""The lines of an item’s history that its authors are told of, in words."""

LATE: Final = N_("The answer is late. It was promised by %(day)s.")
MERGED: Final = N_("Something you said was put together with what others said.")

APART_MS: Final = DAY_MS
"""Between two emails to one person about one workshop; what happens meanwhile is gathered."""

QUIET_MS: Final = 10 * 60_000
"""How old the first change is before anybody is told: whoever slipped has time to put it right."""

LEASE_MS: Final = 5 * 60_000
"""How long a process that took a letter on has it to itself."""

BACK_OFF_MS: Final = (60_000, 5 * 60_000, 30 * 60_000, 2 * 3_600_000, 8 * 3_600_000)
"""How long to wait after the first failure, the second, and so on. After as many we give up."""

_ADDRESS: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", re.ASCII)


def address(text: object) -> str:
    """An email address as it is kept.

    Raises:
        Refused: `bad_email`, or what is wrong with any words.
    """
    words = clean(text, LIMITS["email"])
    name, _, host = words.rpartition("@")
    plain = words.isascii() and _ADDRESS.fullmatch(words)
    if not plain or ".." in words or name[0] == "." or name[-1] == ".":
        raise Refused("bad_email")
    return f"{name}@{host.lower()}"


def masked(kept: str) -> str:
    """An address as a page shows it to somebody who may not be its owner."""
    name, _, host = kept.rpartition("@")
    return f"{name[:1]}…@{host}"


def hear_mark(receipt: str, workshop_id: int) -> str:
    """How the holder of `receipt` is known by an address that says nothing of their seat."""
    return hmac.new(receipt.encode(), f"hear:{workshop_id}".encode(), hashlib.sha256).hexdigest()


def post_mark(secret_key: str, salt: str, post_id: int) -> str:
    """The mark of a post under an address’s salt and the server’s key; 96 bits, none alike."""
    told = f"follow:{salt}:{post_id}".encode()
    return hmac.new(secret_key.encode(), told, hashlib.sha256).hexdigest()[:24]


def post_marks(secret_key: str, salt: str, posts: Iterable[int]) -> list[str]:
    """The marks of somebody's posts, in an order that says nothing."""
    return sorted(post_mark(secret_key, salt, number) for number in posts)


def letter_tag(salt: str) -> str:
    """What names one address in a file of the outbox; nobody gets from it to the address."""
    return hashlib.sha256(f"letters:{salt}".encode()).hexdigest()[:16]


def stop_token(secret_key: str, number: int, salt: str) -> str:
    """What a link carries that takes an address back, and does nothing else."""
    told = f"{number}.{letter_tag(salt)}"
    return f"{told}.{_signed(secret_key, told)}"


def stop_target(secret_key: str, token: str) -> tuple[int, str]:
    """The number of the address that such a link names, and its tag, whether or not it is kept.

    Raises:
        Refused: `not_found` for a link that we never gave.
    """
    told, _, sign = token.rpartition(".")
    if not hmac.compare_digest(_signed(secret_key, told).encode(), sign.encode()):
        raise Refused("not_found")
    number, _, tag = told.partition(".")
    return int(number), tag


def _signed(secret_key: str, told: str) -> str:
    return hmac.new(secret_key.encode(), f"stop:{told}".encode(), hashlib.sha256).hexdigest()[:32]


def next_try(tries: int, now: int) -> int | None:
    """When to try again after so many failures; None where it is time to give up."""
    return now + BACK_OFF_MS[tries - 1] if tries <= len(BACK_OFF_MS) else None


def may_write(sent_at: int | None, oldest: int, now: int) -> bool:
    """Whether it is time for a letter whose first change happened at `oldest`."""
    rested = sent_at is None or now - sent_at >= APART_MS
    return rested and now - oldest >= QUIET_MS


def is_empty(letter: dict[str, Any]) -> bool:
    """Whether a letter would tell nothing."""
    return not (letter["items"] or letter["late"] or letter["merged"])
