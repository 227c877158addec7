"""A photo as a phone makes one, ready to be picked in a form."""

from __future__ import annotations

import io

from PIL import Image
from playwright.sync_api import FilePayload


def photo() -> FilePayload:
    out = io.BytesIO()
    Image.new("RGB", (1600, 1200), "teal").save(out, "JPEG")
    return {"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
