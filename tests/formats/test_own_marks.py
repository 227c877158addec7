"""A round of ours goes out as a Pabulib vote and comes back the same, whatever people marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.formats import pabulib
from workshop.formats.as_import import from_election
from workshop.formats.own_marks import TYPE_OF, as_election
from workshop.rules.rounds import rule_of
from workshop.rules.voting import METHODS, Ballot

IDEAS = {11: "Benches; and “shade”", 12: 'A "quiet" room\nwith tea', 14: "Swings", 19: "=1+1"}
LARGEST_MARK = {"approval": (1, 1), "dots": (1, 3), "ranked": (1, 4), "score": (0, 5)}


def ballots_of(method: str) -> st.SearchStrategy[list[dict[int, int]]]:
    least, most = LARGEST_MARK.get(method, (-1, 1))
    one = st.dictionaries(st.sampled_from(sorted(IDEAS)), st.integers(least, most))
    return st.lists(one, min_size=1, max_size=8)


rounds = st.sampled_from(sorted(TYPE_OF)).flatmap(
    lambda method: st.tuples(st.just(method), ballots_of(method))
)


@given(rounds)
def test_export_then_import_is_the_same_vote(room: tuple[str, list[dict[int, int]]]) -> None:
    method, marks = room
    rule = rule_of(method, 12 if method == "dots" else 0, 3)
    ballots = [Ballot(str(n), "citizen", one) for n, one in enumerate(marks)]
    text = pabulib.write(as_election(rule, IDEAS, ballots, {"description": "Tuesday"}, 2))
    election = pabulib.parse(text)
    assert election.remarks == ()
    found = from_election(election)
    numbers = list(IDEAS)
    back = [{numbers[place]: mark for place, mark in one.items()} for one in found.ballots]
    assert back == marks
    assert found.title == "Tuesday"
    assert found.method == method
    again = rule_of(method, found.budget, found.cap, quadratic=found.quadratic)
    assert again == rule
    if method != "sweep":  # which multiplies over the groups, and those stay behind
        cast = [Ballot(str(n), "imported", one) for n, one in enumerate(back)]
        before = METHODS[method].tally(rule, numbers, ballots).standings
        after = METHODS[method].tally(again, numbers, cast).standings
        assert [(row.idea, row.place, row.score) for row in before] == [
            (row.idea, row.place, row.score) for row in after
        ]


def test_an_imported_vote_goes_out_with_its_own_names_and_costs() -> None:
    brought = pabulib.parse(
        "META\nkey;value\ndescription;Town\nbudget;2500\nvote_type;approval\nunit;Hill\n"
        "PROJECTS\nproject_id;cost;name;category\n7;600;Shade;parks\n9;800.50;Swings;play\n"
        "VOTES\nvoter_id;age;vote\na;34;7,9\nb;51;7\n"
    )
    found = from_election(brought)
    facts = {**found.facts, "projects": {"1": found.facts["projects"][0]}}
    facts["projects"]["2"] = found.facts["projects"][1]
    cast = [Ballot("0", "imported", {1: 1, 2: 1}), Ballot("1", "imported", {1: 1})]
    rule = rule_of("approval", 0, 1)
    out = as_election(rule, {1: "Shade", 2: "Swings"}, cast, {}, 1, facts)
    assert out.budget == 2500
    assert [(one.key, one.cost) for one in out.projects] == [
        (one.key, one.cost) for one in brought.projects
    ]
    assert out.projects[0].facts["category"] == "parks"
    assert [vote.choices for vote in out.votes] == [("7", "9"), ("7",)]
    assert "34" not in pabulib.write(out), "what a file says of voters stays behind"


@pytest.mark.parametrize(
    "change", [("cap;3", "cap;x"), ("budget;12", "budget;1"), ("method;dots", "method;score")]
)
def test_a_file_that_only_says_that_it_is_ours_is_read_like_any_other(
    change: tuple[str, str],
) -> None:
    ballots = [Ballot("0", "citizen", {11: 2, 12: 3})]
    text = pabulib.write(as_election(rule_of("dots", 12, 3), IDEAS, ballots, {}, 2))
    old, new = (f"longtable_{part}" for part in change)
    assert old in text
    found = from_election(pabulib.parse(text.replace(old, new)))
    assert (found.method, list(found.ballots)) == ("dots", [{0: 2, 1: 3}])
