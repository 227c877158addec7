"""Equal Shares: what it buys, what it promises cohesive groups, and that doubles do no harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.rules.fairness.completion import Outcome, with_add1, with_phragmen
from workshop.rules.fairness.equal_shares import buy
from workshop.rules.fairness.plain import Key, draw
from workshop.rules.fairness.profiles import profile_of

IDEAS = ("a", "b", "c", "d", "e", "f")
Ballots = Sequence[Mapping[str, int]]
approvals = st.lists(
    st.sets(st.sampled_from(IDEAS)).map(lambda keys: dict.fromkeys(keys, 1)),
    min_size=1,
    max_size=14,
)
points = st.lists(
    st.dictionaries(st.sampled_from(IDEAS), st.integers(1, 3)), min_size=1, max_size=10
)
prices = st.fixed_dictionaries({key: st.integers(1, 12).map(Fraction) for key in IDEAS})
FLAT: Mapping[Key, Fraction] = {key: Fraction(1) for key in IDEAS}


def shortlist(ballots: Ballots, k: int, seed: str = "s") -> Outcome:
    return with_phragmen(profile_of(ballots, FLAT, seed=seed, by_cost=False), Fraction(k))


def exactly(
    ballots: Ballots, costs: Mapping[Key, Fraction], share: Fraction, *, by_cost: bool
) -> list[Key]:
    """Equal Shares written as in the paper, with fractions and without any shortcut."""
    left = [share] * len(ballots)
    bought: list[Key] = []
    while True:
        offers = []
        for key, cost in costs.items():
            fans = [n for n, ballot in enumerate(ballots) if str(key) in ballot]
            if key in bought or sum((left[n] for n in fans), Fraction(0)) < cost:
                continue
            worth = {n: cost if by_cost else Fraction(ballots[n][str(key)]) for n in fans}
            rho = price(cost, {n: (left[n], worth[n]) for n in fans})
            offers.append((rho, cost, -len(fans), draw("s", key), key, worth))
        if not offers:
            return bought
        rho, *_, key, worth = min(offers, key=lambda offer: offer[:4])
        for n in worth:
            left[n] -= min(left[n], rho * worth[n])
        bought.append(key)


def price(cost: Fraction, purses: Mapping[int, tuple[Fraction, Fraction]]) -> Fraction:
    rest, sharing = cost, dict(purses)
    while True:
        rho = rest / sum(worth for _, worth in sharing.values())
        poor = [n for n, (purse, worth) in sharing.items() if purse < rho * worth]
        if not poor:
            return rho
        for n in poor:
            rest -= sharing.pop(n)[0]


@given(ballots=approvals, costs=prices, share=st.integers(1, 12), by_cost=st.booleans())
def test_doubles_buy_what_fractions_buy(
    ballots: Ballots, costs: Mapping[Key, Fraction], share: int, *, by_cost: bool
) -> None:
    profile = profile_of(ballots, costs, seed="s", by_cost=by_cost)
    third = Fraction(share, 3)
    bought = [profile.ideas[purchase.idea] for purchase in buy(profile, float(third)).bought]
    assert bought == exactly(ballots, costs, third, by_cost=by_cost)


@given(points, st.integers(1, 6))
def test_marks_weigh_what_people_pay(ballots: Ballots, k: int) -> None:
    profile = profile_of(ballots, FLAT, seed="s", by_cost=False)
    share = Fraction(k, len(ballots))
    bought = [profile.ideas[purchase.idea] for purchase in buy(profile, float(share)).bought]
    assert bought == exactly(ballots, FLAT, share, by_cost=False)


@given(approvals, prices, st.integers(0, 60))
def test_a_list_never_costs_more_than_the_budget(
    ballots: Ballots, costs: Mapping[Key, Fraction], budget: int
) -> None:
    profile = profile_of(ballots, costs, seed="s", by_cost=True)
    start = Fraction(budget // len(ballots))
    raised = with_add1(profile, Fraction(budget), Fraction(1), start)
    filled = with_phragmen(profile, Fraction(budget))
    for outcome in (raised, filled):
        assert sum(costs[key] for key in outcome.chosen) <= budget
        assert len(set(outcome.chosen)) == len(outcome.chosen)


@given(approvals, st.integers(1, 6))
def test_what_was_paid_for_an_idea_is_its_cost(ballots: Ballots, k: int) -> None:
    profile = profile_of(ballots, FLAT, seed="s", by_cost=False)
    run = buy(profile, k / len(ballots))
    spent = k - float(profile.people @ run.left)
    assert spent == pytest.approx(len(run.bought))
    assert run.left.min() >= -1e-9


@given(st.integers(1, 3), st.integers(0, 5), st.integers(4, 6), approvals)
def test_a_cohesive_group_of_n_l_over_k_gets_its_l(
    deserved: int, extra: int, k: int, others: Ballots
) -> None:
    wishes = dict.fromkeys(IDEAS[:deserved], 1)
    # The smallest group g with g * k >= deserved * (g + others), and some more.
    group = -(-deserved * len(others) // (k - deserved)) + extra
    ballots = [wishes] * group + list(others)
    assert group * k >= deserved * len(ballots)
    assert len(set(shortlist(ballots, k).chosen) & set(wishes)) >= deserved


@given(approvals, st.integers(1, 6), st.permutations(range(14)))
def test_the_order_of_ballots_changes_nothing(
    ballots: Ballots, k: int, order: Sequence[int]
) -> None:
    shuffled = [ballots[n] for n in order if n < len(ballots)]
    assert shortlist(shuffled, k).chosen == shortlist(ballots, k).chosen


@pytest.mark.parametrize("worth", ["cost", "marks"])
@given(points, prices, st.integers(1, 20), st.permutations(IDEAS))
def test_renaming_and_reordering_ideas_changes_nothing_but_their_names(
    worth: str,
    ballots: Ballots,
    costs: Mapping[Key, Fraction],
    budget: int,
    names: Sequence[str],
) -> None:
    new = dict(zip(IDEAS, names, strict=True))
    renamed = [{new[key]: mark for key, mark in ballot.items()} for ballot in ballots]
    # Ideas stand in another order as well, and each keeps the lot that it drew.
    moved: dict[Key, Fraction] = {key: costs[_old(new, str(key))] for key in sorted(names)}
    lots = {key: draw("s", key) for key in IDEAS}
    plain = profile_of(ballots, costs, seed="s", by_cost=worth == "cost")
    other = profile_of(renamed, moved, seed="s", by_cost=worth == "cost")
    other = replace(other, draws=tuple(lots[_old(new, str(key))] for key in other.ideas))
    money = Fraction(budget)
    for before, after in (
        (with_phragmen(plain, money), with_phragmen(other, money)),
        (
            with_add1(plain, money, Fraction(1), Fraction(1)),
            with_add1(other, money, Fraction(1), Fraction(1)),
        ),
    ):
        assert {new[str(key)] for key in before.chosen} == set(after.chosen)


def _old(new: Mapping[str, str], name: str) -> str:
    return next(key for key, renamed in new.items() if renamed == name)


@given(approvals, st.integers(1, 6))
def test_a_shortlist_is_full_unless_too_few_ideas_have_a_supporter(
    ballots: Ballots, k: int
) -> None:
    supported = {key for ballot in ballots for key in ballot}
    assert len(shortlist(ballots, k).chosen) == min(k, len(supported))


def test_a_third_of_the_room_gets_a_third_of_the_list() -> None:
    ballots: Ballots = [{"a": 1, "b": 1, "c": 1}] * 20 + [{"d": 1, "e": 1}] * 10
    chosen = set(shortlist(ballots, 3).chosen)
    assert (len(chosen & {"a", "b", "c"}), len(chosen & {"d", "e"})) == (2, 1)


def test_add1_goes_on_past_the_first_list_that_leaves_nothing_affordable() -> None:
    ballots: Ballots = [{"a": 1}, {"a": 1}, {"b": 1}]
    costs: Mapping[Key, Fraction] = {"a": Fraction(4), "b": Fraction(4)}
    profile = profile_of(ballots, costs, seed="s", by_cost=True)
    outcome = with_add1(profile, Fraction(8), Fraction(1), Fraction(2))
    assert set(outcome.chosen) == {"a", "b"}
    assert (int(outcome.share), outcome.runs) == (4, 3)


def test_add1_keeps_the_last_list_before_it_overspends() -> None:
    ballots: Ballots = [{"a": 1}, {"a": 1}, {"b": 1}]
    costs: Mapping[Key, Fraction] = {"a": Fraction(4), "b": Fraction(5)}
    profile = profile_of(ballots, costs, seed="s", by_cost=True)
    outcome = with_add1(profile, Fraction(8), Fraction(1), Fraction(2))
    assert (outcome.chosen, int(outcome.share), outcome.runs) == (("a",), 4, 4)


def test_level_ideas_go_by_cost_then_votes_then_the_seed() -> None:
    ballots: Ballots = [{"a": 1, "b": 1}] * 4
    firsts = {shortlist(ballots, 1, seed=str(n)).chosen for n in range(20)}
    assert firsts == {("a",), ("b",)}
    assert shortlist(ballots, 1).chosen == shortlist(ballots, 1).chosen


def test_a_receipt_says_what_supporters_paid_or_what_they_lacked() -> None:
    ballots: Ballots = [{"a": 1}] * 4 + [{"b": 1}] * 2 + [{}] * 2
    outcome = shortlist(ballots, 2)
    receipts = {receipt.idea: receipt for receipt in outcome.receipts}
    assert (receipts["a"].supporters, receipts["a"].least, receipts["a"].most) == (4, 0.25, 0.25)
    assert (receipts["b"].had, float(receipts["b"].needed)) == (0.5, 1.0)
    assert receipts["b"].chosen
    assert (outcome.bought, outcome.chosen) == (1, ("a", "b"))
    assert not receipts["c"].chosen


def test_an_idea_that_costs_nothing_is_free_for_its_supporters() -> None:
    costs: Mapping[Key, Fraction] = {"a": Fraction(0), "b": Fraction(9)}
    profile = profile_of([{"a": 1}, {"b": 1}], costs, seed="s", by_cost=True)
    assert with_phragmen(profile, Fraction(4)).chosen == ("a",)


def test_a_room_without_ballots_gets_an_empty_list() -> None:
    assert shortlist([], 3).chosen == ()
