"""Hints through Redis: it carries hints and presence, keeps nothing, and may be away.

Telling only puts a note into a box: one task of this process carries the box to Redis, so that a
Redis that is slow, frozen or away holds up no vote and no tick. Presence is told like any other
hint and remembered by whoever hears it. Imported only where LONGTABLE_REDIS_URL is set.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from redis import ConnectionError as Unreachable
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from workshop import metrics
from workshop.live.hints import Hint, Seats
from workshop.logs import event

PRESENCE_SECONDS: Final = 7.0
"""How long another process is believed. It tells every two seconds who is connected to it."""

RETRY_SECONDS: Final = 0.5
PATIENCE_SECONDS: Final = 3.0
"""After so long without a word we ask Redis for one; after as long again the line is dead."""

FULL: Final = 10_000
"""Notes that wait for a Redis that is away; beyond that the oldest are let go."""

Note = tuple[str, int]
"""What a hint is about. A later note about the same takes the place of an earlier one."""


class RedisHints:
    """Hints through Redis, between the processes of one installation.

    Args:
        url: of the Redis.
        house: what only the processes of this installation share. Redis hands messages across all
            its databases, and seat 5 of another installation is somebody else.
    """

    def __init__(self, url: str, house: str = "") -> None:
        # Trying again is ours to do: the library's own way waits inside the call.
        options: dict[str, Any] = {"socket_connect_timeout": 1, "retry": Retry(NoBackoff(), 0)}
        self._mouth = Redis.from_url(url, socket_timeout=1, **options)
        self._ears: Any = Redis.from_url(url, **options)
        self._name = f"{os.getpid()}-{time.monotonic_ns()}"
        self._channel = f"longtable:{hashlib.sha256(f'hints {house}'.encode()).hexdigest()[:16]}"
        self._lock = threading.Lock()
        self._box: dict[Note, Any] = {}
        self._bell = threading.Event()
        self._others: dict[int, dict[str, tuple[float, Seats]]] = {}

    # ------------------------------------------------------------------ telling

    def tell(self, hint: Hint) -> None:
        """Pass a hint on as soon as may be. It waits here while Redis is away."""
        for what, number in hint.items():
            self._put((what, number), hint)

    def here(self, workshop_id: int, seats: Seats) -> None:
        """Say who is connected to this process."""
        named = {str(seat): group for seat, group in seats.items()}
        self._put(("here", workshop_id), {"here": workshop_id, "seats": named})

    def _put(self, note: Note, said: object) -> None:
        with self._lock:
            self._box[note] = said
            while len(self._box) > FULL:
                del self._box[next(iter(self._box))]
        self._bell.set()

    def _carry(self) -> None:
        """Take the box to Redis, for ever; what could not be told goes back into it."""
        while True:
            self._bell.wait()
            self._bell.clear()
            with self._lock:
                box, self._box = self._box, {}
            try:
                self._mouth.publish(self._channel, json.dumps([self._name, list(box.values())]))
                metrics.hint("sent")
            except (RedisError, OSError) as error:
                self._failed(error)
                with self._lock:
                    self._box = {**box, **self._box}
                time.sleep(RETRY_SECONDS)
                self._bell.set()

    # ------------------------------------------------------------------ hearing

    def listen(self, heard: Callable[[Hint], None]) -> None:
        """Carry and hear, for ever; subscribe again whenever Redis comes back."""
        threading.Thread(target=self._carry, name="hints", daemon=True).start()
        while True:
            try:
                self._hear(heard)
            except (RedisError, OSError) as error:
                self._failed(error)
                time.sleep(RETRY_SECONDS)

    def _hear(self, heard: Callable[[Hint], None]) -> None:
        with self._ears.pubsub(ignore_subscribe_messages=True) as ears:
            ears.subscribe(self._channel)
            last, asked = time.monotonic(), False
            while True:
                message = ears.get_message(timeout=PATIENCE_SECONDS)
                if message is not None:
                    last, asked = time.monotonic(), False
                    if message["type"] == "message":
                        self._understand(message["data"], heard)
                elif time.monotonic() - last >= PATIENCE_SECONDS:
                    if asked:
                        # A line that broke without a word would leave us deaf without knowing.
                        raise Unreachable("Redis answers no more.")
                    ears.ping()
                    last, asked = time.monotonic(), True

    def _understand(self, data: bytes, heard: Callable[[Hint], None]) -> None:
        """Act on what another process said, each thing by itself."""
        try:
            sender, said = json.loads(data)
        except (ValueError, TypeError) as error:
            self._failed(error)
            return
        for one in said if sender != self._name else ():
            try:
                hint = self._remember(sender, one) if "here" in one else one
                if hint:
                    heard(hint)
            except Exception as error:  # noqa: BLE001 - nothing that is said here may end the listening
                self._failed(error)
            else:
                metrics.hint("heard")

    def _remember(self, sender: str, one: dict[str, Any]) -> Hint | None:
        """Keep who is connected elsewhere; where that is news, it is a hint for the room."""
        workshop_id = int(one["here"])
        seats = {int(seat): str(group) for seat, group in one["seats"].items()}
        before = self._others.setdefault(workshop_id, {}).get(sender)
        self._others[workshop_id][sender] = (time.monotonic(), seats)
        return None if before and before[1] == seats else {"workshop": workshop_id}

    def elsewhere(self, workshop_id: int) -> Seats:
        """Who is connected to other processes, as far as they told us lately."""
        now, together = time.monotonic(), dict[int, str]()
        told = self._others.get(workshop_id, {})
        for sender, (at, seats) in list(told.items()):
            if now - at > PRESENCE_SECONDS:
                told.pop(sender, None)
            else:
                together.update(seats)
        return together

    def _failed(self, error: Exception) -> None:
        metrics.hint("failed")
        event("hints", outcome="failed", error=type(error).__name__)
