"""The way of one thing that somebody said: where it went, stop by stop, and what came of it.

A new kind of stop is one row of `STOPS` and one template, `templates/trail/_KIND.html`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from sqlalchemy.orm import Session

from workshop.reads import followed, journey, posts, voting
from workshop.reads.followed import Followed
from workshop.reads.pledges import Answered, own_answers
from workshop.reads.posts import PostCard
from workshop.reads.programmes import carried_to
from workshop.reads.rooms import RoomCard
from workshop.reads.talk import questions_of, sources_of
from workshop.reads.voting import ResultCard
from workshop.rules.backlog import headline


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on a trail. `kind` names its template, which is given `told` as it stands."""

    kind: str
    told: Mapping[str, Any]


class Walk:
    """What the stops of a room are found from: each read once, and only if somebody asks."""

    def __init__(self, db: Session, room: RoomCard, receipt: str) -> None:
        self.db = db
        self.room = room
        self.receipt = receipt

    @cached_property
    def mine(self) -> tuple[PostCard, ...]:
        """What the holder of the receipt wrote and did not take back, newest first."""
        return posts.own(self.db, self.room.id, self.receipt)

    @cached_property
    def themes(self) -> Mapping[int, str]:
        """The headings of the room, by number."""
        return {theme.id: theme.title for theme in posts.themes(self.db, self.room.id)}

    @cached_property
    def kept(self) -> Mapping[int, Answered]:
        """What the person has told of their own promises."""
        return own_answers(self.db, [post.id for post in self.mine if post.kind == "pledge"])

    @cached_property
    def legs(self) -> Mapping[int, str]:
        """The parts of the journey, by number."""
        return {leg.id: leg.title for leg in journey.legs(self.db, self.room.id)}

    @cached_property
    def ideas(self) -> tuple[PostCard, ...]:
        """Every idea that the room can see by itself."""
        return tuple(post for post in self.table.values() if post.state == "shown")

    @cached_property
    def table(self) -> Mapping[int, PostCard]:
        """Every idea on the table, those that were merged into one of them too."""
        found = posts.board(self.db, self.room.id, ("idea",), ("shown", "merged"))
        return {post.id: post for post in found}

    @cached_property
    def answering(self) -> Mapping[int, Collection[int]]:
        """The cards of the ideas that answer each post, by its number."""
        found: dict[int, set[int]] = {}
        for idea in self.table.values():
            found.setdefault(idea.answers_id or 0, set()).add(idea.top_id or idea.id)
        return found

    @cached_property
    def inside(self) -> Mapping[int, frozenset[int]]:
        """The posts that each card holds beside its own."""
        return followed.inside(self.db, self.room.id)

    @cached_property
    def sources(self) -> Mapping[int, frozenset[int]]:
        """The problems that each question was made of."""
        return sources_of(self.db, self.room.id)

    @cached_property
    def result(self) -> ResultCard | None:
        """The last vote, once its counts are shown."""
        opened = self.room.last_round
        return voting.result(self.db, opened.id) if opened else None

    @cached_property
    def items(self) -> tuple[Followed, ...]:
        """The room's backlog items."""
        return followed.items(self.db, self.room.id)

    @cached_property
    def went_to(self) -> Mapping[int, tuple[str, ...]]:
        """The workshops to which each of these posts was carried, by their titles."""
        return carried_to(self.db, [post.id for post in self.mine])

    def answers_to(self, post: PostCard) -> tuple[int, ...]:
        """The ideas on the table that answer a post, or the card that it is part of.

        Whoever answers one of the posts in a card, or a question made of one, answers all of it.
        An idea that was merged speaks through the card that it became.
        """
        card = post.top_id or post.id
        asked = {card, *self.inside.get(card, ())}
        asked |= {number for number, made_of in self.sources.items() if made_of & asked}
        found = {idea for number in asked for idea in self.answering.get(number, ())}
        return tuple(sorted(number for number in found if number in self.table))

    def items_of(self, post: PostCard) -> tuple[Followed, ...]:
        """Backlog items made of a post, of the card it is or was part of, or of ideas for it."""
        ways = {post.id, post.top_id or post.id, *self.answers_to(post)}
        return tuple(item for item in self.items if item.grew_from & ways)


Told = Mapping[str, Any]
Finder = Callable[[Walk, PostCard], Iterator[Told]]


def _posted(_walk: Walk, post: PostCard) -> Iterator[Told]:
    yield {"kind": post.kind, "at": post.created_at}


def _held(_walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.state == "held":
        yield {"post": post}


def _taken_off(_walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.state in {"hidden", "removed"}:
        yield {"post": post}


def _merged(_walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.state == "merged":
        yield {"within": post.within}
    elif post.inside:
        yield {"inside": post.inside}


def _kept(walk: Walk, post: PostCard) -> Iterator[Told]:
    answered = walk.kept.get(post.id) if post.kind == "pledge" else None
    if answered:
        yield {"outcome": answered.outcome, "helped": answered.helped}


def _lived(walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.feeling is not None:
        yield {"leg": walk.legs.get(post.leg_id or 0, ""), "feeling": post.feeling}


def _raised(walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.kind == "experience":
        yield from ({"problem": one.text} for one in walk.mine if one.answers_id == post.id)


def _answers(_walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.answers:
        yield {"problem": post.answers, "kind": post.answers_kind}


def _grew(walk: Walk, post: PostCard) -> Iterator[Told]:
    """What an idea grew from, and what grew from it: the credit is shared both ways."""
    mine = {one.id for one in walk.mine}
    if post.builds_on:
        yield {"from": post.builds_on, "by_me": post.builds_on_id in mine}
    for idea in walk.ideas:
        if idea.builds_on_id == post.id:
            yield {"into": idea.text, "by_me": idea.id in mine}


def _question(walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.kind == "problem":
        for text in questions_of(walk.db, walk.room.id, post.id):
            yield {"question": text}


def _talk(_walk: Walk, post: PostCard) -> Iterator[Told]:
    if post.talk:
        yield {"for": post.talk_for, "concern": post.talk_concern, "build": post.talk_build}


def _theme(walk: Walk, post: PostCard) -> Iterator[Told]:
    title = walk.themes.get(post.theme_id or 0)
    if title:
        yield {"title": title}


def _ideas(walk: Walk, post: PostCard) -> Iterator[Told]:
    count = len(walk.answers_to(post))
    if count:
        yield {"count": count}


def _vote(walk: Walk, post: PostCard) -> Iterator[Told]:
    result = walk.result
    for row in result.rows if result else ():
        if row.idea_id in {post.id, post.top_id}:
            yield {"breadth": row.breadth, "ballots": result.ballots if result else 0}


def _carried(walk: Walk, post: PostCard) -> Iterator[Told]:
    for title in walk.went_to.get(post.id, ()):
        yield {"title": title}


def _items(walk: Walk, post: PostCard) -> Iterator[Told]:
    said = {headline(post.text), headline(post.within)}
    for item in walk.items_of(post):
        # Its title is told only where the person has not just read it.
        yield {"item": item, "as_said": item.title in said}


STOPS: Final[Mapping[str, Finder]] = {
    "posted": _posted,
    "held": _held,
    "taken_off": _taken_off,
    "kept": _kept,
    "lived": _lived,
    "raised": _raised,
    "answers": _answers,
    "grew": _grew,
    "merged": _merged,
    "theme": _theme,
    "question": _question,
    "talk": _talk,
    "ideas": _ideas,
    "vote": _vote,
    "carried": _carried,
    "item": _items,
}
"""Every kind of stop with what finds it, in the order in which they stand on a trail."""


def stops(walk: Walk, post: PostCard) -> tuple[Stop, ...]:
    """Every stop on the trail of a post."""
    return tuple(Stop(kind, told) for kind, find in STOPS.items() for told in find(walk, post))
