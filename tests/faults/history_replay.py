"""The second half of the checks: what the tables say against each other, and history replayed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from tests.faults.history import History
from tests.faults.history_checks import Kept

TAKES: Final = {"ideas": "idea", "problems": "problem"}


def check(history: History, kept: Kept) -> list[str]:
    """Every promise that was broken; rounds are of dots, where a mark costs what it says."""
    return [*_purses(kept), *_replay(kept), *_tally(history, kept)]


def _purses(kept: Kept) -> Iterator[str]:
    """I2 and I10: nobody gave more than they had, and each purse is the sum of its marks."""
    spent: dict[tuple[int, int], int] = defaultdict(int)
    rules = {row["id"]: row for row in kept.rounds}
    for row in kept.marks:
        value = row["value"] or 0
        spent[row["round_id"], row["seat_id"]] += value
        if not 0 <= value <= rules[row["round_id"]]["cap"]:
            yield f"I2: seat {row['seat_id']} gave idea {row['idea_id']} {value}"
        if row["cost"] != value:
            yield f"I10: a mark of {value} cost seat {row['seat_id']} {row['cost']}"
    purses = {(row["round_id"], row["seat_id"]): row["used"] for row in kept.purses}
    for (round_id, seat), used in spent.items():
        if used > rules[round_id]["budget"]:
            yield f"I2: seat {seat} gave {used} of {rules[round_id]['budget']}"
    for key in purses.keys() | spent.keys():
        if purses.get(key, 0) != spent.get(key, 0):
            yield f"I10: purse {key} says {purses.get(key)}, its marks say {spent.get(key, 0)}"


def _replay(kept: Kept) -> Iterator[str]:
    """I4: in the room's own order, every vote and post fell where it was allowed."""
    phases = {row["id"]: row["phase"] for row in kept.steps}
    round_of = {row["step_id"]: row["id"] for row in kept.rounds}
    states: dict[int, str] = {}
    here = kept.steps[0]["id"]
    for line in kept.moments:
        if line["kind"] == "step.moved" and line["ref"] != here:
            if states.get(round_of.get(here, 0)) == "open":
                states[round_of[here]] = "closed"
            here = line["ref"]
            if here in round_of and states.get(round_of[here]) not in {"revealed", "covered"}:
                states[round_of[here]] = "open"
        elif line["kind"] == "round.moved":
            states[line["ref"]] = line["note"]
        elif line["kind"].startswith("mark.") and states.get(round_of.get(here, 0)) != "open":
            yield f"I4: line {line['seq']} is a vote, and no round was open"
        elif line["kind"] == "post.added":
            kind = kept.posts.get(line["ref"], {}).get("kind", "post that is not there")
            if TAKES.get(phases[here], kind) != kind or phases[here] == "vote":
                yield f"I4: line {line['seq']} is a new {kind} at the step {phases[here]}"


def _tally(history: History, kept: Kept) -> Iterator[str]:
    """I3: what was shown is what is stored, and what is stored is what the marks come to."""
    for row in kept.rounds:
        if row["state"] != "revealed":
            continue
        stored = {one["idea"]: one["score"] for one in json.loads(row["result"])["standings"]}
        counted: dict[int, int] = defaultdict(int)
        for line in kept.ledger:
            if line["round_id"] == row["id"] and line["kind"] == "ballot":
                for idea, mark in json.loads(line["content"])["marks"].items():
                    counted[int(idea)] += mark
        ideas = [p for p in kept.posts.values() if p["kind"] == "idea" and p["state"] == "shown"]
        for idea in {post["id"] for post in ideas} | stored.keys():
            if stored.get(idea) != counted[idea]:
                yield f"I3: idea {idea} is stored with {stored.get(idea)}, marks {counted[idea]}"
            if history.tally is not None and history.tally.get(idea, 0) != counted[idea]:
                yield f"I3: idea {idea} was shown with {history.tally.get(idea)}"
