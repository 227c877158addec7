"""Agreement over a Polis export comes from its votes, by published or discovered groups."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.formats import BadFile
from workshop.formats.agreements import agreement_dir

STATEMENTS, PEOPLE = 8, 24


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Two dozen people, half of whom answer the opposite on every statement but 0, and one guest.

    Everybody agrees with statement 0; the guest (24) has no group and disagrees with all. Voter 0
    first disagreed with statement 0 and then changed to agree.
    """
    events = ["5,x,0,0,-1"]
    people = []
    for who in range(PEOPLE + 1):
        camp = who % 2
        for statement in range(STATEMENTS):
            agrees = statement == 0 or (statement + camp) % 2 == 0
            vote = -1 if who == PEOPLE else 1 if agrees else -1
            events.append(f"9,x,{statement},{who},{vote}")
        group = "" if who == PEOPLE else str(camp)
        people.append(f"{who},{group},0,{STATEMENTS},0,0")
    rows = {
        "comments.csv": [
            "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body",
            *[f"1,x,{n},0,999,999,{-(n % 2)},Statement {n}" for n in range(STATEMENTS)],
        ],
        "votes.csv": ["timestamp,datetime,comment-id,voter-id,vote", *events],
        "participants-votes.csv": [
            "participant,group-id,n-comments,n-votes,n-agree,n-disagree",
            *people,
        ],
    }
    for name, lines in rows.items():
        (tmp_path / name).write_text("\n".join(lines))
    return tmp_path


def test_published_groups_agree_or_are_divided(export: Path) -> None:
    said = agreement_dir(export, groups="published")
    assert [row["id"] for row in said] == list(range(STATEMENTS))
    assert said[0] == {
        "id": 0,
        "gic": pytest.approx((13 / 14) ** 2),
        "weakest": "0",
        "shelf": "common ground",
        "p": {"0": 13 / 14, "1": 13 / 14},
    }
    assert (said[1]["shelf"], said[1]["weakest"]) == ("divided", "0")
    assert said[1]["p"] == {"0": 1 / 14, "1": 13 / 14}
    assert json.dumps(said)


def test_discovered_groups_find_the_two_camps(export: Path) -> None:
    said = agreement_dir(export, groups="discovered")
    assert set(said[0]["p"]) == {"A", "B"}
    assert [row["shelf"] for row in said] == ["common ground"] + ["divided"] * 7


def test_votes_without_groups_get_one_sentence(export: Path) -> None:
    path = export / "participants-votes.csv"
    lines = path.read_text().replace(",0,0,8", ",,0,8").replace(",1,0,8", ",,0,8")
    path.write_text(lines)
    with pytest.raises(BadFile, match="no opinion groups"):
        agreement_dir(export, groups="published")
