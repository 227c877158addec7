"""What somebody at the desk has made of the list: their own views, and how new it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from workshop.storage.models import Account, ItemMoment


@dataclass(frozen=True, slots=True)
class View:
    """A part of the backlog under a name. `asked` is the address of the page, by name."""

    title: str
    asked: Mapping[str, str]


def own_views(db: Session, account_id: int) -> tuple[View, ...]:
    """The views of an account by their names."""
    kept = db.scalar(select(Account.views).where(Account.id == account_id)) or []
    found = (View(view["title"], view["asked"]) for view in kept)
    return tuple(sorted(found, key=lambda view: view.title.casefold()))


def newest_line(db: Session) -> int:
    """The number of the newest line in the history of any item, 0 before the first."""
    return db.scalar(select(func.max(ItemMoment.id))) or 0
