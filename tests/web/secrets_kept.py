"""Words that must not be seen, put where they are kept, and a net to look for them with."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from tests.live.line import Exchange
from tests.personas import ASSESSOR_TOKEN, PASSES, World
from tests.web.secrets_merged import VOTERS
from tests.web.secrets_put import ADDRESS, Put
from workshop.formats.exports import EXPORTS
from workshop.reads.posts import board
from workshop.rules.care import REASONS

NOBODY: Final[frozenset[str]] = frozenset()
PANEL: Final = frozenset({"assessor", "leader", "facilitator of this room", "administrator"})
"""Who scores the ideas of this room, or may."""
HOSTS: Final = frozenset(
    {
        "facilitator of this room",
        "co-facilitator of this room",
        "remote of this room",
        "administrator",
    }
)

DESK: Final = frozenset({"facilitator of this room", "administrator", "leader"})

SECRETS: Final[dict[str, frozenset[str]]] = {
    "CANARY-HIDDEN-WORDS": HOSTS,
    "CANARY-HELD-WORDS": HOSTS,
    "CANARY-ASKED-WORDS": NOBODY,
    "CANARY-NOTE": NOBODY,
    "CANARY-LISTED": HOSTS,
    "CANARY-REMOVED-WORDS": NOBODY,
    "CANARY-WITHDRAWN-WORDS": NOBODY,
    "CANARY-HIDDEN-IDEA": HOSTS,
    "CANARY-HIDDEN-TALK": HOSTS,
    "CANARY-LOST-TALK": NOBODY,
    "CANARY-HELD-TALK": HOSTS,
    "CANARY-WITHDRAWN-IDEA": NOBODY,
    "CANARY-MERGED-HOST": HOSTS,
    "CANARY-MERGED-INSIDE": HOSTS,
    "CANARY-MERGED-GONE": NOBODY,
    "CANARY-RUBBED-CARD": NOBODY,
    "CANARY-COMMAND": NOBODY,
    "CANARYVOTERCODE0": frozenset({"seat"}),
    **{f"CANARYVOTERCODE{number}": NOBODY for number in range(1, VOTERS)},
    "CANARY-PLEDGE": NOBODY,
    "CANARY-KEPT-WORDS": HOSTS,
    "CANARY-DESK-TALK": DESK,
    **dict.fromkeys(("CANARY-OFFER", "CANARY-OWNER", "CANARY-PARTNER", "CANARY-WISH"), DESK),
    **dict.fromkeys(("CANARY-REACH", "CANARY-GIVER"), NOBODY),
    "CANARY-PLAN": frozenset({"facilitator of this room"}),
    # Leaders set the lines of a programme, so they read what it is called.
    "CANARY-PROGRAMME": DESK,
    "CANARY-UNCARRIED": frozenset({"facilitator of this room", "administrator"}),
    "CANARY-HIDDEN-BEFORE": NOBODY,
    "CANARY-ALONE": NOBODY,
    "CANARY-WHY": PANEL,
    "CANARY-REASON": PANEL,
    "CANARY-NAME": NOBODY,
    ADDRESS: NOBODY,
    "CANARY-BROWSER": NOBODY,
    "CANARY-HELPED": NOBODY,
    "CANARYRESUMECODE": NOBODY,
    "CANARYHELPEDCODE": NOBODY,
    "CANARYPAPERCODE": NOBODY,
    "CANARY-PASSWORD": NOBODY,
    "canary@example.org": NOBODY,
    "canary-letters": NOBODY,
    ASSESSOR_TOKEN: frozenset({"assessor"}),
    **dict.fromkeys(PASSES.values(), NOBODY),
    # Why a facilitator said no, and that somebody's hand is up or asked for a look.
    **dict.fromkeys((REASONS["twice"], REASONS["private"], REASONS["names"], "Hands up"), HOSTS),
}
"""Each secret, and the personas who may see it. None of them is who wrote or owns it."""

KEYS: Final = {
    "link_token": HOSTS,
    "screen_token": HOSTS,
    "helper_token": HOSTS,
    "shuffle": NOBODY,
    "receipt": frozenset({"seat"}),
}
"""What opens this room or says who wrote what, and who may see that."""


@dataclass
class Sweep:
    """The world with secrets in it, and everything that anybody was shown."""

    here: World
    put: Put
    floor: Exchange
    secrets: dict[str, frozenset[str]]
    shown: list[tuple[str, str, str]] = field(default_factory=list)

    def look(self, persona: str, where: str, text: str) -> None:
        self.shown.append((persona, where, unescape(text)))

    def hits(self) -> list[tuple[str, str, str]]:
        """Every (persona, place, secret) where one was shown to somebody who may not see it."""
        return [
            (persona, where, secret)
            for persona, where, text in self.shown
            for secret, may in self.secrets.items()
            if secret in text and persona not in may
        ]


def hidden_post(here: World) -> int:
    with here.product.store.read() as db:
        return board(db, here.here.told.workshop, {"problem"}, {"hidden"})[0].id


OPEN: Final = (
    "/",
    "/join",
    "/resume",
    "/rub-out",
    "/sign-in",
    "/accessibility",
    "/privacy",
    "/healthz",
    "/readyz",
    "/metrics",
    "/changes",
    "/how",
    "/workshops",
    "/workshops/new",
    "/workshops/bring",
    "/templates",
    "/programmes",
    "/programmes/1",
    "/people",
    "/backlog",
    "/backlog/bring",
    "/backlog/report",
    "/offers",
    "/guest",
    "/just-do-it",
    "/backlog/views?q=checks",
    "/letters/1.0000",
    "/just-do-it/1",
    "/assess/items",
    "/no-such-page",
)
"""Addresses that are the same in every house."""


GOES_ON: Final = ("/stage", "/test", "/pilot", "/evidence", "/talk", "/needs")
"""Pages by which an item goes on."""
ROUND_FILES: Final = ("record.zip", "vote.pb", "result.csv")


def still(here: World, put: Put) -> list[str]:
    """Pages and files that stay as they are when the room moves on."""
    item, slug = here.item, here.here.told.room().slug
    return [
        *OPEN,
        *(f"/backlog/{item}{end}" for end in ("", "/edit", "/answer", "/news", *GOES_ON)),
        f"/backlog/{item}/trials/{here.trial}",
        *(f"/backlog/export/{fmt}" for fmt in EXPORTS),
        *(
            f"/workshops/{slug}{end}"
            for end in ("/plan", "/ballots", "/assessors", "/care", "/guests", "/report")
        ),
        *(f"/w/{slug}/offers", f"/w/{slug}/just-do-it", f"/changes/{slug}/offer"),
        f"/workshops/{slug}/care/log.csv",
        *(f"/workshops/{slug}/{end}" for end in ("plan/pack", "carry", "hosts", "questions")),
        *(f"/workshops/{slug}/ideas/{idea}" for idea in (put.hidden_idea, put.talked_idea)),
        *(f"/workshops/{slug}/rounds/{here.here.round}/{name}" for name in ROUND_FILES),
        *put.pictures,
        *put.voted.addresses,
        *(f"/workshops/{slug}{end}" for end in ("/everybody", "/card", "/show-of-hands")),
        *(f"/w/{slug}{end}" for end in ("/move", "/paper", f"/paper/{here.sheet}")),
        *(f"/w/{slug}/people{end}" for end in ("", "/new", "/codes")),
        f"/w/{slug}/posts/{here.here.told.problems[0]}/report",
        *(f"/w/{slug}/seat", f"/changes/{slug}", f"/assess/items/{item}"),
        *(f"/assess/items/{one}/talk" for one in (item, put.talked_item)),
        f"/backlog/{put.talked_item}",
        *(f"{of}/yardstick" for of in ("", "/programmes/1")),
    ]


def moving(here: World, put: Put) -> list[str]:
    """Pages that follow the room."""
    room = here.here.told.room()
    slug = room.slug
    return [
        *(f"/workshops/{slug}{end}" for end in ("", "/results", "/remote")),
        f"/workshops/{slug}?inside={put.merged}",
        *(f"/w/{slug}/ideas/{n}?at={room.position}" for n in (put.hidden_idea, put.talked_idea)),
        *(f"/w/{slug}{end}" for end in ("", "/mine", "?problem=0", "?problem=1")),
    ]


def text_of(data: bytes) -> str:
    """What a file says; a workbook is looked into."""
    if not data.startswith(b"PK"):
        return data.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def walk(sweep: Sweep, persona: str, addresses: list[str]) -> None:
    """Look at every one of these pages as this persona."""
    client = sweep.here.browser(persona)
    for address in addresses:
        answer = client.get(address)
        if answer.status_code in {200, 403, 404, 405, 409}:
            sweep.look(persona, address, text_of(answer.get_data()))
        sweep.look(persona, f"headers of {address}", str(answer.headers))


MEANT: Final = ("CANARY-VERDICT", "Well clear of the line", "get nothing they voted for")
"""Words that only a vote whose counts are shown puts on a page."""


def meanings(here: World, persona: str) -> str:
    """Every page that says what a vote means."""
    client, slug = here.browser(persona), here.here.told.room().slug
    pages = (f"/workshops/{slug}/results", f"/w/{slug}/findings", f"/changes/{slug}/votes")
    return "".join(client.get(address).get_data(as_text=True) for address in pages)
