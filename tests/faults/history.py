"""What people asked of a room and what they heard back, written down as it happened.

Nothing here, nor in `history_checks`, comes from the product: a fault of the product must not
hide itself.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer to one sending. A no with `again` is no final no."""

    at: float
    ok: bool
    code: str = ""
    again: float | None = None
    seq: int = 0
    says: Mapping[str, Any] = field(default_factory=dict)

    @property
    def final_no(self) -> bool:
        return not self.ok and self.again is None


@dataclass
class Command:
    """One command: who asked for what, when first, how often, and every answer in order."""

    id: str
    who: str
    seat: int
    kind: str
    body: Mapping[str, Any]
    number: int
    at: float
    sent: int = 0
    answers: list[Answer] = field(default_factory=list)

    @property
    def yes(self) -> Answer | None:
        """The first answer that acknowledged it."""
        return next((one for one in self.answers if one.ok), None)

    @property
    def refused(self) -> bool:
        """Whether it certainly came to nothing: each sending was answered with a final no."""
        nos = [one for one in self.answers if one.final_no]
        return not self.yes and bool(nos) and len(self.answers) >= self.sent


@dataclass
class View:
    """What a page showed when all was quiet, and what the server made of it when asked afresh."""

    seq: int
    shown: Mapping[str, str]
    fresh: Mapping[str, str]


@dataclass
class History:
    """Everything that was asked and heard. Times are seconds on one clock that never goes back."""

    commands: dict[str, Command] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    tally: dict[int, int] | None = None
    deeds: list[tuple[float, str]] = field(default_factory=list)

    def asked(self, who: str, seat: int, sent: Mapping[str, Any]) -> None:
        """A command is about to be sent for the first time."""
        row = (sent["id"], who, seat, sent["kind"], sent["body"], sent["n"], time.monotonic())
        self.commands.setdefault(sent["id"], Command(*row))

    def sending(self, known: str) -> None:
        """One more copy of it goes out."""
        self.commands[known].sent += 1

    def answered(self, known: str, answer: Mapping[str, Any]) -> None:
        """An answer came."""
        says = {name: value for name, value in answer.get("answer", {}).items() if name != "cards"}
        seq, again = answer.get("seq", 0), answer.get("again")
        heard = Answer(time.monotonic(), answer["ok"], answer.get("code", ""), again, seq, says)
        self.commands[known].answers.append(heard)

    def deed(self, what: str) -> None:
        """The nemesis did something."""
        self.deeds.append((time.monotonic(), what))

    def keep(self, file: Path) -> None:
        """Write everything down for whoever looks for a fault."""
        file.write_text(json.dumps(asdict(self), indent=1))
