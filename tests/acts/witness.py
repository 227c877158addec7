"""Stands where the live floor does, and looks at once whether what it is told of is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Witness:
    """What a room told its pages: the stored sequence at each news, and who was hung up on."""

    look: Callable[[], int]
    seen: list[int] = field(default_factory=list)
    gone: list[object] = field(default_factory=list)

    def changed(self, _workshop_id: int) -> None:
        self.seen.append(self.look())

    def seat_gone(self, seat_id: int) -> None:
        self.gone.append(seat_id)

    def room_gone(self, workshop_id: int) -> None:
        """No act of this test wipes a room."""

    def host_gone(self, workshop_id: int, account_id: int) -> None:
        self.gone.append(("host", workshop_id, account_id))

    def account_gone(self, account_id: int) -> None:
        raise AssertionError(account_id)
