"""Pictures that people add to a post: read with care, made small, and made anew.

What comes out holds pixels and nothing else: no place, no time, no name of a phone, because it is
painted from the pixels of what came in. What kind of file it is, is found out from its bytes.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Final

from PIL import Image, ImageOps

from workshop.rules.pictures import KINDS, LONGEST_SIDE, MOST_KEPT, MOST_PIXELS
from workshop.rules.refusals import Refused

TRIES: Final = ((LONGEST_SIDE, 80), (LONGEST_SIDE, 60), (LONGEST_SIDE, 40), (900, 40), (600, 30))
"""How large and how well a picture is kept: the next only where the one before takes too much."""


@dataclass(frozen=True, slots=True)
class Remade:
    """A picture as it is kept: a WebP file and its size in pixels."""

    data: bytes
    width: int
    height: int


def remade(data: bytes) -> Remade:
    """Make the picture in `data` anew: upright, at most `LONGEST_SIDE` pixels, nothing but pixels.

    Raises:
        Refused: `not_picture` for anything that is none of `KINDS`, or is broken;
            `picture_too_big` for more pixels than anybody's camera has.
    """
    try:
        with warnings.catch_warnings():
            # The library only warns of a small file that unfolds to a huge picture.
            warnings.simplefilter("error")
            return _remade(data)
    except Image.DecompressionBombError as bomb:
        raise Refused("picture_too_big") from bomb
    except Refused:
        raise
    except Exception as broken:
        raise Refused("not_picture") from broken


def _remade(data: bytes) -> Remade:
    with Image.open(io.BytesIO(data), formats=KINDS) as found:
        # The size stands in the first bytes of the file: nothing has been unfolded yet.
        if found.width * found.height > MOST_PIXELS:
            raise Refused("picture_too_big")
        found.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(found)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        return _packed(_flat(upright))


def _flat(picture: Image.Image) -> Image.Image:
    """The pixels on white, in a new picture that knows nothing of the old one."""
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, "white")
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _packed(pixels: Image.Image) -> Remade:
    packed = b""
    for side, quality in TRIES:
        pixels.thumbnail((side, side))
        out = io.BytesIO()
        pixels.save(out, "WEBP", quality=quality, method=4)
        packed = out.getvalue()
        if len(packed) <= MOST_KEPT:
            break
    return Remade(packed, pixels.width, pixels.height)
