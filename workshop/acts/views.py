"""Views of the backlog that somebody names: they belong to an account and to no room."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.views import MOST_VIEWS, narrowed
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account


def save_view(
    db: Session,
    *,
    now: int,  # noqa: ARG001 - every act takes the time
    account_id: int,
    title: str,
    asked: Mapping[str, str],
) -> Change:
    """Keep what somebody narrowed the list by, under a name of their own.

    Raises:
        Refused: `no_filter`, `view_taken` where they have one of that name, `too_many_views`.
    """
    account = _account(db, account_id)
    words, kept = clean(title, LIMITS["view"]), narrowed(asked)
    if any(view["title"] == words for view in account.views):
        raise Refused("view_taken")
    if len(account.views) >= MOST_VIEWS:
        raise Refused("too_many_views", most=MOST_VIEWS)
    account.views = [*account.views, {"title": words, "asked": kept}]
    return Change(answer={"view": words})


def remove_view(db: Session, *, now: int, account_id: int, title: str) -> Change:  # noqa: ARG001 - every act takes the time
    """Throw one's own view away; one that is gone already stays gone."""
    account = _account(db, account_id)
    account.views = [view for view in account.views if view["title"] != title]
    return Change(answer={"view": title})


def _account(db: Session, account_id: int) -> Account:
    """The account, held so that two pages that save at once both keep theirs."""
    account = db.get(Account, account_id, populate_existing=True, with_for_update=True)
    if account is None:
        raise Refused("not_found")
    return account
