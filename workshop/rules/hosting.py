"""Who runs a room: its owner, whoever leads it now, and co-facilitators with equal control."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import Refused

MINUTE_MS: Final = 60_000
LINKS: Final[dict[str, int]] = {"cohost": 24 * 60 * MINUTE_MS, "remote": 10 * MINUTE_MS}
"""Kinds of link that work once, and for how many milliseconds each waits to be used."""

MAY_HOST: Final = frozenset({"facilitator", "cofacilitator", "administrator"})
"""Roles of an account that may be asked to run a room."""


def leads(*, account_id: int, owner_id: int, lead_id: int | None, is_admin: bool) -> None:
    """Let only the owner, whoever leads now, or an administrator decide who runs a room.

    Raises:
        Refused: `not_lead`.
    """
    if not is_admin and account_id not in {owner_id, lead_id}:
        raise Refused("not_lead")


def owns(*, account_id: int, owner_id: int, is_admin: bool) -> None:
    """Let only the owner, or an administrator, take a room back.

    Raises:
        Refused: `not_owner`.
    """
    if not is_admin and account_id != owner_id:
        raise Refused("not_owner")
