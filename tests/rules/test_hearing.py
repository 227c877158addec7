"""Marks that the database alone cannot read, addresses as they are kept, and when to write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules import hearing
from workshop.rules.backlog import ITEM_MOMENTS
from workshop.rules.refusals import Refused

KEY = "k" * 40


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Ann@Example.ORG", "Ann@example.org"),
        (" ann+table@mail.example.org ", "ann+table@mail.example.org"),
        ("o'neil@example.co", "o'neil@example.co"),
    ],
)
def test_an_address_is_kept_as_it_reaches_its_owner(typed: str, kept: str) -> None:
    assert hearing.address(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *("ann", "@example.org", "ann@", "ann@example", "a b@example.org", "ann@@example.org"),
        *("ann@example.org, bob@example.org", "Ann <ann@example.org>", "ann@exämple.org"),
        *("ann@example.org\nBcc: bob@example.org", "ann@-.", "ann..b@example.org"),
        *(".ann@example.org", "ann.@example.org", '"ann"@example.org', "ann@[127.0.0.1]"),
    ],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused) as no:
        hearing.address(typed)
    assert no.value.code == "bad_email"


@given(st.text(max_size=80))
def test_no_address_can_carry_a_second_header(typed: str) -> None:
    try:
        kept = hearing.address(typed)
    except Refused:
        return
    assert kept.isascii()
    assert kept.isprintable()
    assert not set(' ,;<>"') & set(kept)


def test_a_mark_needs_the_key_and_the_salt_and_two_addresses_share_none() -> None:
    one = hearing.post_marks(KEY, "a" * 32, range(50))
    assert one == sorted(one)
    assert len(set(one)) == 50
    assert not set(one) & set(hearing.post_marks(KEY, "b" * 32, range(50)))
    assert not set(one) & set(hearing.post_marks("K" * 40, "a" * 32, range(50)))


def test_a_page_shows_little_of_an_address() -> None:
    assert hearing.masked("grace@example.org") == "g…@example.org"


def test_it_waits_longer_each_time_and_gives_up_in_the_end() -> None:
    waits = [hearing.next_try(tries, 0) for tries in range(1, 7)]
    assert waits[-1] is None
    known = [wait for wait in waits if wait is not None]
    assert known == sorted(known)
    assert len(known) == len(hearing.BACK_OFF_MS)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_nobody_hears_twice_within_a_day(sent: int, passed: int) -> None:
    may = hearing.may_write(sent, 0, sent + passed)
    assert may == (passed >= hearing.APART_MS)


def test_what_is_told_is_a_line_of_history() -> None:
    assert hearing.HEARD.keys() <= ITEM_MOMENTS.keys()
