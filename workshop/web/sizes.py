"""How much of a request is read: little, but for the addresses that take pictures and files."""

from __future__ import annotations

import io
from typing import IO, Any, Final

from flask import Flask, Request, request

from workshop.rules import brought, imports, pictures

BESIDE_IT: Final = 64 * 1024
"""What a form carries beside its file."""

TAKES_FILES: Final = {
    "participant.put_picture": pictures.MOST_SENT + BESIDE_IT,
    "plans.bring_file": imports.MOST_SENT + BESIDE_IT,
    "leader.bring": 2 * brought.MOST_SENT + BESIDE_IT,
}
"""The most bytes that each of these addresses reads."""

TAKES_TEXT: Final = frozenset({"leader.bring"})
"""Those whose file comes back as a field of a form, once somebody has looked at what is in it."""


class HeldRequest(Request):
    """A request whose files stay in memory: what people photograph never touches this disk."""

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return io.BytesIO()


def measure(app: Flask) -> None:
    """Let a file be larger than other forms. Before anything else reads a form of `app`."""
    app.request_class = HeldRequest
    app.before_request(_let_files)


def _let_files() -> None:
    if request.endpoint in TAKES_FILES:
        request.max_content_length = TAKES_FILES[request.endpoint]
    if request.endpoint in TAKES_TEXT:
        request.max_form_memory_size = TAKES_FILES[request.endpoint]
