"""The second count agrees with the first, whatever was voted, and sees every changed letter."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.paired import answers
from tests.story import Story, story
from workshop.acts import running
from workshop.cli.commands import main
from workshop.reads import record
from workshop.recount.counts import WAYS, places, together
from workshop.recount.program import look
from workshop.rules.fairness.folding import folding
from workshop.rules.refusals import Refused
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.voting import METHODS, Ballot, RoundRule
from workshop.storage.store import Store

IDEAS = (1, 2, 3, 4)
GROUPS = ("citizen", "staff", "partner")
VALUES = {"dots": (0, 3), "approval": (0, 1), "score": (0, 5), "ranked": (0, 4), "sweep": (-1, 1)}


def _pairs(one: int, other: int) -> st.SearchStrategy[tuple[int, int] | None]:
    return st.sampled_from((None, (one, other), (other, one)))


@st.composite
def rooms(draw: st.DrawFn) -> tuple[str, list[Ballot]]:
    """A way of voting, and a room that voted by it."""
    key = draw(st.sampled_from(tuple(METHODS)))
    ballots = []
    for number in range(draw(st.integers(0, 20))):
        group, marks = draw(st.sampled_from(GROUPS)), dict[int, int]()
        pairs: tuple[tuple[int, int], ...] = ()
        if key == "pairwise":
            drawn = [draw(_pairs(a, b)) for a in IDEAS for b in IDEAS if a < b]
            pairs = tuple(pair for pair in drawn if pair)
        else:
            marks = draw(st.dictionaries(st.sampled_from(IDEAS), st.integers(*VALUES[key])))
        ballots.append(Ballot(str(number), group, marks, pairs))
    return key, ballots


@given(rooms())
@settings(deadline=None)
def test_the_recount_is_the_tally_for_every_way_of_voting(room: tuple[str, list[Ballot]]) -> None:
    key, ballots = room
    tally = METHODS[key].tally(RoundRule(key), IDEAS, ballots)
    published = [
        {
            "group": ballot.group,
            "marks": {str(idea): mark for idea, mark in ballot.marks.items()},
            "pairs": ballot.pairs,
        }
        for ballot in ballots
    ]
    scores = WAYS[key]([str(idea) for idea in IDEAS], published)
    found = places(scores)
    for row in tally.standings:
        score = scores[str(row.idea)]
        assert (row.place, row.tied) == found[str(row.idea)]
        assert (row.score is None) == (score is None)
        assert score is None or row.score == pytest.approx(float(score), abs=1e-8)


@given(st.dictionaries(st.sampled_from((*GROUPS, "others")), st.integers(1, 12)))
def test_small_groups_are_counted_together_by_both(sizes: dict[str, int]) -> None:
    assert together(Counter(sizes)) == folding(sizes)


def _voted(store: Store, method: str) -> Story:
    told = story(store, people=12, ideas=3, step="vote", rule={"method": method})
    for number, person in enumerate(told.people):
        if method == "pairwise":
            answers(told, person, min if number % 4 else max)
            continue
        for place, idea in enumerate(told.ideas):
            told.votes(person, idea, 1 if (number + place) % 4 else 0)
    return told


def _published(told: Story, folder: Path) -> Path:
    opened = told.room().last_round
    assert opened
    with told.stage.store.read() as db:
        found = record.files(db, told.workshop, opened.id)
    for name, content in found.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize("method", ROOM_METHODS)
def test_a_sealed_vote_is_counted_again_from_its_files(
    store: Store, method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = _voted(store, method)
    with pytest.raises(Refused, match="not_revealed"):
        _published(told, tmp_path)
    told.reveals()
    folder = _published(told, tmp_path)
    right, wrong = look(folder)
    assert wrong == []
    assert right[-1] == "Counted 12 ballots again: every number is the same."
    assert main(["recount", str(folder)], "threading", print) == 0
    assert "The chain of 14 lines is whole" in capsys.readouterr().out


def _turned(content: str) -> str:
    return content.replace(":1", ":0", 1) if ":1" in content else content.replace(":0", ":1", 1)


def test_one_changed_ballot_breaks_the_chain_and_the_count(store: Store, tmp_path: Path) -> None:
    told = _voted(store, "dots")
    told.reveals()
    folder = _published(told, tmp_path)
    file = folder / "ledger.json"
    lines: list[dict[str, Any]] = json.loads(file.read_text())
    for number, line in enumerate(lines):
        if line["kind"] != "ballot":
            continue
        changed = [*lines[:number], {**line, "content": _turned(line["content"])}]
        file.write_text(json.dumps([*changed, *lines[number + 1 :]]))
        _, wrong = look(folder)
        assert f"Line {line['number']} was changed after it was written." in wrong
        assert any("counted again" in sentence for sentence in wrong)
    for number in range(len(lines)):
        file.write_text(json.dumps(lines[:number] + lines[number + 1 :]))
        assert look(folder)[1]
    file.write_text(json.dumps([*lines[1:2], *lines[:1], *lines[2:]]))
    assert look(folder)[1]


@pytest.mark.parametrize(
    ("path", "value"), [("ballots", 11), ("electorate", 99), ("seed", 1), ("rule_name", "approval")]
)
def test_a_tally_that_says_something_else_is_found(
    store: Store, tmp_path: Path, path: str, value: object
) -> None:
    told = _voted(store, "dots")
    told.reveals()
    file = _published(told, tmp_path) / "tally.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), path: value}))
    assert look(tmp_path)[1]


def test_files_that_cannot_be_read_get_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recount", str(tmp_path)], "threading", print) == 2
    assert "tally.json cannot be read" in capsys.readouterr().err
    (tmp_path / "tally.json").write_text("{")
    assert main(["recount", str(tmp_path)], "threading", print) == 2
    for name in ("tally.json", "ledger.json"):
        (tmp_path / name).write_text("{}")
    assert main(["recount", str(tmp_path)], "threading", print) == 2
    assert "These are not the files of a vote" in capsys.readouterr().err


def test_the_chain_goes_on_over_the_rounds_and_shows_of_others_the_links_alone(
    store: Store, tmp_path: Path
) -> None:
    told = story(store, people=6, ideas=2, step="vote", template="half-day")
    told.votes(told.people[0], told.ideas[0], 1)
    told.reveals()
    second = [step for step in told.room().steps if step.phase == "vote"][1]
    told.do(running.move_step, position=second.position)
    told.votes(told.people[0], told.ideas[0], 1)
    told.reveals()
    lines = json.loads((_published(told, tmp_path) / "ledger.json").read_text())
    assert [line["kind"] for line in lines] == ["opened", "ballot", "sealed"] * 2
    assert ["content" in line for line in lines] == [False] * 3 + [True] * 3
    assert look(tmp_path)[1] == []
