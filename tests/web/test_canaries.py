"""Secrets are looked for wherever they could show, for everybody who may come: no hits."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, Final

import pytest

from tests.live.line import exchange, token
from tests.personas import ASSESSOR_TOKEN, PASSES, ROLES, World, world
from tests.web.secrets_kept import (
    DESK,
    HOSTS,
    KEYS,
    MEANT,
    NOBODY,
    PANEL,
    SECRETS,
    Sweep,
    hidden_post,
    meanings,
    moving,
    still,
    walk,
)
from tests.web.secrets_put import ADDRESS, Put, put_secrets
from workshop import logs
from workshop.acts import hands, posts, verdicts, voting
from workshop.rules.care import REASONS


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = world(tmp_path_factory.mktemp("canaries"))
    yield made
    made.close()


@pytest.fixture(scope="module")
def put(here: World) -> Put:
    return put_secrets(here)


@pytest.fixture
def sweep(here: World, put: Put) -> Sweep:
    room = here.here.told.room()
    keys = {
        "link_token": room.link_token,
        "screen_token": room.screen_token,
        "helper_token": str(room.helper_token),
        "shuffle": room.shuffle,
        "receipt": here.here.told.people[0].receipt,
    }
    secrets = SECRETS | {keys[name]: may for name, may in KEYS.items()}
    secrets |= dict.fromkeys((*put.codes, *put.voted.keys), NOBODY)
    return Sweep(here, put, exchange(here.product, here.clock), secrets)


def _is_shown_again(sweep: Sweep, phases: str) -> Iterator[str]:
    """The room at one step after the other, and somebody's hand goes up at each."""
    for phase in phases.split():
        sweep.here.here.told.moves_to(phase)
        sweep.here.here.do(hands.raise_hand, seat_id=sweep.put.seat, is_raised=True)
        yield phase


@pytest.mark.parametrize("persona", ROLES)
def test_no_page_file_or_error_shows_anybody_what_they_may_not_see(
    sweep: Sweep, persona: str
) -> None:
    walk(sweep, persona, still(sweep.here, sweep.put))
    for _ in _is_shown_again(sweep, "welcome problems themes ideas vote results next"):
        walk(sweep, persona, moving(sweep.here, sweep.put))
    assert sweep.hits() == []
    # The net has no hole: those who may see a secret did come across it.
    for secret, who in FOUND:
        assert any(secret in text for *_, text in sweep.shown) is (persona in who)


FOUND: Final = (
    *((secret, HOSTS) for secret in ("CANARY-HIDDEN-WORDS", "CANARY-HIDDEN-WORDS-PIXELS")),
    *((secret, HOSTS) for secret in ("CANARY-HELD-WORDS-PIXELS", "CANARY-HIDDEN-TALK")),
    *((secret, HOSTS) for secret in ("CANARY-HELD-TALK", "Hands up", REASONS["twice"])),
    ("CANARY-UNCARRIED", {"facilitator of this room", "administrator"}),
    *((secret, HOSTS) for secret in ("CANARY-MERGED-HOST", "CANARY-MERGED-INSIDE")),
    *((secret, DESK) for secret in ("CANARY-DESK-TALK", "CANARY-OFFER", "CANARY-WISH")),
    ("RECEIPT-0", {"seat"}),
    *((secret, PANEL) for secret in ("CANARY-WHY", "CANARY-REASON")),
)
"""Secrets that some may see, and do."""


def test_the_screen_and_links_to_this_room_show_no_secret_but_themselves(sweep: Sweep) -> None:
    room = sweep.here.here.told.room()
    own = {room.link_token, room.screen_token, *PASSES.values(), ASSESSOR_TOKEN}
    for address in (
        f"/screen/{room.screen_token}",
        f"/j/{room.link_token}",
        *(f"/{path}/{PASSES[kind]}" for kind, path in PATHS.items()),
        f"/assess/{ASSESSOR_TOKEN}",
    ):
        for _ in _is_shown_again(sweep, "problems themes ideas vote results"):
            answer = sweep.here.browser("visitor").get(address)
            assert answer.status_code == 200
            sweep.look("visitor", address, answer.get_data(as_text=True))
    assert [hit for hit in sweep.hits() if hit[2] not in own] == []


PATHS: Final = {"setup": "setup", "invite": "invitation", "robot": "robot"}


@pytest.mark.parametrize("persona", ["seat", "watching seat"])
def test_no_live_message_tells_what_its_reader_may_not_see(sweep: Sweep, persona: str) -> None:
    told, here = sweep.here.here.told, sweep.here
    slug, hidden = told.room().slug, hidden_post(here)
    for audience, who in (
        ("phone", persona),
        ("control", "facilitator of this room"),
        ("screen", "screen"),
    ):
        client = here.browser(who)
        assert sweep.floor.open(audience, client, token(here.product, client, slug, audience))
    for phase in _is_shown_again(sweep, "problems themes ideas vote results next"):
        sweep.floor.ticker.tell(told.workshop, set())
        # A change of one post travels as its card; a new step only says "load the page".
        told.do(posts.set_state, post_id=hidden, state="hidden")
        sweep.floor.ticker.tell(told.workshop, set())
        for audience, who in (("phone", persona), ("screen", "screen")):
            for text in ("CANARY-HIDDEN-WORDS", "CANARY-HELD-WORDS", "CANARY-HIDDEN-IDEA"):
                for kind in ("problem", "idea"):
                    # Who asks is told nothing that they typed: only what others may be shown.
                    answer = sweep.floor.ask(audience, "alike", {"kind": kind, "text": text})
                    sweep.look(who, f"alike on {phase}", repr(answer))
            for seq in (0, told.room().seq - 1):
                answer = sweep.floor.ask(audience, "catch_up", {"seq": seq})
                sweep.look(who, f"catch up on {phase}", repr(answer))
    seen = {"phone": persona, "control": "facilitator of this room", "screen": "screen"}
    for _, channel, message in sweep.floor.server.sent:
        sweep.look(seen[channel.split(":")[1]], f"news in {channel}", repr(message))
    assert "CANARY-HIDDEN-WORDS" in repr(sweep.floor.server.sent), "the control room has it"
    # The person's own page need not be told its code again: it is on no wire at all.
    sweep.secrets[told.people[0].receipt] = NOBODY
    assert sweep.hits() == []


def test_no_line_of_the_log_and_no_number_holds_what_somebody_wrote_or_carries(
    sweep: Sweep,
) -> None:
    out, root = io.StringIO(), logging.getLogger()
    before = root.handlers[:], root.level
    logs.configure("debug", stream=out)
    try:
        _make_noise(sweep)
    finally:
        root.handlers[:], root.level = before
    sweep.look("log", "log", out.getvalue())
    assert out.getvalue().count("\n") > 5
    sweep.look("metrics", "metrics", sweep.here.browser("visitor").get("/metrics").text)
    room = sweep.here.here.told.room()
    sweep.secrets |= dict.fromkeys((room.slug, "CANARY-TYPED", str(room.join_code)), NOBODY)
    assert sweep.hits() == []


def _make_noise(sweep: Sweep) -> None:
    """Everything that is logged: refusals at every door, wrong words, a fault."""
    here = sweep.here
    here.product.app.config["WTF_CSRF_ENABLED"] = False
    for persona in ROLES:
        walk(sweep, persona, still(here, sweep.put) + moving(here, sweep.put))
    client = here.browser("visitor")
    client.post("/sign-in", data={"email": "canary@example.org", "password": "CANARY-TYPED"})
    client.post("/sign-in", data={"email": "canary@example.org", "password": "CANARY-PASSWORD"})
    client.post("/resume", data={"code": "CANARYRESUMECODE"})
    client.post("/join", data={"code": "CANARY-TYPED"})
    client.get(f"/setup/{PASSES['setup']}")
    seat, room = here.browser("seat"), here.here.told.room()
    came = {"REMOTE_ADDR": ADDRESS}
    client.post(f"/j/{room.link_token}", data={"group": "nobody"}, environ_base=came)
    wifi = {"network": "CANARY-TYPED", "password": "CANARY-TYPED"}
    here.browser("facilitator of this room").post(f"/workshops/{room.slug}/card", data=wifi)
    seat.post(f"/w/{room.slug}/problems", data={"text": "CANARY-TYPED"})
    assert sweep.floor.open("x", seat, token(here.product, seat, room.slug, "phone"))
    body: dict[str, Any] = {"text": "CANARY-TYPED"}
    sent = {"id": "CANARY-TYPED", "n": 1, "device": "CANARY-TYPED", "kind": "CANARY-TYPED"}
    sweep.floor.ask("x", "command", {**sent, "body": body})
    sweep.floor.ask("x", "command", {**sent, "kind": "idea.post", "body": body})
    here.product.app.config["WTF_CSRF_ENABLED"] = True
    sweep.shown.clear()


def test_no_table_joins_a_person_to_their_words_or_their_code(here: World, put: Put) -> None:
    """Stored is a mark under a secret, never the resume code nor a password as it was typed."""
    with here.product.store.engine.connect() as raw:
        dump = "".join(
            repr(list(raw.exec_driver_sql(f'SELECT * FROM "{name}"')))  # noqa: S608 - our own names
            for (name,) in raw.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='table'")
        )
    codes = ("CANARYRESUMECODE", "CANARYHELPEDCODE", "CANARYPAPERCODE", *PASSES.values())
    gone = ("CANARY-WITHDRAWN", "CANARY-MERGED-GONE", "CANARY-RUBBED-CARD", "CANARYRUBBEDCODE")
    kept = ("CANARY-PASSWORD", "CANARYVOTERCODE", "CANARY-COMMAND", ADDRESS, "CANARY-BROWSER")
    for secret in (*codes, *gone, *kept):
        assert secret not in dump
    assert put.codes[0] in dump, "a sheet is known by its code, and whose it is by nothing"
    assert ASSESSOR_TOKEN not in dump


def _tells(here: World, persona: str) -> bool:
    """Whether any page with results tells this persona that the first idea got ten votes."""
    client, slug = here.browser(persona), here.here.told.room().slug
    pages = [f"/workshops/{slug}/results", f"/workshops/{slug}", f"/w/{slug}", f"/changes/{slug}"]
    texts = [client.get(address).get_data(as_text=True) for address in pages]
    return any(re.search(r"(?<![\w.])10(?![\w.])", _words(text)) for text in texts)


def _words(page: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", page))


def test_a_count_that_is_covered_again_is_in_no_page_and_no_file(here: World) -> None:
    """Not the facilitator's either, and nor is what the vote means or why an idea stays in."""
    told, host = here.here.told, "facilitator of this room"
    told.moves_to("results")
    about = {"round_id": here.here.round, "idea_id": told.ideas[2], "kind": "kept"}
    told.do(verdicts.give_verdict, **about, reason="CANARY-VERDICT")
    assert _tells(here, host)
    assert {persona for persona in ROLES if "CANARY-VERDICT" in meanings(here, persona)} >= {
        host,
        "seat",
        "leader",
        "visitor",
    }
    told.do(voting.move_round, round_id=here.here.round, to="covered")
    try:
        assert [persona for persona in ROLES if _tells(here, persona)] == []
        for persona in ROLES:
            answer = here.browser(persona).get(f"/workshops/{told.room().slug}/ballots")
            assert answer.status_code != 200
            meant = meanings(here, persona)
            assert [word for word in MEANT if word in meant] == []
    finally:
        told.do(voting.move_round, round_id=here.here.round, to="revealed")
