"""Frames and room messages are cut as they should be, however the network splits them."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rehearsal.frames import PONG, News, frame, frames, read_news


def served(payload: bytes) -> bytes:
    """A frame as a server sends it: without a mask."""
    sent = frame(payload)
    size = 2 + {126: 2, 127: 8}.get(sent[1] & 127, 0)
    return bytes([sent[0], sent[1] & 127]) + sent[2:size] + sent[size + 4 :]


@given(
    st.lists(st.sampled_from([0, 1, 125, 126, 300, 65_535, 65_536]), max_size=4),
    st.integers(min_value=0),
)
def test_frames_come_out_whole_wherever_the_network_cuts_them(sizes: list[int], cut: int) -> None:
    payloads = [bytes([65 + number]) * size for number, size in enumerate(sizes)]
    data = b"".join(map(served, payloads))
    cut %= len(data) + 1
    first, rest = frames(data[:cut])
    then, left = frames(rest + data[cut:])
    assert first + then == [(1, payload) for payload in payloads]
    assert left == b""


def test_a_clients_frame_is_masked_and_says_its_kind() -> None:
    assert frame(b"ab", PONG) == bytes([0x8A, 0x82, 0, 0, 0, 0]) + b"ab"


def message(**given: object) -> bytes:
    told = {"from": 3, "to": 12, "cards": [], "slots": {}, "page": False, "jitter": 30} | given
    return b'42["room",' + json.dumps(told, separators=(",", ":")).encode() + b"]"


@pytest.mark.parametrize(
    "payload",
    [
        message(),
        message(slots={"meter": '"page":true,"to":99}'}),
        message().replace(b",", b", ").replace(b":", b": "),
        b'42["room",{"jitter":30,"page":false,"to":12,"from":3}]',
    ],
)
def test_a_room_message_is_read_whatever_it_says_and_however_it_is_written(payload: bytes) -> None:
    assert read_news(payload)[:3] == (3, 12, False)


def test_a_message_that_asks_for_the_page_says_how_long_to_wait() -> None:
    assert read_news(message(page=True)) == News(3, 12, page=True, jitter=30)
