"""The votes that stand behind a backlog: whose wishes a choice serves, and which groups are for it.

Ballots are those of the ledger: without names, in no order, small groups called "others". They and
what a vote means are read for revealed rounds alone.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from workshop.reads.item_card import ItemCard
from workshop.rules.fairness.folding import folding
from workshop.rules.findings import VERSION
from workshop.rules.findings.backers import backers
from workshop.rules.findings.lists import Wish, wish
from workshop.rules.rounds import rule_of, shows_counts
from workshop.rules.voting import RoundRule
from workshop.rules.voting.ballots import ballot_of
from workshop.storage.models import Line, Round


@dataclass(frozen=True, slots=True)
class Voter:
    """One ballot: the rule of its round, the group, and item -> what it is worth to them."""

    rule: RoundRule
    group: str
    wish: Wish


@dataclass(frozen=True, slots=True)
class Votes:
    """What stands behind some items.

    Attributes:
        voters: every ballot of the rounds that the items were voted on in, empty ones too; groups
            that are small even together are folded.
        counted: the items whose round has ballots to read.
        backers: item -> groups that are surely for it; an item that is not in it is not known.
    """

    voters: Sequence[Voter]
    counted: frozenset[int]
    backers: Mapping[int, tuple[str, ...]]


def votes_behind(db: Session, cards: Iterable[ItemCard]) -> Votes:
    """The votes behind these items. An item is known by its own number, not by its idea's."""
    items: dict[int, dict[int, int]] = {}
    for card in cards:
        told = card.lineage
        # What came in a file was voted on elsewhere, in no round of ours.
        if (number := told["round"]["id"]) is not None:
            items.setdefault(number, {})[told["idea"]["id"]] = card.id
    rows = [
        row
        for row in db.scalars(select(Round).where(Round.id.in_(items))).all()
        if shows_counts(row.state) and not row.under
    ]
    cast = _cast(db, [row.id for row in rows])
    voters = [voter for row in rows for voter in _voters(row, items[row.id], cast[row.id])]
    with_ballots = [items[row.id] for row in rows if cast[row.id]]
    return Votes(
        _folded(voters),
        frozenset(item for found in with_ballots for item in found.values()),
        {item: groups for row in rows for item, groups in _backed(row, items[row.id])},
    )


def _cast(db: Session, rounds: Collection[int]) -> dict[int, list[str]]:
    """The ballots of each round as the ledger has them, sorted so that nothing tells when."""
    found: dict[int, list[str]] = {number: [] for number in rounds}
    lines = select(Line.round_id, Line.content).where(
        Line.round_id.in_(rounds), Line.kind == "ballot", Line.content.is_not(None)
    )
    for number, content in db.execute(lines):
        found[number].append(content or "")
    return {number: sorted(contents) for number, contents in found.items()}


def _voters(row: Round, items: Mapping[int, int], cast: Sequence[str]) -> Iterable[Voter]:
    rule = rule_of(row.method, row.budget, row.cap, quadratic=row.quadratic)
    ideas = len(row.result["standings"]) if row.result else len(items)
    for number, line in enumerate(cast):
        ballot = ballot_of(number, json.loads(line))
        wanted = wish(rule, ballot, ideas).items()
        yield Voter(rule, ballot.group, {items[idea]: n for idea, n in wanted if idea in items})


def _folded(voters: Sequence[Voter]) -> list[Voter]:
    sizes: dict[str, int] = {}
    for one in voters:
        sizes[one.group] = sizes.get(one.group, 0) + 1
    names = folding(sizes)
    return [Voter(one.rule, names[one.group], one.wish) for one in voters]


def _backed(row: Round, items: Mapping[int, int]) -> Iterable[tuple[int, tuple[str, ...]]]:
    if not row.findings or row.findings["version"] != VERSION:
        return
    for idea, groups in backers(row.findings["ideas"], row.method).items():
        if idea in items:
            yield items[idea], groups
