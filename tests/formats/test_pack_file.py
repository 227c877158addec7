"""Session packs: what goes out comes in again; a bad one is refused at the line that is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.formats.files import BadFile
from workshop.formats.located import Located, located
from workshop.formats.pack_file import LARGEST, read_pack, write_pack
from workshop.rules.packs import Pack
from workshop.rules.permissions import KEPT
from workshop.rules.phases import PHASES
from workshop.rules.plans import MOST_STEPS, StepPlan, checked
from workshop.rules.rounds import ROOM_METHODS
from workshop.rules.templates import TEMPLATES
from workshop.rules.wording import LIMITS, clean

HOUR = Pack(
    "Foot care",
    "Podiatry",
    "Feet that carry.",
    "Walkers",
    tuple(map(checked, TEMPLATES["hour"].steps)),
)


@st.composite
def steps(draw: st.DrawFn) -> StepPlan:
    phase = PHASES[draw(st.sampled_from(sorted(PHASES)))]
    votes = phase.votes
    return checked(
        StepPlan(
            phase=phase.key,
            minutes=draw(st.integers(0, 600)),
            question=draw(st.sampled_from(["Why?", "كيف حالك؟", 'A "quoted"\nword \\ {}[]', "💬"])),
            view=draw(st.sampled_from(phase.views)),
            posters=draw(st.sampled_from(KEPT)),
            voters=draw(st.sampled_from(KEPT[1:] if votes else KEPT)),
            method=draw(st.sampled_from(ROOM_METHODS)) if votes else None,
            budget=draw(st.integers(0, 100)) if votes else 5,
            cap=draw(st.integers(1, 100)) if votes else 3,
            quadratic=draw(st.booleans()) if votes else False,
        )
    )


def texts(limit: str) -> st.SearchStrategy[str]:
    some = st.text(st.characters(codec="utf-8"), min_size=1, max_size=LIMITS[limit] // 4)
    return some.map(lambda text: clean("a" + text, LIMITS[limit]))


PACKS = st.builds(
    Pack,
    title=texts("title"),
    service=texts("service"),
    goal=texts("goal"),
    better_for=texts("better_for"),
    steps=st.lists(steps(), min_size=1, max_size=8).map(tuple),
)


@given(PACKS)
def test_export_then_import_is_the_identity(pack: Pack) -> None:
    assert read_pack(write_pack(pack)) == pack


def test_a_pack_names_its_format_its_version_and_its_phases_by_key() -> None:
    whole = json.loads(write_pack(HOUR))
    assert (whole["format"], whole["version"]) == ("longtable-pack", 1)
    assert [step["phase"] for step in whole["steps"]][:2] == ["welcome", "problems"]
    assert "method" not in whole["steps"][0]
    assert whole["steps"][4]["method"] == "dots"


def test_what_a_step_leaves_out_is_what_its_kind_begins_with() -> None:
    bare = {**json.loads(write_pack(HOUR)), "steps": [{"phase": "ideas", "minutes": 5}]}
    (step,) = read_pack(json.dumps(bare).encode()).steps
    assert step == checked(StepPlan("ideas", 5))


def refused(text: str | bytes) -> tuple[int | None, str]:
    """The line and the sentence with which a file is refused."""
    with pytest.raises(BadFile) as caught:
        read_pack(text if isinstance(text, bytes) else text.encode())
    return caught.value.remark.line, caught.value.remark.words()


GOOD = write_pack(HOUR).decode()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('"minutes": 12', '"minutes": 12.5', "“minutes”: Please use a whole number from 0 to 600."),
        ('"minutes": 12', '"minutes": "12"', "a whole number from 0 to 600"),
        ('"minutes": 12', '"minutes": true', "a whole number from 0 to 600"),
        ('"minutes": 12', '"minuets": 12', "We don’t know “minuets” here."),
        ('"phase": "themes"', '"phase": "lunch"', "“phase”: We don’t know this kind of step."),
        ('"phase": "themes"', '"phase": []', "We don’t know this kind of step."),
        ('"view": "themes"', '"view": "own"', "Phones can’t show this kind of step that way."),
        ('"method": "dots"', '"method": "shouting"', "We don’t have this way of voting here."),
        ('"cap": 3', '"cap": 0', "“cap”: Please use a whole number from 1 to 100."),
        ('"quadratic": false', '"quadratic": 0', "“quadratic”: We couldn’t read that."),
        ('"title": "Foot care"', '"title": ""', "“title”: Please write something first."),
        ('"title": "Foot care"', '"title": null', "“title”: We couldn’t read that."),
        ('"title": "Foot care"', f'"title": "{"x" * 121}"', "Please use 120 letters or fewer."),
        ('"version": 1', '"version": 2', "We read version 1."),
        ('"version": 1', '"version": true', "We read version 1."),
        ("longtable-pack", "longtable-backlog", "This isn’t a session pack"),
        ('"budget": 5', '"budget": 5, "budget": 6', "“budget” stands here twice."),
        ('"service": "Podiatry"', '"servce": "Podiatry"', "We don’t know “servce” here."),
        ('"goal"', "goal", "This isn’t JSON we can read."),
    ],
)
def test_a_bad_pack_is_refused_at_the_line_that_is_wrong(
    before: str, after: str, said: str
) -> None:
    assert before in GOOD
    line, words = refused(GOOD.replace(before, after, 1))
    assert line == GOOD[: GOOD.index(before)].count("\n") + 1
    assert said in words
    assert words.startswith(f"Line {line}: ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"posters": ["citizen", "king"]}, "We don’t know this group."),
        ({"posters": ["citizen", "citizen"]}, "We don’t know this group."),
        ({"posters": "citizen"}, "We don’t know this group."),
        ({"posters": [["citizen"]]}, "We don’t know this group."),
        ({"budget": 5}, "“budget”: only a vote has this."),
        ({"phase": "vote"}, "“method” is missing here."),
        ({"phase": "vote", "method": "dots", "voters": []}, "Please let at least one group vote."),
    ],
)
def test_a_step_that_cannot_be_is_refused(changes: dict[str, Any], said: str) -> None:
    whole = json.loads(GOOD)
    whole["steps"] = [{"phase": "ideas", "minutes": 5} | changes]
    line, words = refused(json.dumps(whole, indent=1))
    assert line is not None
    assert said in words


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "1",
        '"x"',
        "{}",
        "[" * 100_000,
        '{"format": "longtable-pack", "version": 1}',
        '{"format": "longtable-pack", "version": 1, "workshop": [], "steps": []}',
        '{"a":' * 30 + "1" + "}" * 30,
        "9" * 5000,
        b"\xff\xfe{}",
        b"\x00",
        b"x" * (LARGEST + 1),
    ],
    ids=range(14),
)
def test_whatever_is_no_pack_is_refused_in_words(text: str | bytes) -> None:
    assert refused(text)[1]


def test_more_steps_than_a_workshop_may_have_are_refused() -> None:
    whole = json.loads(GOOD)
    whole["steps"] = whole["steps"][:1] * (MOST_STEPS + 1)
    assert "40 at most" in refused(json.dumps(whole))[1]
    whole["steps"] = []
    assert "at least one step" in refused(json.dumps(whole))[1]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


def bare(found: Located) -> object:
    """The value without its lines."""
    if isinstance(found.value, dict):
        return {key: bare(value) for key, value in found.value.items()}
    if isinstance(found.value, list):
        return [bare(value) for value in found.value]
    return found.value


@given(JSON, st.sampled_from([None, 0, 2]))
def test_a_file_read_with_its_lines_says_what_it_says(value: object, indent: int | None) -> None:
    assert bare(located(json.dumps(value, indent=indent).encode())) == value


@given(JSON)
def test_no_json_at_all_breaks_the_reading_of_packs(value: object) -> None:
    refused(json.dumps(value))
