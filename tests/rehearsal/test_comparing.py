"""A replay is held against the published files: every difference is found and told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workshop.formats.conversations import Conversation, Participant, Statement, VoteEvent
from workshop.rehearsal.comparing import Count, count, differences, of_ballots

LAST = {1: {7: 1, 8: -1}, 2: {7: 0}}
"""Voter 1 said no to statement 7 first, and yes later."""


def conversation() -> Conversation:
    events = [(1, 7, 1, -1), (2, 8, 1, -1), (3, 7, 2, 0), (4, 7, 1, 1)]
    return Conversation(
        summary={"topic": "T"},
        statements=tuple(Statement(key, 1, 0, 0, 1, "words", key) for key in (7, 8)),
        events=tuple(VoteEvent(at, one, voter, vote) for at, one, voter, vote in events),
        participants=(
            Participant(1, "0", 2, 2, 1, 1, LAST[1]),
            Participant(2, None, 0, 1, 0, 0, LAST[2]),
        ),
    )


ROOM = {7: Count(1, 1, 0), 8: Count(0, 0, 1)}


def test_a_room_that_counted_the_same_has_no_difference() -> None:
    assert list(differences(conversation(), LAST, ROOM)) == []


def test_a_vote_that_was_not_replaced_by_the_later_one_is_found() -> None:
    first = {**LAST, 1: {7: -1, 8: -1}}
    told = list(differences(conversation(), first, {**ROOM, 7: Count(0, 1, 1)}))
    assert told[0] == (
        "Voter 1: the file says 1 agree, 0 pass, 1 disagree; "
        "the room says 0 agree, 0 pass, 2 disagree."
    )
    assert sorted(line.split(":")[0] for line in told) == ["Statement 7", "Statement 7", "Voter 1"]


def test_votes_that_lie_on_the_wrong_statements_are_found_though_the_counts_agree() -> None:
    swapped = {**LAST, 1: {7: -1, 8: 1}}
    told = list(differences(conversation(), swapped, ROOM))
    assert told == ["Voter 1: the counts agree, but not what each vote was on."]


def test_a_voter_who_is_missing_and_a_statement_too_many_are_found() -> None:
    told = list(differences(conversation(), {1: LAST[1]}, {**ROOM, 9: Count(1, 0, 0)}))
    assert [line.split(":")[0] for line in told] == ["Voter 2", "Statement 9", "Statement 9"]


def test_both_files_are_held_against_the_room() -> None:
    odd = conversation()
    odd = replace(odd, participants=(odd.participants[0],))
    told = list(differences(odd, LAST, ROOM))
    assert [line.split(" says")[0] for line in told] == ["Statement 7: participants-votes.csv"]


def box(agree: int) -> dict[str, object]:
    return {
        "ballots": [{"marks": {"3": 1}}, {"marks": {"3": 0}}, {"marks": {}}],
        "ideas": [{"id": 3, "agree": agree, "pass": 1, "disagree": 0}],
    }


def test_ballots_are_counted_anew_and_the_counts_of_their_file_are_not_believed() -> None:
    assert of_ballots(box(1)) == {3: Count(1, 1, 0)}
    with pytest.raises(ValueError, match="idea 3: 2 agree"):
        of_ballots(box(2))


def test_votes_are_counted_by_what_they_say() -> None:
    assert count([1, 1, 0, -1]) == Count(2, 1, 1)
