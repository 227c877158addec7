"""Who asked for a look at a post, without saying who; and what facilitators did, without words."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from workshop.storage.models.base import Base, Id, Instant, Key


class Report(Base):
    """One person's wish that the facilitator looks at a post.

    `mark` is an HMAC under the person's receipt, so that they ask once and nobody can tell who
    did. There is no time beside it, which could be laid beside somebody's coming and going.
    """

    __tablename__ = "report"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    concern: Mapped[str] = mapped_column(String(16))


class Deed(Base):
    """One line of the care log: what was done to which post or seat, by whom, why and when.

    Its subject is a number and its reason a key, so what somebody wrote can never stand in it.
    Without an account, the workshop's own rules did it.
    """

    __tablename__ = "deed"

    id: Mapped[Id]
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshop.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    post_id: Mapped[int | None] = mapped_column(Key)
    seat_id: Mapped[int | None] = mapped_column(Key)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(String(16), default="")
    at: Mapped[Instant]
