"""`longtable export`: the backlog in any format, or a workshop as JSON, into a file or a pipe."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from workshop.cli.asking import Asked, Start, Stop, in_sentences, unknown

if TYPE_CHECKING:
    from workshop.acts.stage import Stage

SAID: Final = (
    "id", "kind", "text", "group", "language", "answers_id", "theme_id", "leg_id", "feeling",
    "better_for", "affected", "often", "better", "evidence", "source",
    "does", "needs", "stance", "builds_on_id", "created_at",
)  # fmt: skip
"""What a workshop's file tells of a post; there is nothing about its author to tell."""

ABOUT: Final = (
    "slug", "title", "service", "goal", "better_for", "place", "template", "state",
    "starts_at", "finished_at",
)  # fmt: skip


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `export` on the command line."""
    about = "write the backlog, or one workshop, to a file or to standard output"
    command = commands.add_parser("export", help=about, description=about)
    command.add_argument("what", choices=["backlog", "workshop"])
    command.add_argument("slug", nargs="?", help="one workshop: its name in addresses")
    command.add_argument("--format", help="csv, json, markdown or xlsx; else by the file’s ending")
    command.add_argument("--out", type=Path, metavar="FILE")
    command.set_defaults(run=_export)


def _export(asked: Asked, _start: Start) -> int:
    with in_sentences():
        from workshop.cli.opening import opened

        with opened() as (_, stage):
            data = (_backlog if asked.what == "backlog" else _workshop)(asked, stage)
    if asked.out is None:
        sys.stdout.buffer.write(data)
        return 0
    try:
        asked.out.write_bytes(data)
    except OSError as error:
        raise Stop(f"We can’t write {asked.out}: {error.strerror}.") from error
    return 0


def _backlog(asked: Asked, stage: Stage) -> bytes:
    from workshop.formats.exports import EXPORTS
    from workshop.formats.flat import flat
    from workshop.reads.backlog import Filters, backlog

    endings = {kind.suffix: name for name, kind in EXPORTS.items()}
    by_ending = endings.get(asked.out.suffix) if asked.out else None
    name = asked.format or by_ending or "csv"
    if name not in EXPORTS:
        raise Stop(unknown("format", name, EXPORTS))
    with stage.store.read() as db:
        cards = backlog(db, now=stage.clock(), filters=Filters(workshop=asked.slug or ""))
        rows = [flat(card) for card in cards]
    return EXPORTS[name].write(rows, str)


def _workshop(asked: Asked, stage: Stage) -> bytes:
    from workshop.reads import ballots, journey, posts, rooms
    from workshop.rules.phases import KINDS

    if asked.format not in {None, "json"}:
        raise Stop("A workshop is written as JSON. Please leave --format out.")
    with stage.store.read() as db:
        known = rooms.all_rooms(db, ("upcoming", "running", "finished"))
        room = next((one for one in known if one.slug == asked.slug), None)
        if room is None:
            raise Stop(unknown("workshop", asked.slug or "", [one.slug for one in known]))
        revealed = [
            step.round.id for step in room.steps if step.round is not None and step.round.is_told
        ]
        told = {
            **{name: getattr(room, name) for name in ABOUT},
            "steps": [{"phase": step.phase, "question": step.question} for step in room.steps],
            "legs": [{"id": leg.id, "title": leg.title} for leg in journey.legs(db, room.id)],
            "themes": [asdict(theme) for theme in posts.themes(db, room.id)],
            "posts": [
                {name: getattr(post, name) for name in SAID}
                for post in reversed(posts.board(db, room.id, KINDS))
                if post.has_place
            ],
            "rounds": [ballots.ballot_box(db, room.id, number).as_json() for number in revealed],
        }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
