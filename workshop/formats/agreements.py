"""What the command line prints about agreement and about pairs; see `checks` for the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from workshop.formats import polis, preflib
from workshop.formats.conversations import Conversation
from workshop.formats.files import BadFile
from workshop.rules.fairness.agreement import HALF, Cell, agreement
from workshop.rules.fairness.groups_found import find_groups
from workshop.rules.refusals import N_
from workshop.rules.voting.bradley_terry import strengths
from workshop.rules.voting.counting import places
from workshop.rules.voting.schulze import beaten_by, pairwise_table

SEED: Final = 0
"""For the random starts of k-means where groups are discovered."""

Printed = dict[str, Any]


def agreement_dir(directory: Path, *, groups: str) -> list[Printed]:
    """Judge every statement of a Polis export across opinion groups, from the votes alone.

    Args:
        directory: the export.
        groups: "published" (the group-id column) or "discovered" (found in the votes). People
            without a group are left out; published groups are never folded.

    Returns:
        For each statement, moderated ones too: `id`, `gic` (the raw product), `weakest`, `shelf`
        and `p` by group.

    Raises:
        BadFile: the export cannot be read, or has no groups.
    """
    conversation = polis.read(directory)
    last = conversation.last_votes()
    members = _discovered(last) if groups == "discovered" else _published(conversation)
    if not members:
        raise BadFile(N_("There are no opinion groups in these votes."))
    names = sorted(set(members.values()))
    votes = Counter(
        (statement, members[voter], vote)
        for voter, answers in last.items()
        if voter in members
        for statement, vote in answers.items()
    )
    return [_judged(statement.key, names, votes) for statement in conversation.statements]


def pairwise_file(path: Path) -> Printed:
    """Compare the alternatives of a PrefLib file with each other.

    Alternatives that an order leaves out are below all that it names, and level.

    Returns:
        `order`: alternatives in the Schulze order, level ones by number. `places`: alternative ->
        place, shared where level. `strengths`: alternative -> Bradley-Terry strength. `pairwise`:
        alternative -> other -> people who put it above the other. `names` and `warnings`.

    Raises:
        BadFile: the file cannot be read.
    """
    rankings = preflib.read(path)
    alternatives = list(rankings.names)
    table = pairwise_table(alternatives, rankings.orders)
    beaten = beaten_by(table)
    order = places({one: -int(times) for one, times in zip(alternatives, beaten, strict=True)})
    theta = strengths(table).theta
    return {
        "order": sorted(alternatives, key=lambda one: (order[one][0], one)),
        "places": {str(one): order[one][0] for one in alternatives},
        "strengths": {
            str(one): float(value) for one, value in zip(alternatives, theta, strict=True)
        },
        "pairwise": {
            str(one): {
                str(other): int(table[row, column])
                for column, other in enumerate(alternatives)
                if other != one
            }
            for row, one in enumerate(alternatives)
        },
        "names": {str(one): name for one, name in rankings.names.items()},
        "warnings": [remark.words() for remark in rankings.remarks],
    }


def _judged(key: int, names: Sequence[str], votes: Counter[tuple[int, str, int]]) -> Printed:
    """Word the agreement on one statement; `votes` counts (statement, group, vote)."""
    cells = {
        name: Cell(
            agrees=votes[key, name, 1],
            answered=sum(votes[key, name, vote] for vote in (1, 0, -1)),
        )
        for name in names
    }
    found = agreement(cells, dict.fromkeys(names, HALF))
    return {
        "id": key,
        "gic": float(found.product),
        "weakest": found.weakest,
        "shelf": found.shelf,
        "p": {name: float(rate) for name, rate in found.rates.items()},
    }


def _published(conversation: Conversation) -> dict[int, str]:
    return {one.key: one.group for one in conversation.participants if one.group is not None}


def _discovered(last: Mapping[int, Mapping[int, int]]) -> dict[int, str]:
    found = find_groups({str(voter): answers for voter, answers in last.items()}, seed=SEED)
    return {int(voter): group for voter, group in found.members.items()} if found else {}
