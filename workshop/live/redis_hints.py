"""Hints through Redis: it carries hints and presence, nothing else, and may be away.

Imported only where LONGTABLE_REDIS_URL is set: a machine with one process needs no Redis client.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from typing import Any, Final

from redis import Redis, RedisError

from workshop.live.hints import Hint, Seats
from workshop.logs import event

CHANNEL: Final = "longtable:hints"
PRESENCE_SECONDS: Final = 15
RETRY_SECONDS: Final = 1.0


class RedisHints:
    """Hints through Redis. Every call survives a Redis that is away."""

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._ears = Redis.from_url(url, socket_connect_timeout=1, health_check_interval=5)
        self._name = f"{os.getpid()}-{time.monotonic_ns()}"

    def tell(self, hint: Hint) -> None:
        """Publish a hint."""
        self._try(lambda: self._redis.publish(CHANNEL, json.dumps([self._name, hint])))

    def listen(self, heard: Callable[[Hint], None]) -> None:
        """Subscribe, and subscribe again whenever Redis comes back."""
        while True:
            try:
                self._hear(heard)
            except RedisError as error:
                event("hints", outcome="away", error=type(error).__name__)
                time.sleep(RETRY_SECONDS)

    def _hear(self, heard: Callable[[Hint], None]) -> None:
        listening: Any = self._ears
        ears = listening.pubsub(ignore_subscribe_messages=True)
        with ears:
            ears.subscribe(CHANNEL)
            for message in ears.listen():
                sender, hint = json.loads(message["data"])
                if sender != self._name:
                    heard(hint)

    def here(self, workshop_id: int, seats: Seats) -> None:
        """Keep this process's list for a little longer than the time between two of them."""
        key = f"longtable:here:{workshop_id}:{self._name}"
        value = json.dumps({str(seat): group for seat, group in seats.items()})
        self._try(lambda: self._redis.set(key, value, ex=PRESENCE_SECONDS))

    def elsewhere(self, workshop_id: int) -> Seats:
        """The lists of the other processes put together."""
        return self._try(lambda: self._others(workshop_id)) or {}

    def _others(self, workshop_id: int) -> dict[int, str]:
        keys = [
            key
            for key in self._redis.scan_iter(f"longtable:here:{workshop_id}:*", count=100)
            if not key.decode().endswith(self._name)
        ]
        lists: list[Any] = self._redis.mget(keys) if keys else []
        return {
            int(seat): group
            for found in lists
            if found
            for seat, group in json.loads(found).items()
        }

    def _try(self, ask: Callable[[], Any]) -> Any:  # noqa: ANN401 - whatever Redis answers
        try:
            return ask()
        except RedisError as error:
            event("hints", outcome="failed", error=type(error).__name__)
            return None
