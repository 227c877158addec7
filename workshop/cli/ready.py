"""What comes before serving, in one process or in several: the address, the tables, the words."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Final

from workshop.cli.asking import Start, Stop

if TYPE_CHECKING:
    from workshop.factory import Longtable
    from workshop.settings import Settings

WIDTH: Final = 13


def built(settings: Settings, start: Start, *, upgraded: bool = False) -> Longtable:
    """The house, on a database whose tables are up to date and whose driver holds up nobody.

    Raises:
        UnsafeDatabase, DatabaseUnfit: with their sentences.
    """
    from workshop.factory import build
    from workshop.storage.driver import refuse_to_be_held_up
    from workshop.storage.engines import make_engine
    from workshop.storage.upgrade import upgrade

    engine = make_engine(settings.database_url)
    if not upgraded:
        upgrade(engine)
    refuse_to_be_held_up(engine)
    engine.dispose()
    return build(settings, offload=start.offload)


def claim(settings: Settings) -> None:
    """Stop where the address is taken: two servers on one port would share out its visitors."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
            trial.listen()
        except OSError as error:
            raise Stop(
                f"We can’t listen on {settings.host}, port {settings.port}: {error.strerror}. "
                "Is Longtable running already? Another port: longtable run --port 5001"
            ) from error


def say(settings: Settings, told: list[tuple[str, str]]) -> None:
    """Print where to go."""
    print(f"\nLongtable is at {settings.public_url}\n")
    for name, value in told:
        print(f"  {name:<{WIDTH}} {value}")
    print("\nStop it with Ctrl+C. What people said stays in the database.\n", flush=True)
