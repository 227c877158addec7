"""`longtable sweep`, and the same each hour while serving: words go when their time is over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from workshop.cli.asking import Asked, Start, in_sentences

if TYPE_CHECKING:
    from workshop.acts.stage import Stage
    from workshop.factory import Longtable

FIRST_SECONDS: Final = 60
"""After a start, whoever comes in first is served first."""

EVERY_SECONDS: Final = 3600


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `sweep` on the command line."""
    about = (
        "let words and seats go whose time is over, and wipe what a broken rehearsal left; "
        "a running server does it each hour"
    )
    command = commands.add_parser("sweep", help=about, description=about)
    command.set_defaults(run=_sweep)


def _sweep(_asked: Asked, _start: Start) -> int:
    with in_sentences():
        from workshop.acts.keeping import sweep
        from workshop.acts.rehearsals import wipe_left_over
        from workshop.cli.opening import opened

        with opened() as (_, stage):
            gone, wiped = sweep(stage), wipe_left_over(stage)
    told = {0: "No workshop’s time is over.", 1: "The words of 1 workshop are gone."}
    print(told.get(gone, f"The words of {gone} workshops are gone."))
    if wiped:
        print("A rehearsal that broke off is wiped.")
    return 0


def keep(house: Longtable) -> None:
    """Sweep in the background for as long as this process serves.

    What votes mean that were counted by an older program is worked out once, after the start.
    """
    from workshop.acts.findings import catch_up
    from workshop.acts.keeping import sweep
    from workshop.acts.rehearsals import wipe_left_over
    from workshop.logs import event

    def once(work: Callable[[Stage], int]) -> None:
        try:
            event("sweep", outcome="done", kind=work.__name__, count=work(house.stage))
        except Exception as error:  # noqa: BLE001 - a database away for a moment must not end it
            event("sweep", outcome="failed", kind=work.__name__, error=type(error).__name__)

    def run() -> None:
        house.socketio.sleep(FIRST_SECONDS)
        once(catch_up)
        while True:
            once(wipe_left_over)
            once(sweep)
            house.socketio.sleep(EVERY_SECONDS)

    house.socketio.start_background_task(run)
