"""What a page missed while it was away: worked out once for a whole hall that comes back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workshop import metrics
from workshop.fragments import Fragments
from workshop.live import messages
from workshop.live.messages import Asked
from workshop.reads import changes
from workshop.storage.store import Store

Question = tuple[int, str, str]
"""What a late page asks: the sequence it knows, its audience and its language."""


class Missed:
    """Answers to late pages, kept for as long as their room stays as it is.

    Args:
        ask: `ask(workshop_id, seq, audiences)` puts the question that news are gathered by.
        clock: the server's time in milliseconds.
    """

    def __init__(
        self,
        store: Store,
        fragments: Fragments,
        ask: Callable[[int, int, set[str]], Asked],
        clock: Callable[[], int],
    ) -> None:
        self._store = store
        self._fragments = fragments
        self._ask = ask
        self._clock = clock
        self._kept: dict[int, tuple[int | None, dict[Question, dict[str, Any]]]] = {}

    def since(self, workshop_id: int, seq: int, audience: str, locale: str) -> dict[str, Any]:
        """What one page missed after `seq`, as one room message."""
        with self._store.read() as db:
            end = changes.sequence(db, workshop_id)
        if end == seq:
            metrics.caught_up("nothing_new")
            return messages.nothing_new(seq)
        question = (seq, audience, locale)
        kept_at, kept = self._kept.get(workshop_id, (None, {}))
        if kept_at != end:
            kept = {}
            self._kept[workshop_id] = (end, kept)
        metrics.caught_up("kept" if question in kept else "worked_out")
        if question not in kept:
            kept[question] = self._work_out(workshop_id, *question)
        return messages.dated(kept[question], self._clock())

    def forget(self, workshop_id: int) -> None:
        """Nobody is in this room any more."""
        self._kept.pop(workshop_id, None)

    def _work_out(self, workshop_id: int, seq: int, audience: str, locale: str) -> dict[str, Any]:
        news = messages.gather(self._store, self._ask(workshop_id, seq, {audience}))
        if news is None:
            return {}
        with self._fragments.speaking(locale):
            return messages.build(news, audience, locale, self._fragments, self._clock())
