"""Reading ahead changes how often a socket is asked, and nothing of what is heard."""

from __future__ import annotations

from itertools import cycle
from socket import socketpair
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from workshop.live.ear import READ, Ear, hasten, unheard, unmasked

MASKS = st.tuples(*[st.integers(0, 255)] * 4)


class Socket:
    """Gives what is in it, at most so much at a time."""

    def __init__(self, data: bytes, most: int) -> None:
        self.data, self.most, self.reads = data, most, 0

    def recv(self, size: int) -> bytes:
        self.reads += 1
        found, self.data = self.data[: min(size, self.most)], self.data[min(size, self.most) :]
        return found

    def fileno(self) -> int:
        return 7


@given(st.binary(max_size=300), MASKS, st.integers(0, 9))
def test_a_mask_comes_off_as_the_protocol_says(
    data: bytes, mask: tuple[int, int, int, int], offset: int
) -> None:
    one_by_one = bytes(
        byte ^ key for byte, key in zip(data, cycle(mask[offset % 4 :] + mask[: offset % 4]))
    )
    assert unmasked(data, mask, len(data), offset) == one_by_one


@given(st.binary(max_size=3 * READ), st.integers(1, 2 * READ), st.lists(st.integers(1, 500)))
def test_every_byte_is_heard_once_and_in_order(data: bytes, most: int, sizes: list[int]) -> None:
    ear, heard = Ear(Socket(data, most)), b""
    for size in sizes:
        part = ear.recv(size)
        assert len(part) <= size
        heard += part
    while part := ear.recv(100):
        heard += part
    assert heard == data


def test_a_frame_in_four_parts_is_one_read() -> None:
    socket = Socket(b"\x81\xfe" + b"\x00\xfa" + b"mask" + 250 * b"x", READ)
    ear = Ear(socket)
    assert [len(ear.recv(size)) for size in (2, 2, 4, 250)] == [2, 2, 4, 250]
    assert socket.reads == 1


def test_a_line_of_another_engine_is_left_alone() -> None:
    other = SimpleNamespace(socket=Socket(b"", 1))
    hasten(other)
    assert isinstance(other.socket, Socket)
    assert Ear(other.socket).fileno() == 7


def test_what_has_come_in_and_was_not_taken_is_seen_and_left_there() -> None:
    here, there = socketpair()
    line = SimpleNamespace(fd=here)
    with here, there:
        assert not unheard(line)
        there.sendall(b"pong")
        assert unheard(line)
        assert here.recv(9) == b"pong"
        assert not unheard(line)
        there.close()
        assert not unheard(line)


def test_what_was_read_ahead_counts_as_not_heard_yet() -> None:
    ear = Ear(Socket(b"two frames", READ))
    assert ear.recv(3) == b"two"
    assert unheard(ear)
