"""The wire is strict: what is not exactly right is refused, and never crashes."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.acts.commands import DOINGS
from workshop.live import wire
from workshop.live.bodies import BODIES
from workshop.rules.policies import COMMANDS
from workshop.rules.refusals import Refused

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def test_every_command_has_a_policy_a_shape_and_an_act() -> None:
    assert BODIES.keys() == COMMANDS.keys() == DOINGS.keys()


@given(JSON)
def test_no_envelope_ever_crashes_the_reader(data: object) -> None:
    with pytest.raises(Refused):
        wire.envelope(data)


@given(st.sampled_from(sorted(BODIES)), JSON)
def test_a_body_is_read_exactly_or_refused(kind: str, data: object) -> None:
    try:
        read = wire.body(kind, data)
    except Refused:
        return
    assert isinstance(data, dict)
    assert set(data) <= set(read)


@pytest.mark.parametrize(
    "body",
    [
        {"idea_id": "1", "value": 1},
        {"idea_id": True, "value": 1},
        {"idea_id": 1, "value": 1.0},
        {"idea_id": 1, "value": float("nan")},
        {"idea_id": 1},
        {"idea_id": 1, "value": 1, "seat_id": 7},
        {"idea_id": 2**60, "value": 1},
        [],
        None,
    ],
)
def test_a_mark_of_another_shape_is_refused(body: object) -> None:
    with pytest.raises(Refused, match="bad_value"):
        wire.body("mark.set", body)


def test_nobody_can_say_who_they_are() -> None:
    for kind, shape in BODIES.items():
        names = {row.name for row in fields(shape)}
        assert not names & {"receipt", "workshop_id", "account_id", "role"}, kind
        # Whom a facilitator means is no claim of who speaks.
        assert not names & {"seat_id", "group"} or COMMANDS[kind].roles == {"host"}, kind


def test_a_detail_left_out_of_new_words_stays_as_it_was() -> None:
    assert wire.body("post.edit", {"post_id": 1, "text": "New"}) == {"post_id": 1, "text": "New"}


def test_an_unknown_command_is_refused() -> None:
    with pytest.raises(Refused, match="unknown_command"):
        wire.body("post.everything", {})


def test_a_command_needs_a_name_that_nobody_guesses() -> None:
    good = {"id": "12345678", "n": 1, "device": "d", "kind": "mark.set", "body": {}}
    assert wire.envelope(good).n == 1
    bad: list[dict[str, object]] = [{"id": "1"}, {"id": "x" * 65}, {"n": -1}]
    bad += [{"device": "d" * 41}, {"body": []}]
    for wrong in bad:
        with pytest.raises(Refused, match="bad_value"):
            wire.envelope({**good, **wrong})
