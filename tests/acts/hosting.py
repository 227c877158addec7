"""What the oracle says of the facilitator's commands, and of coming and going."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.acts.oracle import ROUND_MOVES, Person, Room

HOST = 0
"""Who runs the room; everybody else is the number of their seat."""

Words = dict[str, Any]


@dataclass(frozen=True)
class Sent:
    """A command as it was sent; `known` is its id."""

    sender: int
    kind: str
    body: Words
    known: str
    device: str = ""
    number: int = 0


@dataclass
class Hosting:
    """Judges what a host does to `room`; `answered` remembers every command that was taken."""

    room: Room
    answered: dict[tuple[int, str], tuple[Sent, Words, int]] = field(default_factory=dict)

    def ended(self) -> set[str]:
        return {"finished"} if self.room.state == "finished" else set()

    def lives(self, number: int) -> set[str]:
        paper = self.room.papers.get(number)
        return set() if paper and paper.lives else {"not_found"}

    # ------------------------------------------------------------------ steps and rounds

    def no_step(self, sent: Sent) -> set[str]:
        there = 0 <= sent.body["position"] < len(self.room.steps)
        return self.ended() | (set() if there else {"not_found"})

    def do_step(self, sent: Sent, _answer: Words) -> Words:
        if sent.body["position"] != self.room.position:
            self.room.close_here()
            self.room.arrive(sent.body["position"])
        return {"position": sent.body["position"]}

    def no_round(self, sent: Sent) -> set[str]:
        here = {vote.number: vote for vote in self.room.votes.values()}
        vote, to = here.get(sent.body["round_id"]), sent.body["to"]
        if vote is None:
            return {"not_found"}
        if to == "open" and (vote is not self.room.vote or self.room.state == "finished"):
            return {"round_move", "finished"}
        if (vote.state, to) in ROUND_MOVES:
            return set()
        return {"round_sealed"} if vote.sealed and to == "open" else {"round_move"}

    def do_round(self, sent: Sent, _answer: Words) -> Words:
        vote = next(v for v in self.room.votes.values() if v.number == sent.body["round_id"])
        vote.state = sent.body["to"]
        if vote.state == "revealed" and not vote.sealed:
            vote.sealed = self.room.count(vote)
            vote.forget()
        return {}

    def no_lock(self, _sent: Sent) -> set[str]:
        return self.ended()

    def do_lock(self, sent: Sent, _answer: Words) -> Words:
        self.room.locked = sent.body["locked"]
        return {}

    # ------------------------------------------------------------------ themes

    def no_theme_add(self, _sent: Sent) -> set[str]:
        return set()

    def do_theme_add(self, sent: Sent, answer: Words) -> Words:
        title = sent.body["title"]
        known = [number for number, words in self.room.themes.items() if words == title]
        number = known[0] if known else answer["theme"]
        self.room.themes[number] = title
        return {"theme": number}

    def no_theme_remove(self, sent: Sent) -> set[str]:
        return set() if sent.body["theme_id"] in self.room.themes else {"not_found"}

    def do_theme_remove(self, sent: Sent, _answer: Words) -> Words:
        del self.room.themes[sent.body["theme_id"]]
        for paper in self.room.papers.values():
            if paper.theme == sent.body["theme_id"]:
                paper.theme = None
        return {}

    def no_theme(self, sent: Sent) -> set[str]:
        theme = sent.body["theme_id"]
        there = theme is None or theme in self.room.themes
        return self.lives(sent.body["post_id"]) | (set() if there else {"not_found"})

    def do_theme(self, sent: Sent, _answer: Words) -> Words:
        paper = self.room.papers[sent.body["post_id"]]
        paper.theme = sent.body["theme_id"]
        paper.version += 1
        return {}

    # ------------------------------------------------------------------ people

    def no_seat(self, sent: Sent) -> set[str]:
        person = self.room.people.get(sent.body["seat_id"])
        if person is None:
            return {"not_found"}
        return {"removed"} if person.removed else set()

    def do_seat(self, sent: Sent, _answer: Words) -> Words:
        self.room.people[sent.body["seat_id"]].removed = True
        return {}

    def no_join(self) -> set[str]:
        """Why nobody may sit down now."""
        return self.ended() | (set() if self.room.doors else {"doors_closed"})

    def joins(self, seat: int, group: str) -> None:
        assert seat not in self.room.people
        self.room.people[seat] = Person(seat, group, group)
        self.room.seq += 1

    def finishes(self) -> None:
        """The meeting ends: its vote closes and the doors shut."""
        self.room.close_here()
        self.room.state, self.room.doors = "finished", False
        self.room.seq += 1
