"""The stories of the demo: complete, believable in their dates, and told whole or not at all."""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.story import Clock
from workshop.acts.accounts import make_pass, use_pass
from workshop.acts.stage import Stage
from workshop.reads import backlog, identity, people, posts, rooms, voting
from workshop.rules.characters import letters
from workshop.rules.refusals import Refused
from workshop.rules.scoring.portfolio import ADVICE
from workshop.seeding import BadStory, Cast, demo, names, read, tell
from workshop.storage.store import Store

FINISHED, RUNNING, UPCOMING = (
    "living-well-with-diabetes",
    "leaving-hospital",
    "coming-home-from-prison",
)
DAY = 86_400_000


@pytest.fixture
def stage(sqlite_store: Store) -> Stage:
    return Stage(sqlite_store, Clock())


@pytest.fixture
def cast(stage: Stage) -> Cast:
    """Two accounts whose passwords cost nothing to hash."""
    ids = []
    for role in ("facilitator", "leader"):
        stage.perform(make_pass, kind="invite", role=role, token=role)
        made = stage.perform(
            use_pass,
            kind="invite",
            token=role,
            email=f"{role}@example.org",
            name=role,
            password_hash="!",
        )
        ids.append(made.answer["account"])
    return Cast(*ids)


def test_there_is_one_story_over_one_going_on_and_one_to_come() -> None:
    assert {name: read(name).state for name in names()} == {
        FINISHED: "finished",
        RUNNING: "running",
        UPCOMING: "upcoming",
    }


def test_the_finished_story_has_a_full_room_and_a_whole_backlog(stage: Stage, cast: Cast) -> None:
    number = tell(stage, read(FINISHED), cast)
    with stage.store.read() as db:
        room = rooms.by_id(db, number)
        assert room is not None
        heads = people.headcount(db, number, room.step)
        kinds = Counter(post.kind for post in posts.board(db, number, ("problem", "idea")))
        items = backlog.backlog(db, now=stage.clock())
        last = room.last_round
        assert last is not None
        result = voting.result(db, last.id)
    assert room.state == "finished"
    assert heads.people >= 34
    assert (kinds["problem"], kinds["idea"]) == (40, 23)
    assert result is not None
    assert result.ballots == 35
    assert len(items) == 11
    assert {item.answer.answer for item in items if item.answer} == {"yes", "test", "later"}
    assert {item.advice for item in items if item.advice} == set(ADVICE), "every class of advice"
    assert sum(item.appraisal is not None for item in items) == 10


def test_the_running_story_is_at_its_vote_and_nobody_has_seen_a_count(
    stage: Stage, cast: Cast
) -> None:
    number = tell(stage, read(RUNNING), cast)
    with stage.store.read() as db:
        room = rooms.by_id(db, number)
        assert room is not None
        heads = people.headcount(db, number, room.step)
    assert (room.state, room.step.phase) == ("running", "vote")
    assert room.step.round is not None
    assert room.step.round.state == "open"
    assert 0 < heads.taken_part < heads.people
    assert room.timer_ends_at is not None
    assert room.timer_ends_at > stage.clock()


def test_the_coming_story_has_a_date_ahead_and_nobody_in_it(stage: Stage, cast: Cast) -> None:
    number = tell(stage, read(UPCOMING), cast)
    with stage.store.read() as db:
        room = rooms.by_id(db, number)
        assert room is not None
        assert people.seats(db, number) == ()
    assert room.state == "upcoming"
    assert room.starts_at is not None
    assert room.starts_at > stage.clock() + 7 * DAY


def test_a_story_moves_through_its_own_time_and_ends_before_now(stage: Stage, cast: Cast) -> None:
    number = tell(stage, read(FINISHED), cast)
    with stage.store.read() as db:
        room = rooms.by_id(db, number)
        written = [post.created_at for post in posts.board(db, number, ("problem", "idea"))]
    assert room is not None
    assert room.starts_at is not None
    assert room.finished_at is not None
    assert sorted(written, reverse=True) == written
    assert room.starts_at < min(written) < max(written) < room.finished_at < stage.clock()


@pytest.mark.parametrize("name", [FINISHED, RUNNING])
def test_stories_hold_what_a_real_room_holds(name: str) -> None:
    story = read(name)
    words = [post["text"] for part in ("problems", "ideas") for post in story.part(part)]
    assert any("ا" in text for text in words), "a post in Arabic"
    assert any(ord(mark) > 0x1F000 for text in words for mark in text), "a post with an emoji"
    assert "ar" in story.languages.values()


def test_one_post_nearly_fills_its_field() -> None:
    longest = max(letters(post["text"]) for post in read(FINISHED).part("problems"))
    assert 450 < longest <= 500


def test_a_story_that_breaks_a_rule_is_not_told_at_all(stage: Stage, cast: Cast) -> None:
    story = read(RUNNING)
    greedy = replace(story, votes={"agnes": {"day-before": 3, "warm-house": 3}})
    with pytest.raises(Refused) as no:
        tell(stage, greedy, cast)
    assert no.value.code == "no_votes_left"
    with stage.store.read() as db:
        assert rooms.all_rooms(db, ("upcoming", "running", "finished")) == ()


def test_the_passwords_are_for_the_owner_of_the_database_alone(
    stage: Stage, tmp_path: Path
) -> None:
    demo.tell_stories(stage, tmp_path, [])
    assert stat.S_IMODE((tmp_path / demo.FILE).stat().st_mode) == 0o600
    first = demo.people(tmp_path)
    assert {one.role for one in first} == {"facilitator", "leader", "administrator"}
    assert len({one.password for one in first}) == 3


def test_the_same_people_tell_the_next_story_too(stage: Stage, tmp_path: Path) -> None:
    demo.tell_stories(stage, tmp_path, [UPCOMING])
    first = demo.people(tmp_path)
    demo.tell_stories(stage, tmp_path, [UPCOMING])
    with stage.store.read() as db:
        assert identity.account_count(db) == 3
        assert len(rooms.all_rooms(db, ("upcoming",))) == 2
    assert demo.people(tmp_path) == first


def test_people_of_another_database_are_not_taken_for_ours(stage: Stage, tmp_path: Path) -> None:
    stranger = [demo.DemoPerson(role, "", f"{role}@else.invalid", "x") for role in demo.NAMES]
    demo._keep(tmp_path, stranger)
    demo.tell_stories(stage, tmp_path, [])
    assert not {one.email for one in stranger} & {one.email for one in demo.people(tmp_path)}


MINIMAL = """
title = "T"
service = "S"
goal = "G"
better_for = "B"
place = ""
template = "{template}"
state = "running"
until = "vote"
[when]
minutes = 1
[people]
citizen = ["ann"]
[[ideas]]
by = "{by}"
key = "one"
text = "An idea"
[votes]
ann = {{ {idea} = 1 }}
"""


def story_file(folder: Path, **words: str) -> Path:
    (folder / "small").mkdir()
    filled = MINIMAL.format(**{"template": "hour", "by": "ann", "idea": "one", **words})
    (folder / "small" / "story.toml").write_text(filled)
    return folder


def test_a_small_story_is_enough(stage: Stage, cast: Cast, tmp_path: Path) -> None:
    assert tell(stage, read("small", story_file(tmp_path)), cast)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"by": "bob"}, "The story “small” has no person “bob”."),
        ({"idea": "two"}, "The story “small” has no idea “two”."),
        ({"template": "week"}, "The story “small” has no template “week”."),
        ({"template": '"'}, "small/story.toml can’t be read"),
    ],
)
def test_a_story_that_does_not_hang_together_says_why(
    words: dict[str, str], sentence: str, tmp_path: Path
) -> None:
    with pytest.raises(BadStory) as wrong:
        read("small", story_file(tmp_path, **words))
    assert str(wrong.value).startswith(sentence)


def test_a_story_that_lacks_a_part_names_it(tmp_path: Path) -> None:
    (tmp_path / "half").mkdir()
    (tmp_path / "half" / "story.toml").write_text('title = "T"')
    with pytest.raises(BadStory, match="The story “half” lacks 'service'"):
        read("half", tmp_path)


def test_an_unknown_story_is_answered_with_those_there_are() -> None:
    with pytest.raises(BadStory, match="leaving-hospital"):
        read("no-such-story")
