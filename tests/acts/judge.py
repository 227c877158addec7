"""What the oracle says of a command: why it must be refused, or what it does."""

from __future__ import annotations

from typing import Any

from tests.acts.hosting import Hosting, Sent, Words
from tests.acts.oracle import LETTERS, VOICES, WELCOME, Body, Paper, Person, Vote

NAMES = {
    **{f"{kind}.post": "post" for kind in ("goal", "problem", "idea", "pledge")},
    **{f"post.{what}": "state" for what in ("hide", "show", "remove")},
    "post.edit": "edit",
    "post.withdraw": "withdraw",
    "post.theme": "theme",
    "mark.set": "mark",
    "ballot.done": "done",
    "step.move": "step",
    "round.move": "round",
    "room.lock": "lock",
    "seat.remove": "seat",
    "theme.add": "theme_add",
    "theme.remove": "theme_remove",
}
"""Which two methods, `no_...` and `do_...`, speak about a command."""


class Judge(Hosting):
    """Judges every command to a room, and remembers what was answered."""

    def before(self, sent: Sent) -> tuple[Words, int] | None:
        """The answer and sequence that this very command got before."""
        found = self.answered.get((sent.sender, sent.known))
        if found is None or (found[0].kind, found[0].body) != (sent.kind, sent.body):
            return None
        return found[1], found[2]

    def why_not(self, sent: Sent) -> set[str]:
        """Every true reason to refuse; none where the command must be taken."""
        person = self.room.people.get(sent.sender)
        # A vote proves itself whose seat it is, and only if it was not answered before.
        proves_itself = sent.kind == "mark.set" and person and person.opened in VOICES
        if person and not proves_itself and (no := _gone(person)):
            return no
        if (sent.sender, sent.known) in self.answered:
            return set() if self.before(sent) else {"same_id_other_body"}
        if person and (no := _gone(person)):
            return no
        reasons: set[str] = getattr(self, f"no_{NAMES[sent.kind]}")(sent)
        return reasons

    def does(self, sent: Sent, answer: Words) -> Words:
        """Do a command that nothing speaks against; the answer that it should have got.

        Of the product's own `answer` only the numbers of new things are read.
        """
        if known := self.before(sent):
            return known[0]
        late = self._late(sent)
        told: Words = getattr(self, f"do_{NAMES[sent.kind]}")(sent, answer)
        self.room.seq += not late
        self.room.give_back()
        self.answered[sent.sender, sent.known] = (sent, told, self.room.seq)
        return told

    # ------------------------------------------------------------------ posts

    def _posting(self, kind: str, text: str) -> set[str]:
        reasons = self.ended()
        if WELCOME.get(self.room.step.phase) != kind:
            reasons.add("step_closed")
        if self.room.locked:
            reasons.add("locked")
        if not text:
            reasons.add("empty")
        if len(text) > LETTERS[kind]:
            reasons.add("too_long")
        return reasons

    def no_post(self, sent: Sent) -> set[str]:
        reasons = self._posting(sent.kind.split(".")[0], sent.body["text"])
        answers = sent.body.get("answers_id")
        problem = self.room.papers.get(answers or 0)
        if answers and not (problem and problem.kind == "problem" and problem.state == "shown"):
            reasons.add("not_found")
        return reasons

    def do_post(self, sent: Sent, answer: Words) -> Words:
        room, kind = self.room, sent.kind.split(".")[0]
        assert answer["post"] not in room.papers
        answers = sent.body.get("answers_id")
        room.papers[answer["post"]] = Paper(
            number=answer["post"],
            kind=kind,
            text=sent.body["text"],
            group=room.people[sent.sender].group,
            author=sent.sender,
            answers=answers,
            theme=room.papers[answers].theme if answers else None,
        )
        room.step.taken_part.add(sent.sender)
        return {"post": answer["post"]}

    def _own(self, sent: Sent) -> set[str]:
        if reasons := self.lives(sent.body["post_id"]):
            return reasons
        mine = self.room.papers[sent.body["post_id"]].author == sent.sender
        return set() if mine else {"not_yours"}

    def no_edit(self, sent: Sent) -> set[str]:
        paper = self.room.papers.get(sent.body["post_id"])
        posting = self._posting(paper.kind, sent.body["text"]) if paper else set()
        return self._own(sent) | posting

    def do_edit(self, sent: Sent, _answer: Words) -> Words:
        return self._touch(sent.body, text=sent.body["text"])

    no_withdraw = _own

    def do_withdraw(self, sent: Sent, _answer: Words) -> Words:
        return self._touch(sent.body, text="", state="withdrawn")

    def no_state(self, sent: Sent) -> set[str]:
        return self.lives(sent.body["post_id"])

    def do_state(self, sent: Sent, _answer: Words) -> Words:
        states = {"post.hide": "hidden", "post.show": "shown", "post.remove": "removed"}
        return self._touch(sent.body, state=states[sent.kind])

    def _touch(self, body: Body, **values: Any) -> Words:
        paper = self.room.papers[body["post_id"]]
        for name, value in values.items():
            setattr(paper, name, value)
        paper.version += 1
        return {"post": paper.number}

    # ------------------------------------------------------------------ votes

    def _voting(self) -> tuple[set[str], Vote | None]:
        vote = self.room.vote
        reasons = self.ended()
        if vote is None or vote.state != "open":
            reasons.add("round_closed")
        return reasons, vote

    def _late(self, sent: Sent) -> bool:
        """Whether a mark arrives after a later one of its device, and so changes nothing."""
        vote = self.room.vote
        if sent.kind != "mark.set" or vote is None:
            return False
        return vote.late(sent.sender, sent.body["idea_id"], sent.device, sent.number)

    def no_mark(self, sent: Sent) -> set[str]:
        reasons, vote = self._voting()
        idea, value = sent.body["idea_id"], sent.body["value"]
        if idea not in self.room.ballot():
            reasons.add("not_found")
        if reasons or vote is None or self._late(sent):
            return reasons
        if reasons := vote.wrong(value):
            return reasons
        change = vote.cost(value) - vote.costs.get((sent.sender, idea), 0)
        over = vote.used(sent.sender) + change > vote.purse
        return {"no_votes_left"} if change and over else set()

    def do_mark(self, sent: Sent, _answer: Words) -> Words:
        vote, seat, idea = self.room.vote, sent.sender, sent.body["idea_id"]
        assert vote is not None
        if not self._late(sent):
            value = sent.body["value"]
            vote.marks[seat, idea], vote.costs[seat, idea] = value, vote.cost(value)
            vote.heard[seat, idea, sent.device] = sent.number
            vote.done.setdefault(seat, False)
            self.room.step.taken_part.add(seat)
        return {
            "idea": idea,
            "value": vote.marks[seat, idea],
            "budget": vote.purse,
            "left": vote.purse - vote.used(seat),
            "done": vote.done[seat],
        }

    def no_done(self, _sent: Sent) -> set[str]:
        return self._voting()[0]

    def do_done(self, sent: Sent, _answer: Words) -> Words:
        assert self.room.vote is not None
        self.room.vote.done[sent.sender] = sent.body["done"]
        self.room.step.taken_part.add(sent.sender)
        return {"done": sent.body["done"]}


def _gone(person: Person) -> set[str]:
    """Why somebody may do nothing more, whatever it is."""
    if person.removed:
        return {"removed"}
    return set() if person.group in VOICES else {"watching"}
