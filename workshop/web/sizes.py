"""How much of a request is read: little, but for the one address that takes pictures."""

from __future__ import annotations

import io
from typing import IO, Any, Final

from flask import Flask, Request, request

from workshop.rules.pictures import MOST_SENT

TAKES_PICTURES: Final = "participant.put_picture"
BESIDE_IT: Final = 64 * 1024
"""What a form carries beside its picture."""


class HeldRequest(Request):
    """A request whose files stay in memory: what people photograph never touches this disk."""

    def _get_file_stream(self, *_about: Any, **_more: Any) -> IO[bytes]:
        return io.BytesIO()


def measure(app: Flask) -> None:
    """Let a picture be larger than other forms. Before anything else reads a form of `app`."""
    app.request_class = HeldRequest
    app.before_request(_let_pictures)


def _let_pictures() -> None:
    if request.endpoint == TAKES_PICTURES:
        request.max_content_length = MOST_SENT + BESIDE_IT
