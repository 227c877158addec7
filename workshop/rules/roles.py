"""Who may do what: the groups, the roles, and one policy row for every door.

Deny by default: a route or an event that has no row here is refused, and a test fails for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.refusals import N_, Refused

GROUPS: Final[dict[str, str]] = {
    "citizen": N_("Citizen"),
    "staff": N_("Staff"),
    "partner": N_("Partner"),
    "watching": N_("Just watching"),
}
#: The same groups, where several of their people are meant.
MANY: Final[dict[str, str]] = {
    "citizen": N_("Citizens"),
    "staff": N_("Staff"),
    "partner": N_("Partners"),
    "watching": N_("Just watching"),
}
#: Whose a question is that the facilitator made of people's problems.
ROOM: Final = "room"
#: Who voted or wrote elsewhere, in a file that somebody brought: never a seat at this table.
IMPORTED: Final = "imported"
FROM_ELSEWHERE: Final[dict[str, str]] = {IMPORTED: N_("Imported")}
BY_FILE: Final[dict[str, str]] = {IMPORTED: N_("imported from a file")}
#: The groups that post and vote, in the order in which they are always shown.
VOICES: Final[tuple[str, ...]] = ("citizen", "staff", "partner")

ACCOUNT_ROLES: Final[dict[str, str]] = {
    "facilitator": N_("Facilitator"),
    "cofacilitator": N_("Co-facilitator"),
    "leader": N_("Leader"),
    "administrator": N_("Administrator"),
}
#: How somebody came to the table: on a phone of their own, at a helper's device, or on paper.
CHANNELS: Final[dict[str, str]] = {
    "phone": N_("by phone"),
    "helper": N_("with a helper"),
    "paper": N_("on paper"),
}

PASS_KINDS: Final[tuple[str, ...]] = ("setup", "invite", "robot")

#: Whose eyes an assessor brings to a score.
STANDINGS: Final[dict[str, str]] = {
    "citizen": N_("Citizen"),
    "staff": N_("Staff"),
    "partner": N_("Partner"),
    "leader": N_("Leader"),
}


@dataclass(frozen=True, slots=True)
class AccountCard:
    """A signed-in person, read fresh from the database."""

    id: int
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class SeatCard:
    """A participant's seat, read fresh from the database.

    `receipt` is the person's own secret, taken from their cookie; it is never stored. `hand` is
    whether their hand is up.
    """

    id: int
    workshop_id: int
    group: str
    name: str
    language: str
    receipt: str
    hand: bool = False

    @property
    def has_voice(self) -> bool:
        """Whether this person posts and votes."""
        return self.group in VOICES


@dataclass(frozen=True, slots=True)
class AssessorCard:
    """Somebody who scores the items of one workshop."""

    id: int
    workshop_id: int
    name: str
    standing: str


@dataclass(frozen=True, slots=True)
class GuestCard:
    """Somebody who comes by a link of their own to one workshop; `kind` is partner or staff."""

    id: int
    workshop_id: int
    kind: str
    name: str

    @property
    def roles(self) -> frozenset[str]:
        """The roles this guest has; a team is a guest of the staff."""
        return frozenset({"guest", "team"} if self.kind == "staff" else {"guest"})


@dataclass(frozen=True, slots=True)
class Who:
    """Everything we know about whoever knocks. One browser may hold several of these."""

    account: AccountCard | None = None
    seat: SeatCard | None = None
    assessor: AssessorCard | None = None
    guest: GuestCard | None = None
    hosts: bool = False
    screens: bool = False
    helps: bool = False

    @property
    def roles(self) -> frozenset[str]:
        """The roles this caller has at this door."""
        found = {"anyone"}
        if self.account:
            found |= {"account", self.account.role}
            if self.account.role == "administrator":
                found |= {"facilitator", "leader"}
        if self.hosts:
            found.add("host")
        if self.screens:
            found.add("screen")
        if self.helps:
            found.add("helper")
        if self.seat:
            found.add("seat")
            if self.seat.has_voice:
                found.add("voice")
        if self.assessor:
            found.add("assessor")
        if self.guest:
            found |= self.guest.roles
        return frozenset(found)


def allow(policy: frozenset[str] | None, who: Who) -> None:
    """Let `who` through a door with `policy` (role names, one of which is needed).

    Raises:
        Refused: `not_allowed`, or `sign_in` where signing in could help, or `watching`
            where only a voice is missing. A door without a policy lets nobody through.
    """
    if policy and policy & who.roles:
        return
    if policy and "voice" in policy and who.seat:
        raise Refused("watching")
    signable = policy and policy & {"account", "facilitator", "leader", "administrator", "host"}
    raise Refused("sign_in" if signable and not who.account else "not_allowed")
