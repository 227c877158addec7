"""What a rehearsal's figures mean: ready, or what to mend, each with a sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.addresses import reach
from workshop.rules.rehearsal_findings import FINDINGS, FIX
from workshop.rules.rehearsals import (
    Figures,
    Ground,
    Projector,
    is_ready,
    p95,
    read_as,
    verdict,
)

GOOD = Figures(
    asked=30, people=30, posts=40, votes=70, answer=20.0, screen=60.0, write=4.0, outcome="held"
)
GROUND = Ground("https://table.example", "https://table.example", clock=300)
SEEN = Projector(watched=50_000, still=900, lags=(40, 60, 80))


def codes(found: Figures = GOOD, ground: Ground = GROUND, projector: Projector = SEEN) -> list[str]:
    return [one.code for one in verdict(found, ground, projector)]


def test_a_room_in_which_everything_went_well_is_ready() -> None:
    assert verdict(GOOD, GROUND, SEEN) == ()
    assert is_ready(())


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"outcome": "unreached", "people": 0}, "unreached"),
        ({"outcome": "broke"}, "broke"),
        ({"outcome": "late"}, "late"),
        ({"people": 12}, "some_out"),
        ({"lost": 1}, "lost"),
        ({"doubled": 2}, "doubled"),
        ({"write": 900.0}, "slow_writes"),
        ({"answer": 1_500.0}, "slow_answers"),
        ({"screen": 4_000.0}, "slow_screens"),
    ],
)
def test_what_went_wrong_is_named_and_has_to_be_mended(wrong: dict[str, object], code: str) -> None:
    found = verdict(replace(GOOD, **wrong), GROUND, SEEN)  # type: ignore[arg-type]  # told by name
    assert [one.code for one in found] == [code]
    assert not is_ready(found)


def test_a_slow_disk_is_named_alone_though_everything_waits_for_it() -> None:
    assert codes(replace(GOOD, write=900.0, answer=1_900.0, screen=5_000.0)) == ["slow_writes"]


def test_a_projector_that_nobody_opened_is_something_to_look_at_and_no_failure() -> None:
    for away in (Projector(), Projector(watched=1_200, lags=(30,))):
        found = verdict(GOOD, GROUND, away)
        assert [one.code for one in found] == ["projector_away"]
        assert is_ready(found)


def test_a_projector_that_is_behind_or_fell_silent_has_to_be_mended() -> None:
    assert codes(projector=Projector(40_000, 500, (90, 4_000))) == ["projector_slow"]
    assert codes(projector=Projector(40_000, 30_000, (90,))) == ["projector_still"]
    assert codes(projector=Projector(40_000, 10_000)) == ["projector_still"]


def test_an_address_that_no_phone_reaches_has_to_be_mended_and_a_near_one_looked_at() -> None:
    here = replace(GROUND, address="http://127.0.0.1:5000")
    assert codes(ground=here) == ["address_here"]
    near = replace(GROUND, address="http://192.168.1.20:5000")
    assert codes(ground=near) == ["address_near"]
    assert is_ready(verdict(GOOD, near, SEEN))
    assert codes(replace(GOOD, phones=1), near) == [], "a phone came in: it can"
    assert codes(ground=replace(GROUND, known=False)) == ["address_other"]


def test_a_clock_that_is_wrong_is_something_to_look_at() -> None:
    found = verdict(GOOD, replace(GROUND, clock=-7 * 60_000), SEEN)
    assert [(one.code, dict(one.values)) for one in found] == [("clock", {"minutes": 7})]
    assert is_ready(found)


def test_a_rehearsal_that_was_stopped_is_not_blamed_for_who_had_not_come_yet() -> None:
    assert codes(replace(GOOD, outcome="stopped", people=4)) == ["stopped"]


@pytest.mark.parametrize(
    ("address", "far"),
    [
        ("http://localhost:5000", "machine"),
        ("http://table.localhost", "machine"),
        ("http://127.0.0.2", "machine"),
        ("http://[::1]:5000", "machine"),
        ("http://0.0.0.0:5000", "machine"),
        ("", "machine"),
        ("http://10.1.2.3", "network"),
        ("http://169.254.3.4", "network"),
        ("http://[fd00::2]", "network"),
        ("http://laptop:5000", "network"),
        ("http://laptop.local:5000", "network"),
        ("https://table.example.org", "world"),
        ("http://93.184.216.34", "world"),
    ],
)
def test_how_far_an_address_reaches(address: str, far: str) -> None:
    assert reach(address) == far


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=200))
def test_at_most_five_of_a_hundred_are_above_the_95th(values: list[float]) -> None:
    bound = p95(values)
    assert bound in values
    assert sum(value > bound for value in values) * 100 <= 5 * len(values)


@given(
    st.builds(
        Figures,
        asked=st.integers(10, 300),
        people=st.integers(0, 300),
        lost=st.integers(0, 9),
        doubled=st.integers(0, 9),
        answer=st.none() | st.floats(0, 9e4),
        screen=st.none() | st.floats(0, 9e4),
        write=st.none() | st.floats(0, 9e4),
        phones=st.integers(0, 3),
        outcome=st.sampled_from(["held", "stopped", "broke", "late", "unreached"]),
    ),
    st.builds(
        Projector,
        st.none() | st.integers(0, 10**6),
        st.integers(0, 10**6),
        st.lists(st.integers(0, 9_999)),
    ),
)
def test_every_finding_has_its_words_filled_and_what_must_be_mended_comes_first(
    found: Figures, projector: Projector
) -> None:
    told = verdict(found, GROUND, projector)
    for one in told:
        assert all((sentence % one.values)[-1] in ".!" for sentence in one.sentences)
    levels = [one.level for one in told]
    assert levels == sorted(levels, key=lambda level: level != FIX)
    assert len({one.code for one in told}) == len(told)


def test_what_a_newer_or_an_older_version_kept_is_read_all_the_same() -> None:
    assert read_as(Figures, {"people": 3, "moon": "full"}) == Figures(people=3)
    assert FINDINGS.keys() >= {"unreached", "broke", "late", "stopped"}, "outcomes are findings"
