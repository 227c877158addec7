"""Where live events come in: who is it, is it well formed, is it allowed, do it, answer.

An answer is sent only after the act was committed. Who speaks, and in which role, is read from
the database on every event; a payload never says who is speaking.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask_babel import gettext
from socketio import Server

from workshop import metrics
from workshop.acts.commands import DOINGS, do, sender_secret
from workshop.acts.shown import show
from workshop.acts.stage import Stage
from workshop.fragments import Fragments
from workshop.live import wire
from workshop.live.answers import answer_to
from workshop.live.connections import NOBODY, Connection, lighten
from workshop.live.ticker import Ticker
from workshop.logs import event
from workshop.reads import identity, rooms, voting
from workshop.reads.alike import Alike
from workshop.reads.posts import PostCard
from workshop.rules.policies import COMMANDS, EVENTS
from workshop.rules.refusals import Refused
from workshop.rules.roles import Who, allow

AUDIENCE_ROLE: Final[dict[str, str]] = {"phone": "seat", "control": "host", "screen": "screen"}
"""The role a page must have to be told what its audience is told."""


@dataclass(frozen=True, slots=True)
class Gateway:
    """The handlers of all live events."""

    server: Server
    stage: Stage
    fragments: Fragments
    ticker: Ticker
    finder: Alike
    secret_key: str
    read_cookie: Callable[[dict[str, Any]], Mapping[str, Any]]
    read_handshake: Callable[[str], dict[str, str] | None]

    def connect(self, sid: str, environ: dict[str, Any], auth: object = None) -> bool:
        """Let a page in whose token was made for this browser; False turns it away."""
        token = auth.get("token") if isinstance(auth, Mapping) else None
        hello = self.read_handshake(token) if isinstance(token, str) else None
        cookie = self.read_cookie(environ)
        if hello is None or hello.get("audience") not in AUDIENCE_ROLE:
            return False
        if not cookie.get("sid") or cookie["sid"] != hello.get("sid"):
            return False
        with self.stage.store.read() as db:
            room = rooms.by_slug(db, hello["slug"])
            who = identity.find(db, cookie, room)
        if room is None or AUDIENCE_ROLE[hello["audience"]] not in who.roles & EVENTS["connect"]:
            return False
        if hello.get("seat") and (who.seat is None or hello["seat"] != str(who.seat.id)):
            return False  # A helper's device has gone over to another person since.
        page = Connection(
            sid=sid,
            workshop_id=room.id,
            slug=room.slug,
            audience=hello["audience"],
            locale=str(cookie.get("language") or "en"),
            cookie=cookie,
            seat_id=who.seat.id if who.seat and hello["audience"] == "phone" else None,
            account_id=who.account.id if who.account else None,
            group=who.seat.group if who.seat else None,
            who=Who(seat=who.seat) if hello["audience"] == "phone" else NOBODY,
            rehearses=room.rehearses_id is not None,
        )
        lighten(environ)
        self.ticker.connections.add(page)
        self.server.enter_room(sid, page.channel)
        self.ticker.welcome(room.id, room.seq)
        self.ticker.came_or_went(room.id)
        return True

    def disconnect(self, sid: str, *_reason: object) -> None:
        """Forget a page that is gone."""
        page = self.ticker.connections.remove(sid)
        if page:
            self.ticker.came_or_went(page.workshop_id)

    def command(self, page: Connection, data: object) -> dict[str, Any]:
        """Do a command and answer it with what its sender needs to know."""
        sent = wire.envelope(data)
        body = wire.body(sent.kind, sent.body)
        who = self._sender(page, sent.kind)
        page.buckets.take(sent.kind, time.monotonic())
        if sent.kind == "mark.set":
            if not sent.device:
                raise Refused("bad_value")  # Its number would order nothing.
            body |= {"device": sent.device, "number": sent.n}
        change = do(
            self.stage,
            sent.kind,
            body,
            who=who,
            workshop_id=page.workshop_id,
            secret=sender_secret(who, self.secret_key),
            command_id=sent.id,
        )
        answer = answer_to(page, sent.kind, change, self.stage.store, self.fragments)
        return {"ok": True, "seq": change.seq, "answer": answer}

    def _sender(self, page: Connection, kind: str) -> Who:
        """Who sends this command.

        A hot act itself holds the receipt against the seat, in its own transaction, so what was
        true when the page connected is enough to begin it. Everybody else is looked up now.
        """
        if DOINGS[kind].hot and page.who.roles & COMMANDS[kind].roles:
            allow(EVENTS["command"], page.who)
            return page.who
        return self._known(page, "command")

    def catch_up(self, page: Connection, data: object) -> dict[str, Any]:
        """Answer with what a page missed."""
        self._known(page, "catch_up")
        known: wire.CatchUp = wire.parse(wire.CatchUp, data)
        page.buckets.take("catch_up", time.monotonic())
        message = self.ticker.missed.since(page.workshop_id, known.seq, page.audience, page.locale)
        return {"ok": True, "message": message}

    def mine(self, page: Connection, _data: object) -> dict[str, Any]:
        """Answer with the person's own marks in the round the room is at."""
        who = self._known(page, "mine")
        page.buckets.take("mine", time.monotonic())
        with self.stage.store.read() as db:
            room = rooms.by_id(db, page.workshop_id)
            opened = room.last_round if room else None
            if opened is None or who.seat is None:
                return {"ok": True, "marks": {}, "left": 0, "budget": 0, "done": False}
            return {"ok": True, **voting.mine(db, opened.id, who.seat.id).as_wire()}

    def alike(self, page: Connection, data: object) -> dict[str, Any]:
        """Answer with what others said that sounds like what this person is writing."""
        who = self._known(page, "alike")
        said: wire.Typing = wire.parse(wire.Typing, data)
        page.buckets.take("alike", time.monotonic())
        receipt = who.seat.receipt if who.seat else ""
        found = self.finder.to(page.workshop_id, said.kind, said.text, receipt)
        return {"ok": True, "cards": [self._like(post, page) for post in found]}

    def _like(self, post: PostCard, page: Connection) -> dict[str, Any]:
        html = self.fragments.card(post, page.slug, "alike", page.locale)
        return {"id": f"alike-{post.id}", "html": str(html)}

    def shown(self, page: Connection, data: object) -> dict[str, Any]:
        """A projector says what it shows. Only a rehearsal wants to know."""
        self._known(page, "shown")
        told: wire.Shown = wire.parse(wire.Shown, data)
        page.buckets.take("shown", time.monotonic())
        if page.rehearses:
            self.stage.perform(show, workshop_id=page.workshop_id, seq=told.seq)
        return {"ok": True}

    def _who(self, page: Connection) -> Who:
        """Who this page's cookie stands for now, as far as its audience matters."""
        with self.stage.store.read() as db:
            who = identity.bearer(db, page.cookie, page.workshop_id, page.slug, page.audience)
        if AUDIENCE_ROLE[page.audience] not in who.roles:
            raise Refused("removed" if page.audience == "phone" else "sign_in")
        return who

    def answering(
        self, name: str, handle: Callable[[Connection, object], dict[str, Any]]
    ) -> Callable[..., dict[str, Any]]:
        """`handle` with its refusals and faults turned into answers in the page's language."""

        def answer(sid: str, data: object = None, *extra: object) -> dict[str, Any]:
            page = self.ticker.connections.get(sid)
            locale = page.locale if page else "en"
            try:
                return handle(self._still(page, extra), data)
            except Refused as refusal:
                event("live", kind=name, refusal=refusal.code)
                metrics.refused(name, refusal.code)
                return self._no(refusal, locale)
            except Exception as error:  # noqa: BLE001 - a fault is answered too, so the page keeps its words
                event("fault", kind=name, error=type(error).__name__)
                metrics.refused(name, "fault")
                return self._no(Refused("server_busy", again=2.0), locale)

        return answer

    def _still(self, page: Connection | None, extra: tuple[object, ...]) -> Connection:
        """The page, unless its connection broke while an event of it waited its turn.

        Its next connection will carry the event again, so this is no final no. More than one
        argument is not our wire.
        """
        if page is None:
            raise Refused("server_busy", again=1.0)
        if extra:
            raise Refused("unknown_command")
        return page

    def _known(self, page: Connection, name: str) -> Who:
        """Who sent an event, if they may."""
        who = self._who(page)
        allow(EVENTS[name], who)
        return who

    def unknown(self, *given: object) -> dict[str, Any]:
        """Answer an event that is not on our wire.

        The library puts the event's name before the sender's number, but not where it is "*".
        """
        numbers = [one for one in given[:2] if isinstance(one, str)]
        page = next(filter(None, map(self.ticker.connections.get, numbers)), None)
        return self._no(Refused("unknown_command"), page.locale if page else "en")

    def _no(self, refusal: Refused, locale: str) -> dict[str, Any]:
        with self.fragments.speaking(locale):
            message = refusal.words(gettext)
        return {"ok": False, "code": refusal.code, "message": message, "again": refusal.again}


def register(server: Server, **parts: Any) -> Gateway:
    """Hang the handlers on the Socket.IO server, below Flask's own wrapping, which costs more."""
    gateway = Gateway(server=server, **parts)
    server.on("connect", gateway.connect)
    server.on("disconnect", gateway.disconnect)
    for name in wire.IN:
        server.on(name, gateway.answering(name, getattr(gateway, name)))
    server.on("*", gateway.unknown)
    return gateway
