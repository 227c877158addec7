"""Who runs a room: equal control, handing over, taking back, and links that work once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.acts.witness import Witness
from tests.story import Story, facilitator, story
from workshop.acts import hosts
from workshop.acts.stage import Change, Stage
from workshop.reads import identity, rooms
from workshop.reads.hosts import hosts as hosts_of
from workshop.rules.refusals import Refused
from workshop.storage.store import Store

OLU = "olu@example.org"


def _does(told: Story, act: Callable[..., Change], by: int, **given_: Any) -> Change:
    return told.do(act, by=by, is_admin=False, **given_)


def _joined(told: Story, email: str = OLU) -> int:
    number = facilitator(told.stage, email)
    _does(told, hosts.add_host, told.facilitator, email=email.upper())
    return number


def _who(told: Story) -> list[tuple[int, bool, bool]]:
    with told.stage.store.read() as db:
        return [(one.account_id, one.owns, one.leads) for one in hosts_of(db, told.room())]


def _may(told: Story, account: int) -> bool:
    with told.stage.store.read() as db:
        return identity.find(db, {"account": account, "epoch": 0}, told.room()).hosts


def test_a_co_facilitator_runs_the_room_and_finds_it_among_their_own(store: Store) -> None:
    told = story(store)
    olu = _joined(told)
    assert _may(told, olu)
    with store.read() as db:
        assert [room.id for room in rooms.hosted_by(db, olu)] == [told.workshop]
    assert _who(told) == [(told.facilitator, True, True), (olu, False, False)]
    _does(told, hosts.add_host, told.facilitator, email=OLU)  # Asking twice is harmless.
    assert len(_who(told)) == 2


def test_only_people_who_may_run_rooms_are_added_by_their_address(store: Store) -> None:
    told = story(store)
    facilitator(told.stage, "ruth@example.org", "leader")
    for email in ("ruth@example.org", "nobody@example.org", ""):
        with pytest.raises(Refused, match="no_such_host"):
            _does(told, hosts.add_host, told.facilitator, email=email)


def test_whoever_leads_decides_who_helps_and_the_owner_takes_it_back(store: Store) -> None:
    told = story(store)
    nadia, olu = told.facilitator, _joined(told)
    with pytest.raises(Refused, match="not_lead"):
        _does(told, hosts.hand_over, olu, account_id=olu)
    _does(told, hosts.hand_over, nadia, account_id=olu)
    assert told.room().leader_id == olu
    facilitator(told.stage, "mei@example.org")
    _does(told, hosts.add_host, olu, email="mei@example.org")
    with pytest.raises(Refused, match="not_owner"):
        _does(told, hosts.reclaim, olu)
    _does(told, hosts.reclaim, nadia)
    assert told.room().leader_id == nadia
    with pytest.raises(Refused, match="not_lead"):
        _does(told, hosts.add_host, olu, email="mei@example.org")


def test_nobody_outside_is_handed_the_room_and_the_owner_is_not_removed(store: Store) -> None:
    told = story(store)
    stranger = facilitator(told.stage, OLU)
    for act, account in ((hosts.hand_over, stranger), (hosts.remove_host, told.facilitator)):
        with pytest.raises(Refused, match="not_found"):
            _does(told, act, told.facilitator, account_id=account)


def test_whoever_is_removed_loses_the_room_and_the_lead_at_once(store: Store) -> None:
    told = story(store)
    olu = _joined(told)
    _does(told, hosts.hand_over, told.facilitator, account_id=olu)
    witness = Witness(lambda: told.room().seq)
    seen = Stage(store, told.clock, witness)
    by: dict[str, Any] = {"workshop_id": told.workshop, "by": told.facilitator, "is_admin": False}
    seen.perform(hosts.remove_host, account_id=olu, **by)
    assert witness.gone == [("host", told.workshop, olu)]
    assert (_may(told, olu), told.room().leader_id) == (False, told.facilitator)


def test_anybody_may_stop_helping_by_themselves(store: Store) -> None:
    told = story(store)
    olu, mei = _joined(told), _joined(told, "mei@example.org")
    with pytest.raises(Refused, match="not_lead"):
        _does(told, hosts.remove_host, olu, account_id=mei)
    _does(told, hosts.remove_host, olu, account_id=olu)
    assert (_may(told, olu), _may(told, mei)) == (False, True)


def test_a_link_makes_one_co_facilitator_and_works_once(store: Store) -> None:
    told = story(store)
    olu = facilitator(told.stage, OLU)
    _does(told, hosts.make_link, told.facilitator, kind="cohost", token="a link")
    told.stage.perform(hosts.accept, token="a link", account_id=olu)
    assert _may(told, olu)
    with pytest.raises(Refused, match="pass_used"):
        told.stage.perform(hosts.accept, token="a link", account_id=olu)


def test_somebody_without_an_account_gets_one_for_this_room_alone(store: Store) -> None:
    told = story(store)
    new: dict[str, Any] = {"email": OLU, "name": "Olu", "password_hash": "!"}
    _does(told, hosts.make_link, told.facilitator, kind="cohost", token="a link")
    made = told.stage.perform(hosts.accept_anew, token="a link", **new)
    with store.read() as db:
        card = identity.account(db, made.answer["account"], 0)
    assert card is not None
    assert (card.role, _may(told, card.id)) == ("cofacilitator", True)
    with pytest.raises(Refused, match="pass_used"):
        told.stage.perform(hosts.accept_anew, token="a link", **new)


def test_a_link_that_is_refused_is_not_used_up(store: Store) -> None:
    told = story(store)
    facilitator(told.stage, OLU)
    _does(told, hosts.make_link, told.facilitator, kind="cohost", token="a link")
    new: dict[str, Any] = {"email": OLU, "name": "Olu", "password_hash": "!"}
    with pytest.raises(Refused, match="email_taken"):
        told.stage.perform(hosts.accept_anew, token="a link", **new)
    told.stage.perform(hosts.accept_anew, token="a link", **{**new, "email": "o@example.org"})


@pytest.mark.parametrize(
    ("kind", "minutes", "use"),
    [("cohost", 24 * 60, hosts.accept), ("remote", 10, hosts.use_remote)],
)
def test_links_grow_old(store: Store, kind: str, minutes: int, use: Callable[..., Change]) -> None:
    told = story(store)
    _does(told, hosts.make_link, told.facilitator, kind=kind, token="a link")
    told.clock.pass_minutes(minutes)
    who: dict[str, Any] = {"account_id": told.facilitator} if kind == "cohost" else {}
    with pytest.raises(Refused, match="pass_used"):
        told.stage.perform(use, token="a link", **who)


def test_a_remote_runs_its_own_room_and_is_nobody_elsewhere(store: Store) -> None:
    told = story(store)
    _does(told, hosts.make_link, told.facilitator, kind="remote", token="a link")
    answer = told.stage.perform(hosts.use_remote, token="a link").answer
    cookie = {"account": answer["account"], "epoch": answer["epoch"], "remote": answer["slug"]}
    with store.read() as db:
        here = identity.find(db, cookie, told.room())
        elsewhere = identity.find(db, {**cookie, "remote": "another"}, told.room())
    assert here.roles == {"anyone", "account", "remote", "host"}
    assert elsewhere.roles == {"anyone", "account", "remote"}


@pytest.fixture
def table(sqlite_store: Store) -> tuple[Story, list[int]]:
    told = story(sqlite_store)
    others = [facilitator(told.stage, f"f{n}@example.org") for n in range(3)]
    return told, [told.facilitator, *others]


DEEDS = st.tuples(
    st.sampled_from(["add", "remove", "hand", "reclaim"]), st.integers(0, 3), st.integers(0, 3)
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(DEEDS, max_size=14))
def test_whatever_is_done_one_person_leads_and_the_owner_always_hosts(
    table: tuple[Story, list[int]], deeds: list[tuple[str, int, int]]
) -> None:
    told, people = table
    acts = {"remove": hosts.remove_host, "hand": hosts.hand_over}
    for deed, by, about in deeds:
        try:
            if deed == "add":
                _does(told, hosts.add_host, people[by], email=f"f{max(0, about - 1)}@example.org")
            elif deed == "reclaim":
                _does(told, hosts.reclaim, people[by])
            else:
                _does(told, acts[deed], people[by], account_id=people[about])
        except Refused:
            pass
        found = _who(told)
        assert [leads for _, _, leads in found].count(True) == 1
        assert found[0][:2] == (told.facilitator, True)
        assert _may(told, told.facilitator)
