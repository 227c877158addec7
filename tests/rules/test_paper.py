"""Sheets of paper and hands: their codes, their numbers, and what a full one may hold."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.paper import MOST_HANDS, hands, judge, numbers, takes_sheets, tidy_code
from workshop.rules.receipts import ALPHABET, sheet_receipt
from workshop.rules.refusals import Refused
from workshop.rules.rounds import rule_of
from workshop.rules.voting import METHODS
from workshop.rules.voting.ballots import Ballot
from workshop.rules.wifi import wifi

DOTS = rule_of("dots", 5, 3)


@pytest.mark.parametrize("typed", ["k7m2qx", " K7M 2QX ", "K7M-2QX"])
def test_a_sheets_code_is_read_however_it_is_typed(typed: str) -> None:
    assert tidy_code(typed) == "K7M2QX"


@pytest.mark.parametrize("typed", ["", "K7M2Q", "K7M2QXX", "????", "١٢٣٤٥٦"])
def test_what_cannot_be_a_code_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="sheet_unknown"):
        tidy_code(typed)


@given(st.text(alphabet=ALPHABET, min_size=6, max_size=6), st.integers(1, 10**6))
def test_a_sheets_receipt_is_a_resume_code_and_the_same_every_time(code: str, room: int) -> None:
    receipt = sheet_receipt("key", room, code)
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4}(-[2-9A-HJKMNP-Z]{4}){3}", receipt)
    assert receipt == sheet_receipt("key", room, code)
    assert receipt != sheet_receipt("another key", room, code)
    assert receipt != sheet_receipt("key", room + 1, code)


@given(st.sets(st.integers(1, 500), min_size=1), st.data())
def test_an_idea_keeps_its_number_whatever_is_posted_later(
    ideas: set[int], data: st.DataObject
) -> None:
    later = data.draw(st.sets(st.integers(501, 900)))
    before, after = numbers(list(ideas)), numbers([*ideas, *later])
    assert {idea: after[idea] for idea in ideas} == before
    assert sorted(after.values()) == list(range(1, len(after) + 1))


@given(
    st.sampled_from(["dots", "approval", "sweep", "score", "ranked"]),
    st.dictionaries(st.integers(1, 9), st.integers(-1, 6), max_size=9),
)
def test_a_sheet_is_judged_exactly_as_a_ballot_from_a_phone(
    method: str, marks: dict[int, int]
) -> None:
    rule = rule_of(method, 4, 3)
    valid = METHODS[method].valid(rule, Ballot("x", "citizen", marks))
    try:
        spent = judge(rule, marks)
    except Refused:
        assert not valid
    else:
        assert valid
        assert 0 <= spent <= METHODS[method].purse(rule)


def test_a_sheet_with_too_many_votes_says_how_many_there_are() -> None:
    with pytest.raises(Refused) as no:
        judge(DOTS, {1: 3, 2: 3})
    assert no.value.words() == "That’s more votes than the 5 on a sheet. Please look at it again."


@pytest.mark.parametrize("state", ["open", "closed"])
def test_sheets_are_taken_until_the_counts_are_shown(state: str) -> None:
    takes_sheets(state)


@pytest.mark.parametrize("state", ["revealed", "covered"])
def test_a_shown_tally_takes_no_sheet_any_more(state: str) -> None:
    with pytest.raises(Refused, match="sheet_late"):
        takes_sheets(state)


@pytest.mark.parametrize("people", [-1, MOST_HANDS + 1])
def test_hands_that_nobody_can_have_counted_are_refused(people: int) -> None:
    with pytest.raises(Refused, match="hands_range"):
        hands(people)


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("Harbour Guest", "tea-and-biscuits"), "WIFI:T:WPA;S:Harbour Guest;P:tea-and-biscuits;;"),
        (("Open house", ""), "WIFI:T:nopass;S:Open house;;"),
        (('a;b:c,d"e\\', "x"), 'WIFI:T:WPA;S:a\\;b\\:c\\,d\\"e\\\\;P:x;;'),
        (("", "forgotten"), ""),
    ],
)
def test_a_wifi_code_says_what_a_phone_needs(given: tuple[str, str], told: str) -> None:
    assert wifi(*given) == told


def test_a_hidden_network_is_called_hidden() -> None:
    assert wifi("n", "p", hidden=True) == "WIFI:T:WPA;S:n;P:p;H:true;;"
