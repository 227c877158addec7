"""The front end's files, sent compressed where the build left a compressed one beside them."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, request, send_from_directory


def serve(app: Flask) -> None:
    """Answer `/static/...` for `app`. A file's name holds its hash, so it may be kept for ever."""
    folder = Path(str(app.static_folder))

    def static(filename: str) -> Response:
        """One built file."""
        packed = f"{filename}.gz"
        if request.accept_encodings["gzip"] and (folder / packed).is_file():
            sent = send_from_directory(folder, packed, mimetype=_kind(filename))
            sent.headers["Content-Encoding"] = "gzip"
        else:
            sent = send_from_directory(folder, filename)
        sent.headers["Vary"] = "Accept-Encoding"
        sent.cache_control.immutable = True
        return sent

    app.view_functions["static"] = static


def _kind(filename: str) -> str:
    kinds = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
    return kinds.get(Path(filename).suffix, "application/octet-stream")
