"""What people can give and what ideas need, who has said yes, and what looks like a match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.rules.cards import NEEDS
from workshop.rules.refusals import N_, Refused
from workshop.rules.similar import shared_words

OFFER_KINDS: Final[dict[str, str]] = {
    kind: label for kind, label in NEEDS.items() if kind != "money"
}
"""What people can give: skill, time, a room, kit, data, trust."""

NEED_KINDS: Final[dict[str, str]] = {**NEEDS, "other": N_("Something else")}
"""What an idea can need."""

SAYS: Final = ("", "yes", "no")
"""What a side has said to passing on its details: nothing yet, yes, or no."""

GUEST_KINDS: Final[dict[str, str]] = {"partner": N_("Partner"), "staff": N_("Staff")}
"""Who comes by a link of their own, without an account and without a seat."""

ADOPTION_STATES: Final[dict[str, str]] = {
    "asked": N_("Wants to lead it"),
    "agreed": N_("Leads it"),
    "declined": N_("Not agreed"),
    "ended": N_("Led it before"),
}
"""Where a partner's wish to lead an item stands."""

MOST_OFFERS: Final = 20
"""So many offers one person or organisation may have in a workshop at once."""

MOST_GUESTS_A_MINUTE: Final = 20
"""So many people may come to a workshop by its public page in a minute: anybody can knock."""

MOST_NEEDS: Final = 20
"""So many needs an item may have."""


def kind_of(kind: str, kinds: Mapping[str, str]) -> str:
    """Return `kind` where it is one of `kinds`.

    Raises:
        Refused: `unknown_choice`.
    """
    if kind not in kinds:
        raise Refused("unknown_choice")
    return kind


def says(answer: str) -> str:
    """Return an answer to whether details may be passed on: "yes" or "no".

    Raises:
        Refused: `unknown_choice`.
    """
    if answer not in {"yes", "no"}:
        raise Refused("unknown_choice")
    return answer


def is_agreed(offer_says: str, item_says: str) -> bool:
    """Whether both sides have said yes: only then does either see the other's details."""
    return offer_says == item_says == "yes"


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of an item's needs are covered."""

    have: int
    of: int

    @property
    def can_start(self) -> bool:
        """Whether there are needs and none of them is open."""
        return 0 < self.of == self.have


def cover(covered: Sequence[bool]) -> Cover:
    """Count the needs of one item; `covered` says of each whether it is."""
    return Cover(sum(covered), len(covered))


@dataclass(frozen=True, slots=True)
class Thing:
    """An offer or a need as it is compared: its number, kind and words."""

    id: int
    kind: str
    text: str


def fits(needs: Sequence[Thing], offers: Sequence[Thing]) -> list[tuple[int, int]]:
    """Pairs (need, offer) that look like a match, the closest first. Nothing leaves the machine.

    Two things may fit where they are of one kind and share a telling word, or share two. The
    kind counts as one more word. A person decides.
    """
    found = [(_closeness(need, offer), need.id, offer.id) for need in needs for offer in offers]
    ranked = sorted((-close, need, offer) for close, need, offer in found if close >= ENOUGH)
    return [(need, offer) for _, need, offer in ranked]


ENOUGH: Final = 2
"""So many things in common make a match worth a look."""


def _closeness(need: Thing, offer: Thing) -> int:
    return len(shared_words(need.text, offer.text)) + (need.kind == offer.kind)
