"""What a planned step may be, and which groups it asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.permissions import KEPT, includes, kept, may_vote, may_write, named
from workshop.rules.phases import PHASES, VIEWS
from workshop.rules.plans import StepPlan, checked, somebody, whole
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.templates import TEMPLATES
from workshop.rules.voting import METHODS

BALLOTS = Path(__file__).parents[2] / "templates" / "ballots"


@given(st.sets(st.sampled_from(VOICES)))
def test_a_choice_of_groups_reads_back_whatever_order_it_came_in(groups: set[str]) -> None:
    choice = kept(groups)
    assert choice in KEPT
    assert set(named(choice)) == groups
    for group in (*VOICES, "watching"):
        assert includes(choice, group) is (group in groups)


@pytest.mark.parametrize("stranger", ["watching", "leader", "", "citizens"])
def test_only_groups_with_a_voice_can_be_chosen(stranger: str) -> None:
    with pytest.raises(Refused, match="unknown_group"):
        kept([stranger])


def test_whoever_is_not_chosen_is_told_that_others_write_or_vote() -> None:
    may_write("citizen partner", "partner")
    may_vote("staff", "staff")
    with pytest.raises(Refused, match="others_write"):
        may_write("citizen partner", "staff")
    with pytest.raises(Refused, match="others_vote"):
        may_vote("", "citizen")


def test_nobody_voting_is_no_vote() -> None:
    with pytest.raises(Refused, match="nobody_votes"):
        somebody([])


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=TEMPLATES)
def test_every_step_of_every_template_can_be_made(template: object) -> None:
    steps = template.steps  # type: ignore[attr-defined]  # the parameters are typed as objects
    for step in steps:
        made = checked(step)
        assert made.question
        assert made.view in VIEWS
        assert checked(made) == made, "what is checked once stays as it is"


def test_every_phase_has_views_that_there_are() -> None:
    assert {view for phase in PHASES.values() for view in phase.views} <= VIEWS.keys()
    assert all(phase.views for phase in PHASES.values())


def test_the_ways_to_vote_that_are_offered_are_those_with_a_ballot_page() -> None:
    pages = {path.stem for path in BALLOTS.glob("*.html") if not path.stem.startswith("_")}
    assert set(ROOM_METHODS) == pages & METHODS.keys()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (StepPlan("lunch", 5), "unknown_step"),
        (StepPlan("ideas", -1), "not_whole"),
        (StepPlan("ideas", 601), "not_whole"),
        (StepPlan("ideas", 5, view="spiral"), "unknown_view"),
        (StepPlan("vote", 5, "ranked choice of nothing"), "unknown_method"),
        (StepPlan("vote", 5, None), "unknown_method"),
        (StepPlan("vote", 5, "dots", budget=101), "not_whole"),
        (StepPlan("vote", 5, "dots", cap=0), "not_whole"),
        (StepPlan("vote", 5, "dots", voters=""), "nobody_votes"),
        (StepPlan("ideas", 5, posters="citizen king"), "unknown_group"),
        (StepPlan("ideas", 5, question="x" * 501), "too_long"),
    ],
)
def test_a_step_that_cannot_be_is_refused_by_name(plan: StepPlan, code: str) -> None:
    with pytest.raises(Refused, match=code):
        checked(plan)


@pytest.mark.parametrize("value", [True, "5", 5.0, None])
def test_a_whole_number_is_nothing_that_merely_equals_one(value: object) -> None:
    with pytest.raises(Refused, match="not_whole"):
        whole(value, 0, 10)
