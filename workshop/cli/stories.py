"""`longtable seed`: tell the demo stories in the database, without serving."""

from __future__ import annotations

from typing import Any

from workshop.cli.asking import Asked, Start, Stop, in_sentences


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `seed` on the command line."""
    about = "tell the demo stories, or the named ones, in the database"
    command = commands.add_parser("seed", help=about, description=about)
    command.add_argument("stories", nargs="*", metavar="STORY", help="a folder of seed_data")
    command.add_argument("--list", action="store_true", help="say which stories there are")
    command.set_defaults(run=_seed)


def _seed(asked: Asked, _start: Start) -> int:
    from workshop.seeding import BadStory, demo, names
    from workshop.settings.key import folder_of

    if asked.list:
        print("\n".join(names()))
        return 0
    with in_sentences():
        from workshop.cli.opening import opened

        with opened() as (settings, stage):
            folder = folder_of(settings.database_url)
            try:
                told = demo.tell_stories(stage, folder, asked.stories or None)
            except BadStory as wrong:
                raise Stop(str(wrong)) from wrong
    print(f"Told {len(told)} stories. Who can sign in stands in {folder / demo.FILE}.")
    return 0
