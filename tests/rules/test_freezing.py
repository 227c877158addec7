"""When the rule of a round freezes, and how far a budget may go up."""

from __future__ import annotations

import pytest

from workshop.rules.freezing import may_change, raised_by
from workshop.rules.plans import MOST_VOTES
from workshop.rules.refusals import Refused
from workshop.rules.rounds import SEALED, as_asked, rule_of


@pytest.mark.parametrize("state", ["open", "closed"])
def test_a_rule_may_change_until_somebody_votes_or_holds_a_sheet(state: str) -> None:
    may_change(state, begun=False, printed=False)
    with pytest.raises(Refused, match="rule_frozen"):
        may_change(state, begun=True, printed=False)
    with pytest.raises(Refused, match="sheets_printed"):
        may_change(state, begun=False, printed=True)


@pytest.mark.parametrize("state", sorted(SEALED))
def test_a_counted_round_keeps_its_rule_even_where_nobody_voted(state: str) -> None:
    with pytest.raises(Refused, match="rule_frozen"):
        may_change(state, begun=False, printed=False)


@pytest.mark.parametrize("method", ["dots", "approval", "ranked"])
def test_a_budget_only_ever_goes_up_and_only_while_people_vote(method: str) -> None:
    rule = rule_of(method, 5, 3)
    assert raised_by(rule, "open", 7, cast=False) == 2
    for budget in (5, 4, 0):
        with pytest.raises(Refused, match="only_raise"):
            raised_by(rule, "open", budget, cast=False)
    with pytest.raises(Refused, match="not_whole"):
        raised_by(rule, "open", MOST_VOTES + 1, cast=False)
    with pytest.raises(Refused, match="raise_cast"):
        raised_by(rule, "open", 7, cast=True)
    for state in ("closed", *SEALED):
        with pytest.raises(Refused, match="raise_late"):
            raised_by(rule, state, 7, cast=False)


@pytest.mark.parametrize(("method", "budget"), [("approval", 0), ("ranked", 0), ("score", 5)])
def test_where_nothing_is_spent_there_is_nothing_to_raise(method: str, budget: int) -> None:
    with pytest.raises(Refused, match="no_budget"):
        raised_by(rule_of(method, budget, 3), "open", 7, cast=False)


def test_a_mark_for_another_way_of_voting_is_not_taken() -> None:
    as_asked("", "dots")
    as_asked("dots", "dots")
    with pytest.raises(Refused, match="rule_changed"):
        as_asked("ranked", "score")
