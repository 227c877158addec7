"""Started by tests in a process of its own: the product on eventlet, every switch watched.

    python -m tests.storage.watched SAID act sleep DATABASE
    python -m tests.storage.watched SAID longtable demo

What was noticed is written to the file SAID, a line each.
"""

from __future__ import annotations

import queue
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import app


def _lock() -> None:
    held, let_go = threading.Lock(), threading.Event()

    def hold() -> None:
        with held:
            let_go.wait()

    threading.Thread(target=hold).start()
    threading.Timer(0.01, let_go.set).start()
    with held:
        pass


def _socket() -> None:
    near, far = socket.socketpair()
    threading.Timer(0.01, near.sendall, [b"x"]).start()
    far.recv(1)


def _queue() -> None:
    """What Socket.IO does with a full queue of one client: wait until its writer has made room."""
    full: queue.Queue[int] = queue.Queue(1)
    full.put(1)
    threading.Timer(0.01, full.get).start()
    full.put(2)


WAITS: dict[str, Callable[[], object]] = {
    "nothing": lambda: None,
    "sleep": lambda: time.sleep(0),
    "lock": _lock,
    "socket": _socket,
    "event": lambda: threading.Event().wait(0.01),
    "queue": _queue,
}
"""What an act might do that lets others run, by name."""


def _act(wait: str, database: str) -> None:
    from sqlalchemy import text  # noqa: PLC0415 - only once the engine has patched
    from sqlalchemy.orm import Session  # noqa: PLC0415 - as above

    from workshop.storage.store import Store  # noqa: PLC0415 - as above

    store = Store(database)

    def act(db: Session) -> None:
        db.execute(text("CREATE TABLE IF NOT EXISTS watched (id integer)"))
        db.execute(text("INSERT INTO watched VALUES (1)"))
        WAITS[wait]()

    together = [threading.Thread(target=store.write, args=(act,)) for _ in range(3)]
    for one in together:
        one.start()
    for one in together:
        one.join()
    store.close()


def main(said: str, what: str, *words: str) -> None:
    """Watch, and do what was asked."""
    app.ENGINES["eventlet"]()
    from tests.storage.green import Watch  # noqa: PLC0415 - only once the engine has patched

    with Path(said).open("a", buffering=1) as out:
        Watch(lambda where: print(where, file=out))
        if what == "act":
            _act(*words)
        else:
            app.main(list(words))


if __name__ == "__main__":
    main(*sys.argv[1:])
