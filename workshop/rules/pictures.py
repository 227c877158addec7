"""How large a picture may come, and how small it is kept."""

from __future__ import annotations

from typing import Final

MOST_MEGABYTES: Final = 8
MOST_SENT: Final = MOST_MEGABYTES * 1024 * 1024
"""The most bytes of a picture that somebody may send: a photo as phones take them."""

MOST_PIXELS: Final = 60_000_000
"""More pixels than that are refused before any is unfolded."""

LONGEST_SIDE: Final = 1280
MOST_KEPT: Final = 300 * 1024
"""What is kept: large enough to read a letter on a projector, small enough for a poor signal."""

KINDS: Final = ("JPEG", "PNG", "WEBP", "GIF")
"""What a picture may be, by what its bytes say; of a moving one the first picture is kept."""

ACCEPTED: Final = "image/jpeg,image/png,image/webp,image/gif"
"""The same for a browser. A phone whose camera has a format of its own then sends a JPEG."""

WITH_PICTURES: Final = frozenset({"problem", "idea"})
"""Kinds of post that may have a picture."""
