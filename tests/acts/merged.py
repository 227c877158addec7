"""Merging as tests do it, and everything that it could change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.story import Story
from workshop.acts import merging
from workshop.reads import voting as votes
from workshop.storage.models import Mark, Post, Purse


def merges(told: Story, post: int, host: int) -> None:
    told.do(merging.merge, post_id=post, host_id=host)


def parts(told: Story, post: int) -> None:
    told.do(merging.take_out, post_id=post)


def mine(told: Story, person: int) -> votes.Mine:
    opened = told.room().last_round
    assert opened
    with told.stage.store.read() as db:
        return votes.mine(db, opened.id, told.people[person].seat)


def kept(told: Story) -> dict[str, list[tuple[Any, ...]]]:
    """All that merging could change, but for the versions that tell pages to draw a card anew."""
    with told.stage.store.read() as db:
        return {
            "posts": list(
                db.execute(
                    select(Post.id, Post.state, Post.theme_id, Post.merged_id, Post.top_id)
                    .add_columns(Post.inside, Post.text, Post.owner, Post.answers_id)
                    .order_by(Post.id)
                )
            ),
            "marks": list(
                db.execute(
                    select(Mark.round_id, Mark.seat_id, Mark.idea_id, Mark.value, Mark.cost)
                    .add_columns(Mark.device, Mark.number)
                    .order_by(Mark.round_id, Mark.seat_id, Mark.idea_id)
                )
            ),
            "purses": list(
                db.execute(select(Purse.seat_id, Purse.used, Purse.cap).order_by(Purse.seat_id))
            ),
        }
