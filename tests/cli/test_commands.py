"""The command line: what it says when all is well, and one clear sentence where it is not."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.house.tree import ROOT
from workshop.cli import main
from workshop.cli.commands import FAMILIES

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Say:
    """Run one command on a database of its own: its code, and what it wrote to out and err."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LONGTABLE_DATABASE_URL", f"sqlite:///{tmp_path}/own.sqlite3")

    def run(*words: str) -> tuple[int, str, str]:
        code = main(list(words), "threading", lambda function, *values: function(*values))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def refused(said: tuple[int, str, str]) -> str:
    """The one sentence of a command that was not carried out."""
    code, out, err = said
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    return err.strip()


def test_help_names_every_command_and_where_to_begin(say: Say) -> None:
    code, told, _ = say("--help")
    assert code == 0
    assert say() == (0, told, "")
    names = (
        "run",
        "demo",
        "seed",
        "export",
        "replay",
        "rehearse",
        "tally",
        "doctor",
        "invite",
        "sweep",
    )
    for name in (*names, "version"):
        assert f"\n    {name} " in told
    assert "longtable demo" in told


def test_the_words_of_a_wrong_command_suggest_the_right_one(say: Say) -> None:
    assert refused(say("sed")) == "There is no command “sed”. Did you mean seed?"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["replay", "polis"], "The following arguments are required: DIR."),
        (["replay", "csv", "x"], "Argument format: invalid choice: 'csv'"),
        (["replay", "polis", "x", "--speed", "0"], "Argument --speed: “0” is not a number above"),
        (["replay", "polis", "x", "--top", "few"], "Argument --top: “few” is not a whole number"),
        (["replay", "polis", "x"], "We can’t find or open comments.csv."),
        (
            ["replay", "polis", "x", "--url", "http://example.org"],
            "This only talks to a server on this machine",
        ),
        (["rehearse", "--phones", "0"], "Argument --phones: it takes one at least."),
        (["rehearse", "--method", "shouting"], "Argument --method: invalid choice: 'shouting'"),
        (["rehearse"], "There is no database here."),
        (
            ["rehearse", "--url", "http://example.org"],
            "This only talks to a server on this machine",
        ),
        (["seed", "nowhere"], "There is no story “nowhere”. There is: "),
        (["tally", "no.pb"], "We can’t find or open no.pb."),
        (["assess", "no.json"], "We can’t find or open no.json."),
        (["committee", "no.json", "--size", "2"], "We can’t find or open no.json."),
        (["agreement", "nowhere"], "We can’t find or open comments.csv."),
        (["pairwise", "no.soc"], "We can’t find or open no.soc."),
        (["export", "workshop", "nobody"], "There is no workshop “nobody”."),
        (["export", "backlog", "--format", "pdf"], "There is no format “pdf”. There is: xlsx, "),
        (["export", "backlog", "--out", "no/such/file.csv"], "We can’t write no/such/file.csv: No"),
        (["invite", "--role", "king"], "Argument --role: invalid choice: 'king'"),
        (["run", "--port", "70000"], "LONGTABLE_PORT must be a whole number from 1 to 65535."),
    ],
)
def test_a_wrong_input_gets_one_clear_sentence(words: list[str], sentence: str, say: Say) -> None:
    assert refused(say(*words)).startswith(sentence)


def test_a_wrong_setting_stops_a_command(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LONGTABLE_PROT", "5001")
    assert refused(say("invite")) == (
        "LONGTABLE_PROT is not a setting. Did you mean LONGTABLE_PORT?"
    )


def test_a_taken_port_is_told_and_not_shared(say: Say) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port}: Address already in use." in refused(say("run", "--port", str(port)))


def test_a_replay_makes_no_database_of_its_own(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("comments.csv", "votes.csv", "participants-votes.csv"):
        (tmp_path / name).write_text("comment-id\n")
    assert refused(say("replay", "polis", ".")).startswith("There is no database here.")
    assert not (tmp_path / "own.sqlite3").exists()


def test_version_is_one_line(say: Say) -> None:
    code, out, err = say("version")
    assert (code, out.split()[0], err) == (0, "Longtable", "")


def test_an_invitation_is_a_link_that_makes_one_account(say: Say) -> None:
    code, out, _ = say("invite", "--role", "leader")
    assert code == 0
    assert out.startswith("http://127.0.0.1:5000/invitation/")
    assert "makes a leader" in out


def test_the_stories_can_be_listed_without_a_database(say: Say, tmp_path: Path) -> None:
    code, out, _ = say("seed", "--list")
    assert (code, out.split()) == (0, sorted(p.parent.name for p in STORIES.glob("*/story.toml")))
    assert not (tmp_path / "own.sqlite3").exists()


STORIES = ROOT / "seed_data"


def test_a_told_story_can_be_exported(say: Say, tmp_path: Path) -> None:
    code, out, _ = say("seed", "coming-home-from-prison")
    assert code == 0
    assert "longtable.demo.json" in out
    assert refused(say("export", "workshop")).startswith("There is no workshop “”.")
    slug = refused(say("export", "workshop", "x")).split("There is: ")[1].rstrip(".")
    code, out, _ = say("export", "workshop", slug)
    told = json.loads(out)
    assert (code, told["title"], told["posts"]) == (0, "Coming home from prison", [])
    assert [step["phase"] for step in told["steps"]].count("vote") == 2


def test_the_backlog_goes_to_a_file_in_the_format_of_its_ending(say: Say, tmp_path: Path) -> None:
    assert say("export", "backlog", "--out", "b.json")[0] == 0
    assert json.loads((tmp_path / "b.json").read_text())["items"] == []
    assert say("export", "backlog")[1].startswith("\ufeff") or "," in say("export", "backlog")[1]


def test_doctor_is_content_with_a_fresh_place(say: Say) -> None:
    code, out, _ = say("doctor")
    looked = {line[6:18].strip() for line in out.splitlines()}
    assert code == 0, out
    assert {"settings", "database", "tables", "disk", "pages"} <= looked
    assert "They will be made at the first start." in out


def test_doctor_says_what_is_bad_and_ends_with_one(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGTABLE_DATABASE_URL", "sqlite:////proc/nowhere/x.sqlite3")
    code, out, _ = say("doctor")
    assert code == 1
    assert "bad   settings     We can’t keep anything in /proc/nowhere: No such" in out


def test_doctor_warns_of_a_server_that_others_can_reach(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LONGTABLE_HOST", "0.0.0.0")
    assert "warn  settings" in say("doctor")[1]


PB = """META
key;value
description;Three
num_projects;2
num_votes;2
budget;10
vote_type;approval
PROJECTS
project_id;cost
a;6
b;6
VOTES
voter_id;vote
1;a,b
2;b
"""


def test_a_tally_is_json_for_machines_and_lines_for_people(say: Say, tmp_path: Path) -> None:
    (tmp_path / "x.pb").write_text(PB)
    told = json.loads(say("tally", "x.pb", "--json")[1])
    assert (told["winners"], told["cost"]) == (["b"], 6)
    assert "\nwinners: b\n" in say("tally", "x.pb")[1]


def test_every_family_hangs_its_commands_by_itself() -> None:
    assert all(callable(family.add) for family in FAMILIES)
    assert len({family.add.__module__ for family in FAMILIES}) == len(FAMILIES)
