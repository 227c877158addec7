"""What people write: goals, problems, ideas and pledges, and the themes that gather them."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from workshop.rules.cards import EVIDENCE, STANCES, Pairs
from workshop.rules.phases import KINDS, POST_STATES
from workshop.rules.pledges import OUTCOMES
from workshop.rules.roles import GROUPS, IMPORTED, ROOM
from workshop.storage.models.base import Base, Id, Instant, Key, PairsText, in_range, one_of


class Theme(Base):
    """A heading under which problems are gathered."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("workshop_id", "title"),)

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    title: Mapped[str] = mapped_column(Text)


class Post(Base):
    """Something a person wrote.

    There is no author column. `owner` is an HMAC of `salt` under the person's receipt, which
    only they hold, so they can find, change and take back what they wrote and nobody else can
    tell which posts belong together. `version` grows with every visible change. `evidence` says
    how its author knows, `source` where others can read of it; `does` is who does what, `needs`
    what it takes (see `rules.cards`). A comment answers an idea and has a stance; an idea may
    build on another. A question is the whole room's, as its group says, and an idea that came in a
    file is "imported": nobody holds a receipt of either.

    A held post waits for a look: `held_for` is a key of `care.HELD_FOR`. `reason` (a key of
    `care.REASONS`) and `note` are the facilitator's word to its author alone. `looked_at` is set
    where a facilitator has let these very words show; `reports` counts who asked for a look.

    An idea carried from another workshop of the programme has the post it is a copy of in
    `carried_id`, that workshop's title in `origin`, and an owner's mark that no receipt fits.

    A merged post stands inside `merged_id`, which may stand inside another; `top_id` is the card
    that the room sees in its place, and `inside` how many posts a card holds beside its own.

    `answers_id` is what a post grew from: the problem that an idea answers, or the experience that
    a problem was made of. An experience stands on a leg of the journey, with a feeling from 1 to 5.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index("ix_post_workshop_id_kind", "workshop_id", "kind"),
        UniqueConstraint("workshop_id", "carried_id"),
        one_of("kind", KINDS),
        one_of('"group"', (*GROUPS, ROOM, IMPORTED)),
        one_of("state", POST_STATES),
        one_of("evidence", ("", *EVIDENCE)),
        one_of("stance", ("", *STANCES)),
        CheckConstraint(
            "(state = 'merged') = (merged_id IS NOT NULL)"
            " AND (merged_id IS NULL) = (top_id IS NULL)",
            name="merged_somewhere",
        ),
        CheckConstraint("inside >= 0", name="inside_sane"),
        in_range("feeling", 1, 5),
    )

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"))
    step_id: Mapped[int | None] = mapped_column(ForeignKey("step.id"))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)
    group: Mapped[str] = mapped_column(String(16))
    salt: Mapped[str] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="shown")
    version: Mapped[int] = mapped_column(default=1)
    language: Mapped[str] = mapped_column(String(16), default="en")
    answers_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"))
    theme_id: Mapped[int | None] = mapped_column(Key, ForeignKey("theme.id", ondelete="SET NULL"))
    better_for: Mapped[str] = mapped_column(Text, default="")
    affected: Mapped[str] = mapped_column(Text, default="")
    often: Mapped[str] = mapped_column(Text, default="")
    better: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[Instant]
    evidence: Mapped[str] = mapped_column(String(16), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    does: Mapped[Pairs] = mapped_column(PairsText, default=())
    needs: Mapped[Pairs] = mapped_column(PairsText, default=())
    held_for: Mapped[str] = mapped_column(String(16), default="")
    reason: Mapped[str] = mapped_column(String(16), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    looked_at: Mapped[bool] = mapped_column(default=False)
    reports: Mapped[int] = mapped_column(default=0)
    stance: Mapped[str] = mapped_column(String(16), default="")
    builds_on_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"))
    carried_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"), index=True)
    origin: Mapped[str] = mapped_column(Text, default="")
    merged_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"))
    top_id: Mapped[int | None] = mapped_column(Key, ForeignKey("post.id"), index=True)
    inside: Mapped[int] = mapped_column(default=0)
    leg_id: Mapped[int | None] = mapped_column(Key, ForeignKey("leg.id"))
    feeling: Mapped[int | None]


class Picture(Base):
    """A picture on a post, made anew from pixels alone, with what it shows in words.

    It lies in the database and not in a folder beside it: it is seen, backed up and rubbed out
    together with its post. `key` changes with every picture and is part of its address.
    """

    __tablename__ = "picture"

    post_id: Mapped[int] = mapped_column(Key, ForeignKey("post.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(16))
    alt: Mapped[str] = mapped_column(Text)
    width: Mapped[int]
    height: Mapped[int]
    data: Mapped[bytes] = mapped_column(LargeBinary)


class QuestionSource(Base):
    """A problem that a question was made of."""

    __tablename__ = "question_source"

    question_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    problem_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)


class SetAside(Base):
    """A suggestion that a facilitator looked at and set aside, by the posts it is about."""

    __tablename__ = "set_aside"

    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)


class PledgeAnswer(Base):
    """What became of a promise, told by whoever made it. When they told it is not kept."""

    __tablename__ = "pledge_answer"
    __table_args__ = (one_of("outcome", OUTCOMES),)

    post_id: Mapped[int] = mapped_column(Key, ForeignKey("post.id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(16))
    helped: Mapped[str] = mapped_column(Text, default="")


class Contribution(Base):
    """That somebody has taken part in a step; never what they wrote or chose."""

    __tablename__ = "contribution"

    step_id: Mapped[int] = mapped_column(ForeignKey("step.id"), primary_key=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id"), primary_key=True)
