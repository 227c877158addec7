"""While serving, letters to people who want to hear back leave by themselves, each minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from workshop.factory import Longtable

FIRST_SECONDS: Final = 30
"""After a start, whoever comes in first is served first."""

EVERY_SECONDS: Final = 60


def keep(house: Longtable) -> None:
    """Send letters in the background for as long as this process serves."""
    from workshop.logs import event
    from workshop.web.postman import Postman

    postman = Postman(house.app, house.stage, house.settings)

    def run() -> None:
        house.socketio.sleep(FIRST_SECONDS)
        while True:
            try:
                postman.round()
            except Exception as error:  # noqa: BLE001 - a database away for a moment must not end it
                event("letter", outcome="round_failed", error=type(error).__name__)
            house.socketio.sleep(EVERY_SECONDS)

    house.socketio.start_background_task(run)
