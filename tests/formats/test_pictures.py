"""Pictures: what is in them besides pixels is gone, and what is no picture is turned away."""

from __future__ import annotations

import io
import struct
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from workshop.formats.pictures import remade
from workshop.rules.pictures import LONGEST_SIDE, MOST_KEPT
from workshop.rules.refusals import Refused

CAMERA, PLACE = 0x010F, 0x8825
UPRIGHT = 0x0112


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> bytes:
    """A small picture as a phone takes one: it says where it was taken, and with what."""
    exif = Image.Exif()
    exif[CAMERA] = "CANARY-PHONE"
    exif.get_ifd(PLACE).update({1: "N", 2: (51.0, 30.0, 26.0), 29: "CANARY-DAY"})
    exif[UPRIGHT] = more.pop("turned", 1)
    out = io.BytesIO()
    mode = "RGBA" if kind in {"PNG", "WEBP"} else "RGB"
    about = {} if kind == "GIF" else {"exif": exif}
    Image.new(mode, size, "teal").save(out, kind, **about, **more)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_only_pixels_are_kept(kind: str) -> None:
    sent = photo(kind)
    assert kind == "GIF" or b"CANARY-PHONE" in sent, "the net has no hole"
    kept = remade(sent)
    assert b"CANARY" not in kept.data
    assert b"EXIF" not in kept.data
    with Image.open(io.BytesIO(kept.data)) as found:
        assert (found.format, found.size) == ("WEBP", (60, 40))
        assert not found.getexif()
        assert not {"exif", "xmp", "icc_profile", "comment"} & found.info.keys()


def test_a_picture_stands_upright_and_fits() -> None:
    turned = remade(photo(size=(3000, 1000), turned=6))
    assert (turned.width, turned.height) == (427, LONGEST_SIDE)


def test_even_noise_is_kept_small() -> None:
    noise = Image.effect_noise((1600, 1600), 120).convert("RGB")
    out = io.BytesIO()
    noise.save(out, "JPEG", quality=95)
    assert len(remade(out.getvalue()).data) <= MOST_KEPT


def _bomb(side: int) -> bytes:
    """A tiny PNG that says it is `side` pixels wide and high, and would unfold to that."""

    def part(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    lines = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", lines) + part(b"IEND", b"")


@pytest.mark.parametrize("side", [8_000, 30_000, 2**31 - 1])
def test_a_small_file_that_would_unfold_to_a_huge_picture_is_refused(side: int) -> None:
    with pytest.raises(Refused, match=r"picture_too_big|not_picture"):
        remade(_bomb(side))


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
        photo()[:300],
        b"<html>" + photo(),
    ],
)
def test_what_is_no_picture_is_refused_by_its_bytes(sent: bytes) -> None:
    with pytest.raises(Refused, match="not_picture"):
        remade(sent)


@given(st.binary(max_size=400), st.integers(0, 600))
def test_a_broken_picture_never_breaks_anything_else(noise: bytes, place: int) -> None:
    sent = photo()
    with suppress(Refused):
        remade(sent[:place] + noise + sent[place:])
