"""The rules of the room machine: what people and their facilitator may try at any moment."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.acts import comparing
from tests.acts.hosting import HOST, Sent
from tests.acts.room_door import Door

TEXTS = st.sampled_from(["Rain comes in", "The bus is late", "Two doors", "", "x" * 501])
GROUPS = st.sampled_from(["citizen", "staff", "partner", "watching"])
DEVICES = st.sampled_from(["phone", "tablet"])
VALUES = st.sampled_from([1, 2, 1, 3, 0, -1, 4, None])
METHODS = st.sampled_from([("dots", 5, 3), ("dots", 3, 3), ("approval", 2, 1), ("sweep", 0, 1)])
TURNS = st.sampled_from(["open", "closed", "revealed", "covered"])
#: Where the room is moved to; places of votes more often than the others, and one that is none.
POSITIONS = st.sampled_from([4, 7, 4, 7, 3, 5, 6, 8, 0, 1, 2, 9, 10])
NO_SUCH = 9_999


def _of(machine: Door, what: str) -> list[Any]:
    room = machine.judge.room
    found: dict[str, list[Any]] = {
        "seats": sorted(room.people),
        "ideas": sorted(paper.number for paper in room.papers.values() if paper.kind == "idea"),
        "papers": [*sorted(room.papers), NO_SUCH],
        "themes": [*sorted(room.themes), NO_SUCH],
        "commands": machine.marked,
    }
    return found[what]


def _known(what: str) -> st.SearchStrategy[Any]:
    """One of the things that there are by now; of papers and themes also one that there is not."""
    return st.runner().flatmap(lambda machine: st.sampled_from(_of(machine, what)))


seats, ideas, papers, themes, commands = map(
    _known, ("seats", "ideas", "papers", "themes", "commands")
)
marked = precondition(lambda self: self.marked)


class Playing(Door):
    """Rules that draw what somebody tries; `Door` does it and asks the judge."""

    # ------------------------------------------------------------------ a room to begin with

    @initialize(first=METHODS, second=METHODS)
    def opens(self, first: tuple[str, int, int], second: tuple[str, int, int]) -> None:
        """Two people, three ideas of theirs, and the first vote."""
        self.begin({4: first, 7: second})
        people = [self.join("citizen"), self.join("staff")]
        self.send(HOST, "step.move", {"position": 3})
        for number in range(3):
            author = people[number % 2]
            assert author
            assert self.send(author, "idea.post", {"text": f"Idea {number}"})
        self.send(HOST, "step.move", {"position": 4})

    # ------------------------------------------------------------------ people

    @precondition(lambda self: len(self.judge.room.people) < 7)
    @rule(group=GROUPS)
    def somebody_joins(self, group: str) -> None:
        self.join(group)

    @rule(seat=seats, group=st.none() | GROUPS)
    def changes_group_or_gets_up(self, seat: int, group: str | None) -> None:
        if group is None:
            self.leave(seat)
        else:
            self.regroup(seat, group)

    @precondition(lambda self: self.judge.room.seq > 25)
    @rule(seat=seats)
    def is_asked_to_leave(self, seat: int) -> None:
        if self.send(HOST, "seat.remove", {"seat_id": seat}) is not None:
            assert self.herald.gone == [seat]

    # ------------------------------------------------------------------ posts

    @rule(seat=seats, text=TEXTS, kind=st.sampled_from(["goal", "problem", "pledge"]))
    def posts(self, seat: int, text: str, kind: str) -> None:
        self.send(seat, f"{kind}.post", {"text": text})

    @rule(seat=seats, text=TEXTS, problem=st.none() | papers)
    def has_an_idea(self, seat: int, text: str, problem: int | None) -> None:
        self.send(seat, "idea.post", {"text": text, "answers_id": problem})

    @rule(seat=st.none() | seats, post=papers, text=TEXTS)
    def rewords(self, seat: int | None, post: int, text: str) -> None:
        """Its author, where nobody else is drawn."""
        paper = self.judge.room.papers.get(post)
        by = seat or (paper.author if paper else min(self.judge.room.people))
        self.send(by, "post.edit", {"post_id": post, "text": text})

    @rule(seat=seats, post=papers)
    def takes_back(self, seat: int, post: int) -> None:
        self.send(seat, "post.withdraw", {"post_id": post})

    @rule(post=papers, what=st.sampled_from(["hide", "show", "show", "hide", "remove"]))
    def tidies(self, post: int, what: str) -> None:
        self.send(HOST, f"post.{what}", {"post_id": post})

    # ------------------------------------------------------------------ votes

    @rule(
        seat=seats,
        idea=ideas,
        value=VALUES,
        device=DEVICES,
        number=st.integers(1, 6),
    )
    def marks(self, seat: int, idea: int, value: int | None, device: str, number: int) -> None:
        self.sent(seat, "mark.set", {"idea_id": idea, "value": value}, device, number)

    @rule(seat=seats, idea=ideas, value=VALUES, device=DEVICES)
    def marks_on(self, seat: int, idea: int, value: int | None, device: str) -> None:
        """A mark whose number no device has used yet, as an outbox sends it."""
        self.number += 1
        self.sent(seat, "mark.set", {"idea_id": idea, "value": value}, device, self.number)

    @marked
    @rule(command=commands, value=VALUES, earlier=st.integers(0, 3))
    def marks_late(self, command: Sent, value: int | None, earlier: int) -> None:
        """Another mark on the same idea by the same device, numbered no higher."""
        body, number = {**command.body, "value": value}, max(0, command.number - earlier)
        self.sent(command.sender, "mark.set", body, command.device, number)

    @rule(place=st.sampled_from([4, 7]), seat=seats, idea=ideas, value=VALUES)
    def marks_late_after_another_device(
        self, place: int, seat: int, idea: int, value: int | None
    ) -> None:
        """A device that was slow does not undo what another one of the same person said since."""
        self.moves(place)
        self.marks_on(seat, idea, 1, "phone")
        slow = self.marked[-1]
        self.marks_on(seat, idea, 0, "tablet")
        self.marks_late(slow, value, 0)

    @rule(seat=seats, done=st.booleans())
    def is_done(self, seat: int, done: bool) -> None:  # noqa: FBT001 - Hypothesis draws it
        self.send(seat, "ballot.done", {"done": done})

    # ------------------------------------------------------------------ sent again

    @marked
    @rule(command=commands)
    def sends_again(self, command: Sent) -> None:
        self.tries(command)

    @marked
    @rule(command=commands, value=VALUES)
    def sends_other_words_under_the_same_id(self, command: Sent, value: int | None) -> None:
        body = {**command.body, "value": value}
        self.tries(Sent(command.sender, command.kind, body, command.known, command.device, 1_000))

    @marked
    @rule(command=commands, seat=seats)
    def draws_the_id_of_somebody_else(self, command: Sent, seat: int) -> None:
        self.tries(Sent(seat, command.kind, command.body, command.known, "other", 1))

    # ------------------------------------------------------------------ the facilitator

    @rule()
    def everybody_looks(self) -> None:
        comparing.shown(self.store, self.workshop, self.judge.room, self.receipts)

    @rule(position=POSITIONS)
    def moves(self, position: int) -> None:
        self.send(HOST, "step.move", {"position": position})

    @rule(place=st.sampled_from([4, 4, 7]), to=TURNS)
    def turns_the_round(self, place: int, to: str) -> None:
        vote = self.judge.room.votes.get(place)
        self.send(HOST, "round.move", {"round_id": vote.number if vote else NO_SUCH, "to": to})

    @rule(idea=ideas, seat=seats, back=st.sampled_from([4, 7]))
    def an_idea_leaves_while_the_room_is_elsewhere(self, idea: int, seat: int, back: int) -> None:
        self.moves(back)
        self.marks_on(seat, idea, 1, "phone")
        self.moves(3)
        self.send(HOST, "post.hide", {"post_id": idea})
        self.turns_the_round(back, "open")
        self.moves(back)

    @rule(place=st.sampled_from([4, 7]), seat=seats, idea=ideas)
    def a_revealed_vote_is_covered_and_shown_again(self, place: int, seat: int, idea: int) -> None:
        """With all that could have changed its tally tried in between."""
        self.moves(place)
        for to in ("closed", "revealed", "covered", "open"):
            self.turns_the_round(place, to)
        self.moves(3)
        self.send(HOST, "post.hide", {"post_id": idea})
        self.moves(place)
        self.marks_on(seat, idea, 1, "phone")
        self.turns_the_round(place, "revealed")
        self.everybody_looks()

    @rule(to=TURNS, seat=seats, idea=ideas)
    def somebody_marks_just_after_the_round_turned(self, to: str, seat: int, idea: int) -> None:
        self.turns_the_round(self.judge.room.position, to)
        self.marks_on(seat, idea, 1, "phone")

    @rule(
        lock=st.sampled_from(["", "lock", "open"]),
        title=st.sampled_from(["Time", "Place", ""]),
        gone=st.none() | themes,
        post=papers,
        theme=st.none() | themes,
    )
    def tidies_the_room(
        self, lock: str, title: str, gone: int | None, post: int, theme: int | None
    ) -> None:
        if lock:
            self.send(HOST, "room.lock", {"locked": lock == "lock"})
        if title:
            self.send(HOST, "theme.add", {"title": title})
        if gone is not None:
            self.send(HOST, "theme.remove", {"theme_id": gone})
        self.send(HOST, "post.theme", {"post_id": post, "theme_id": theme})

    @precondition(lambda self: self.judge.room.seq > 30)
    @rule(post=ideas)
    def ends_the_meeting(self, post: int) -> None:
        """While ideas are welcome; and whoever wrote one tries to go on."""
        self.moves(3)
        self.finish()
        self.rewords(None, post, "Too late")
