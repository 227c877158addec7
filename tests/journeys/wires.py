"""A phone's line through the test's hands: what the server says can be held back, or said again."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, WebSocketRoute


@dataclass
class Wires:
    """Every live line of a browser: `Wires(context)` before its first page.

    Attributes:
        seq: the last sequence that any of the lines was told.
        deaf: while True, news of the room gets lost on its way, and nothing else does.
    """

    context: BrowserContext
    seq: int = 0
    deaf: bool = False
    _open: list[WebSocketRoute] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.route_web_socket("**/socket.io/**", self._opened)

    def _opened(self, page: WebSocketRoute) -> None:
        server = page.connect_to_server()
        self._open.append(page)
        page.on_message(server.send)
        server.on_message(lambda text: self._in(text, page))

    def _in(self, text: str | bytes, page: WebSocketRoute) -> None:
        if isinstance(text, str) and text.startswith('42["room"'):
            if self.deaf:
                return
            self.seq = json.loads(text[2:])[1]["to"]
        page.send(text)

    def says(self, **news: Any) -> None:
        """Tell the page news of the room as the server words it; nothing new unless told."""
        empty = {"cards": [], "slots": {}, "counts": {}, "clock": None, "page": False, "jitter": 0}
        message = {"from": self.seq, "to": self.seq, **empty, **news}
        self._open[-1].send("42" + json.dumps(["room", message]))
