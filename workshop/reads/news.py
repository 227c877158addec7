"""What a room's open pages may be told of, read lazily: a vote is news a hundred times a second."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

from sqlalchemy.orm import Session

from workshop.reads import care, columns, hands, people, posts, screen, voices
from workshop.reads.care import Queue
from workshop.reads.changes import Changes
from workshop.reads.columns import BoardSizes
from workshop.reads.exposure import Few, few
from workshop.reads.hands import Hands
from workshop.reads.journey import JourneyCard, journey_card
from workshop.reads.people import Headcount, Progress
from workshop.reads.pledges import PledgesCard, pledges_card
from workshop.reads.posts import PostCard
from workshop.reads.rooms import RoomCard
from workshop.reads.screen import ScreenCard
from workshop.rules.fairness.voices import Balance


class Reading:
    """What is read of a room for one telling: each thing once, and only if somebody asks."""

    def __init__(
        self,
        db: Session,
        room: RoomCard,
        changes: Changes,
        online: Callable[[], Mapping[str, int]],
    ) -> None:
        self._db = db
        self.room = room
        self.changes = changes
        self._online = online

    @cached_property
    def online(self) -> Mapping[str, int]:
        """How many people of each group are connected."""
        return self._online()

    @cached_property
    def heads(self) -> Headcount:
        """Who sits at the table, and who of them has taken part."""
        return people.headcount(self._db, self.room.id, self.room.counted_step)

    @cached_property
    def card(self) -> ScreenCard:
        """What the projector shows."""
        return screen.screen_card(self._db, self.room, self.heads)

    @cached_property
    def hands(self) -> Hands:
        """Whose hand is up."""
        return hands.hands(self._db, self.room)

    @cached_property
    def voices(self) -> Balance | None:
        """Whose voice the room has heard."""
        return voices.voices(self._db, self.room, self.heads)

    @cached_property
    def promises(self) -> PledgesCard:
        """The promises that people took home, and what came of them."""
        return pledges_card(self._db, self.room.id)

    @cached_property
    def journey(self) -> JourneyCard:
        """The map of what people lived through."""
        return self.card.journey or journey_card(self._db, self.room)

    @cached_property
    def sizes(self) -> BoardSizes:
        """How much the facilitator's board holds."""
        return columns.sizes(self._db, self.room.id, self.room.step.phase)

    @cached_property
    def queue(self) -> Queue:
        """What waits for the facilitator's look."""
        return care.queue(self._db, self.room.id)

    @cached_property
    def progress(self) -> Progress | None:
        """How far the vote has come."""
        return people.progress(self._db, self.room, self.heads)

    @cached_property
    def few(self) -> Few | None:
        """How many ideas of the open vote too few people have seen."""
        return few(self._db, self.room, self.heads)

    @cached_property
    def posts(self) -> Mapping[int, PostCard]:
        """The posts that were added or changed, and the cards that tell something of them."""
        touched = self.changes.posts
        return posts.touched(self._db, self.room.id, touched) if touched else {}
