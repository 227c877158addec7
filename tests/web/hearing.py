"""Somebody who wants to hear back, the postman, and a mail server: what those tests share."""

from __future__ import annotations

import email
import socket
import threading
from email.message import EmailMessage
from email.policy import default
from typing import IO, Self

from flask.testing import FlaskClient
from sqlalchemy import select

from tests.story import Person
from tests.web.panel import Panel
from workshop.acts import decisions
from workshop.storage.models import Follower
from workshop.web import outgoing
from workshop.web.postman import Postman

GRACE = "grace@example.org"


class Place:
    """A panel whose first idea is somebody's, who sits at a browser of their own."""

    def __init__(self, here: Panel) -> None:
        self.here, self.told = here, here.room.told
        self.clock = self.told.clock
        self.stage = here.room.told.stage
        product = here.desk.product
        self.postman = Postman(product.app, self.stage, product.settings)
        self.folder = outgoing.outbox(product.settings)

    def author(self) -> Person:
        """Who wrote the idea behind the item."""
        return self.told.people[0]

    def browser(self, person: Person) -> FlaskClient:
        client = self.here.desk.visitor()
        with client.session_transaction() as cookie:
            cookie.update(seats={self.here.slug: person.receipt}, sid="a phone")
        return client

    def leaves(self, address: str = GRACE, person: Person | None = None) -> FlaskClient:
        client = self.browser(person or self.author())
        answer = client.post(f"/w/{self.here.slug}/mine/email", data={"address": address})
        assert answer.status_code == 303
        return client

    def answers(self, answer: str = "yes") -> None:
        given = {"answer": answer, "reason": "SECRET-REASON", "account_id": self.here.room.leader}
        self.here.room.do(decisions.decide, item_id=self.here.item, **given)

    def passes(self, minutes: float = 11) -> int:
        """Time goes by, then the postman comes; how many letters left."""
        self.clock.pass_minutes(minutes)
        return self.postman.round()

    def letters(self) -> list[EmailMessage]:
        found = sorted(self.folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns)
        return [email.message_from_bytes(file.read_bytes(), policy=default) for file in found]

    def text(self) -> str:
        """What the newest letter says."""
        return str(self.letters()[-1].get_content()).replace("\r\n", "\n")

    def rows(self) -> list[Follower]:
        with self.stage.store.read() as db:
            found = list(db.scalars(select(Follower)))
            db.expunge_all()
            return found


class Sink:
    """A mail server that takes one letter: `with Sink() as sink`."""

    def __enter__(self) -> Self:
        self.envelope: list[str] = []
        self.data = ""
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_wrong: object) -> None:
        self._thread.join(5)
        self._socket.close()

    def _serve(self) -> None:
        line, _ = self._socket.accept()
        with line, line.makefile("rw", encoding="latin-1", newline="\r\n") as talk:
            self._say(talk, "220 here")
            while said := talk.readline().strip():
                if said.lower().startswith(("mail", "rcpt")):
                    self.envelope.append(said.partition(" size=")[0])
                if said == "data":
                    self._say(talk, "354 go on")
                    self.data = "".join(iter(talk.readline, ".\r\n"))
                self._say(talk, "221 bye" if said.lower() == "quit" else "250 fine")

    def _say(self, talk: IO[str], words: str) -> None:
        talk.write(f"{words}\r\n")
        talk.flush()
