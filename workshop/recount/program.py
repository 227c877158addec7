"""Reads `tally.json` and `ledger.json` from a folder, counts again, and says what it found."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from workshop.recount import chain
from workshop.recount.counts import WAYS, Ballots, places

NEAR: Final = 1e-6
"""Scores that were written as decimals may differ by so little."""


def look(folder: Path) -> tuple[list[str], list[str]]:
    """What a recount of the files in `folder` says: what is right, and what is wrong.

    Raises:
        ValueError: the files cannot be read; its words say which and why.
    """
    tally, lines = _read(folder / "tally.json"), _read(folder / "ledger.json")
    try:
        cut = list(chain.broken(lines, tally["ledger"]["head"]))
        ballots = chain.contents(lines, "ballot", tally["round"])
        wrong = [*cut, *_sealed(tally, lines), *_counted(tally, ballots)]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"These are not the files of a vote: {error!r} is missing.") from error
    right = [] if cut else [f"The chain of {len(lines)} lines is whole: {tally['ledger']['words']}"]
    if not wrong:
        right.append(f"Counted {len(ballots)} ballots again: every number is the same.")
    return right, wrong


def _read(path: Path) -> Any:  # noqa: ANN401 - a JSON file
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise ValueError(f"{path.name} is not a JSON file.") from error


def _sealed(tally: Mapping[str, Any], lines: list[chain.Line]) -> Iterator[str]:
    """Hold the tally against what the last line of the round says."""
    said = chain.contents(lines, "sealed", tally["round"])
    opened = chain.contents(lines, "opened", tally["round"])
    if len(said) != 1 or len(opened) != 1:
        yield "The ledger does not open and seal this round once."
        return
    for name in ("rule_name", "rule_version", "seed", "ballots", "electorate"):
        if said[0].get(name) != tally[name]:
            yield f"The ledger says {name} {said[0].get(name)}, the tally {tally[name]}."
    ruled = [*opened, *chain.contents(lines, "ruled", tally["round"])][-1]
    if ruled["method"] != tally["rule_name"] or ruled["seed"] != tally["seed"]:
        yield "The round was opened under another rule."
    for name in ("budget", "cap"):
        if ruled.get(name) != tally["rule"].get(name):
            yield f"The ledger says {name} {ruled.get(name)}, the rule of the tally another."
    rows = {
        str(row["idea"]): (row["place"], row["tied"], row["score"]) for row in said[0]["standings"]
    }
    told = {str(row["id"]): (row["place"], row["tied"], row["score"]) for row in tally["options"]}
    if rows != told:
        yield "The ledger says other places than the tally."


def _counted(tally: Mapping[str, Any], ballots: Ballots) -> Iterator[str]:
    """Count the ballots and hold every number of the tally against that."""
    if len(ballots) != tally["ballots"]:
        yield f"The tally says {tally['ballots']} ballots, the ledger holds {len(ballots)}."
    ideas = [str(row["id"]) for row in tally["options"]]
    scores = WAYS[tally["rule_name"]](ideas, ballots)
    found = places(scores)
    for row in tally["options"]:
        idea, score = str(row["id"]), scores[str(row["id"])]
        if (row["place"], row["tied"]) != found[idea]:
            yield f"Idea {idea} is at place {row['place']}; counted again at {found[idea][0]}."
        told = row["score"]
        if (told is None) != (score is None) or not _near(told, score):
            yield f"Idea {idea} is told with {told}; counted again it has {score}."


def _near(told: float | None, counted: Any) -> bool:  # noqa: ANN401 - a number of any kind
    return told is None or counted is None or math.isclose(told, counted, abs_tol=NEAR)
