"""Words that must not be seen, put where they are kept, and a net to look for them with."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from html import unescape
from typing import Final

from tests.live.line import Exchange
from tests.personas import ASSESSOR_TOKEN, PASSES, World
from tests.story import Person
from workshop.acts import accounts, care, pictures, posts, seats
from workshop.formats.exports import EXPORTS
from workshop.reads.posts import board
from workshop.rules.cards import DOES_FIELDS, NEED_FIELDS
from workshop.web.signing import _hasher

NOBODY: Final[frozenset[str]] = frozenset()
HOSTS: Final = frozenset(
    {
        "facilitator of this room",
        "co-facilitator of this room",
        "remote of this room",
        "administrator",
    }
)

SECRETS: Final[dict[str, frozenset[str]]] = {
    "CANARY-HIDDEN-WORDS": HOSTS,
    "CANARY-HELD-WORDS": HOSTS,
    "CANARY-ASKED-WORDS": NOBODY,
    "CANARY-NOTE": NOBODY,
    "CANARY-LISTED": HOSTS,
    "CANARY-REMOVED-WORDS": NOBODY,
    "CANARY-WITHDRAWN-WORDS": NOBODY,
    "CANARY-HIDDEN-IDEA": HOSTS,
    "CANARY-WITHDRAWN-IDEA": NOBODY,
    "CANARY-PLEDGE": NOBODY,
    "CANARY-PLAN": frozenset({"facilitator of this room"}),
    "CANARY-PROGRAMME": frozenset({"facilitator of this room"}),
    "CANARY-NAME": NOBODY,
    "CANARYRESUMECODE": NOBODY,
    "CANARY-PASSWORD": NOBODY,
    "canary@example.org": NOBODY,
    ASSESSOR_TOKEN: frozenset({"assessor"}),
    **dict.fromkeys(PASSES.values(), NOBODY),
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


def put_secrets(made: World) -> None:
    """Posts at every stage of being gone, a name, a code, a password: all of one unseen person."""
    told = made.here.told
    change = told.do(
        seats.take_seat, group="citizen", receipt="CANARYRESUMECODE", name="CANARY-NAME"
    )
    writer = Person(change.answer["seat"], "citizen", "CANARYRESUMECODE")
    told.moves_to("problems")
    details = dict.fromkeys(("affected", "often", "source", "better"), "CANARY-HIDDEN-WORDS")
    hidden = told.posts(writer, "problem", "CANARY-HIDDEN-WORDS", evidence="seen", **details)
    own = {"seat_id": writer.seat, "receipt": writer.receipt}
    picture = {"data": b"pixels", "width": 1, "height": 1, "alt": "CANARY-HIDDEN-WORDS"}
    told.do(pictures.put_picture, post_id=hidden, **own, **picture)
    removed = told.posts(writer, "problem", "CANARY-REMOVED-WORDS")
    withdrawn = told.posts(writer, "problem", "CANARY-WITHDRAWN-WORDS")
    asked = told.posts(writer, "problem", "CANARY-ASKED-WORDS")
    told.do(posts.set_state, post_id=hidden, state="hidden", note="CANARY-NOTE")
    told.do(care.ask_reword, post_id=asked, reason="names", note="CANARY-NOTE")
    told.do(care.set_rules, care="off", word_list="CANARY-HELD\nCANARY-LISTED")
    told.posts(writer, "problem", "CANARY-HELD-WORDS", affected="CANARY-HELD-WORDS")
    told.do(posts.set_state, post_id=removed, state="removed")
    told.do(posts.withdraw_post, seat_id=writer.seat, receipt=writer.receipt, post_id=withdrawn)
    told.moves_to("ideas")
    _puts_an_idea(made, writer)
    told.moves_to("next")
    told.posts(writer, "pledge", "CANARY-PLEDGE")
    told.stage.perform(accounts.make_pass, kind="invite", role="leader", token="used-token")
    told.stage.perform(
        accounts.use_pass,
        kind="invite",
        token="used-token",
        email="canary@example.org",
        name="Robin",
        password_hash=_hasher.hash("CANARY-PASSWORD"),
    )


def _puts_an_idea(made: World, writer: Person) -> None:
    """An idea that is hidden and one that was taken back, with an answer in every field."""
    told = made.here.told
    for word, gone in (("CANARY-HIDDEN-IDEA", False), ("CANARY-WITHDRAWN-IDEA", True)):
        fields = dict.fromkeys((*DOES_FIELDS, *NEED_FIELDS, "better_for"), word)
        idea = told.posts(writer, "idea", word, **fields)
        if gone:
            own = {"seat_id": writer.seat, "receipt": writer.receipt}
            told.do(posts.withdraw_post, post_id=idea, **own)
        else:
            told.do(posts.set_state, post_id=idea, state="hidden")


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
    "/templates",
    "/programmes",
    "/programmes/1",
    "/people",
    "/backlog",
    "/assess/items",
    "/no-such-page",
)
"""Addresses that are the same in every house."""


def still(here: World) -> list[str]:
    """Pages and files that stay as they are when the room moves on."""
    item, slug = here.item, here.here.told.room().slug
    return [
        *OPEN,
        *(f"/backlog/{item}{end}" for end in ("", "/edit", "/answer", "/news")),
        *(f"/backlog/export/{fmt}" for fmt in EXPORTS),
        *(f"/workshops/{slug}{end}" for end in ("/plan", "/ballots", "/assessors", "/care")),
        f"/workshops/{slug}/care/log.csv",
        *(f"/workshops/{slug}/{end}" for end in ("plan/pack", "carry")),
        *(f"/workshops/{slug}{end}" for end in ("/everybody", "/card", "/show-of-hands")),
        *(f"/w/{slug}{end}" for end in ("/move", "/paper", f"/paper/{here.sheet}")),
        *(f"/w/{slug}/people{end}" for end in ("", "/new", "/codes")),
        f"/w/{slug}/posts/{here.here.told.problems[0]}/report",
        *(f"/w/{slug}/seat", f"/changes/{slug}", f"/assess/items/{item}"),
    ]


def moving(here: World) -> list[str]:
    """Pages that follow the room."""
    slug = here.here.told.room().slug
    return [
        *(f"/workshops/{slug}{end}" for end in ("", "/results")),
        *(f"/w/{slug}{end}" for end in ("", "/mine", "?problem=0", "?problem=1")),
    ]


def _text(data: bytes) -> str:
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
            sweep.look(persona, address, _text(answer.get_data()))
        sweep.look(persona, f"headers of {address}", str(answer.headers))
