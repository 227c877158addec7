"""A plain JSON profile of approvals: `{"candidates": n, "approvals": [[0, 2], ...]}`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from workshop.formats.files import BadFile, read_text
from workshop.rules.refusals import N_


@dataclass(frozen=True, slots=True)
class Approvals:
    """Candidates are numbered from 0; an empty ballot is somebody who approves of nobody."""

    candidates: int
    ballots: tuple[frozenset[int], ...]


def read(path: Path) -> Approvals:
    """Read a profile.

    Raises:
        BadFile: it is no such JSON, or a ballot names a candidate that does not exist.
    """
    try:
        said = json.loads(read_text(path))
    except json.JSONDecodeError as wrong:
        raise BadFile(N_("This isn’t JSON we can read."), line=wrong.lineno) from None
    if not isinstance(said, dict) or not {"candidates", "approvals"} <= said.keys():
        raise BadFile(N_("A profile needs “candidates” and “approvals”."))
    candidates, ballots = said["candidates"], said["approvals"]
    if not _whole(candidates) or candidates < 1 or not isinstance(ballots, list):
        raise BadFile(N_("A profile needs a number of candidates and a list of approvals."))
    for number, ballot in enumerate(ballots, 1):
        known = isinstance(ballot, list) and all(map(_whole, ballot))
        if not known or not all(0 <= candidate < candidates for candidate in ballot):
            raise BadFile(
                N_("Ballot %(number)s should list candidates from 0 to %(last)s."),
                number=number,
                last=candidates - 1,
            )
    return Approvals(candidates, tuple(map(frozenset, ballots)))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
