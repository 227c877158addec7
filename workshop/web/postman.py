"""Writes and sends letters behind the scenes. Several processes may do so at once.

The history of items and rooms is the outbox: each line was committed with the act that it tells of.
A round reads what is new, puts letters down, claims those that are due one by one, sends each with
no transaction open, and writes down what came of it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from flask import Flask

from workshop import metrics
from workshop.acts import hearing
from workshop.acts.stage import Stage
from workshop.logs import event
from workshop.reads import hearing as reading
from workshop.reads.hearing import Asking, Waiting
from workshop.rules.hearing import is_empty
from workshop.rules.promises import today
from workshop.settings import Settings
from workshop.web.letters import composed, name_of
from workshop.web.outgoing import deliver, tidy

Known = tuple[tuple[int, int], str]


class Postman:
    """One process's share of the letters."""

    def __init__(self, app: Flask, stage: Stage, settings: Settings) -> None:
        self._app = app
        self._stage = stage
        self._settings = settings
        self._known: dict[int, tuple[Known, frozenset[int]]] = {}

    def round(self) -> int:
        """Write what there is to tell, send what is due, tidy up; how many letters left."""
        self._write()
        with self._stage.store.read() as db:
            waits = reading.due(db, self._stage.clock())
        left = sum(self._send(letter) for letter in waits)
        self._stage.offload(tidy, self._settings, self._salts())
        with self._stage.store.read() as db:
            metrics.letters_waiting(reading.waiting(db))
        return left

    def _salts(self) -> list[str]:
        with self._stage.store.read() as db:
            return reading.salts(db)

    def _write(self) -> None:
        with self._stage.store.read() as db:
            everybody = reading.asking(db)
        for workshop_id, group in groupby(everybody, key=attrgetter("workshop_id")):
            for who, letter, seen in list(self._news(workshop_id, list(group))):
                self._stage.perform(
                    hearing.write_letter, follower_id=who.id, was=who.seen, seen=seen, letter=letter
                )

    def _news(
        self, workshop_id: int, people: Sequence[Asking]
    ) -> Iterator[tuple[Asking, dict[str, object], tuple[int, int]]]:
        """Who is to be told what; where nobody and nothing is new, nothing more is read."""
        now = self._stage.clock()
        with self._stage.store.read() as db:
            state = (reading.newest(db, workshop_id), today(now).isoformat())
            who = frozenset(one.id for one in people)
            if self._known.get(workshop_id) == (state, who):
                return
            news = reading.News(db, workshop_id, now)
            for found in self._each(news, people):
                if found is None:
                    # Its time comes without anything new: look again at the next round.
                    state = ((0, 0), "")
                else:
                    yield (*found, news.newest)
        self._known[workshop_id] = (state, who)

    def _each(
        self, news: reading.News, people: Sequence[Asking]
    ) -> Iterator[tuple[Asking, dict[str, object]] | None]:
        """A letter for each who has something to hear; None for one whose time is still to come."""
        for one in people:
            letter = news.for_one(one, self._settings.secret_key)
            if letter is None:
                yield None
            elif not is_empty(letter):
                yield one, letter

    def _send(self, letter: Waiting) -> bool:
        """Send a letter that is due, unless another process has it; whether it left."""
        perform = self._stage.perform
        taken = perform(hearing.claim_letter, follower_id=letter.id, due_at=letter.due_at)
        if not taken.answer["claimed"]:
            return False
        try:
            message = composed(self._app, self._settings, letter, self._stage.clock())
            self._stage.offload(deliver, self._settings, name_of(letter), message)
        except Exception as fault:  # noqa: BLE001 - one letter must not hold up all others
            # What a mail server answers may quote the address: only the kind of fault is told.
            self._failed(letter, type(fault).__name__)
            return False
        perform(hearing.letter_sent, follower_id=letter.id)
        metrics.letter("sent")
        event("letter", outcome="sent", workshop=letter.workshop_id)
        return True

    def _failed(self, letter: Waiting, error: str) -> None:
        tries = letter.tries + 1
        change = self._stage.perform(hearing.letter_failed, follower_id=letter.id, tries=tries)
        gone = change.answer["given_up"]
        level, outcome = (logging.ERROR, "given_up") if gone else (logging.WARNING, "failed")
        metrics.letter(outcome)
        event("letter", level=level, outcome=outcome, error=error, workshop=letter.workshop_id)
