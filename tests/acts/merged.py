"""Merging as tests do it, and everything that it could change."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from tests.story import Story
from workshop.acts import handcounts, merging, paper
from workshop.reads import paper as sheets
from workshop.reads import voting as votes
from workshop.reads.results import ShownResult, shown_result
from workshop.storage.models import HandCount, Mark, Post, Purse, SecretBallot


def merges(told: Story, post: int, host: int) -> None:
    told.do(merging.merge, post_id=post, host_id=host)


def parts(told: Story, post: int) -> None:
    told.do(merging.take_out, post_id=post)


def mine(told: Story, person: int) -> votes.Mine:
    opened = told.room().last_round
    assert opened
    with told.stage.store.read() as db:
        return votes.mine(db, opened.id, told.people[person].seat)


def round_of(told: Story) -> int:
    opened = told.room().last_round
    assert opened
    return opened.id


def counts_hands(told: Story, counted: dict[tuple[int, str], int]) -> None:
    told.do(handcounts.count_hands, round_id=round_of(told), counted=counted)


def types_in(told: Story, marks: dict[int, int], group: str = "citizen") -> str:
    """Print a sheet and type it in; its code."""
    code: str = told.do(paper.print_sheets, kind="vote", many=1).answer["codes"][0]
    enters(told, code, marks, group)
    return code


def enters(told: Story, code: str, marks: dict[int, int], group: str = "citizen") -> None:
    told.do(paper.enter_ballot, code=code, receipt=f"PAPER-{code}", group=group, marks=marks)


def standing_hands(told: Story) -> dict[tuple[int, str], int]:
    """The hands as the form shows them, by card."""
    with told.stage.store.read() as db:
        found = sheets.hands(db, round_of(told))
    return {
        (card, group): people
        for card, hands in found.items()
        for group, people in hands.people.items()
    }


def result(told: Story) -> ShownResult:
    with told.stage.store.read() as db:
        found = shown_result(db, told.room().step)
    assert found is not None
    return found


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
            "hands": list(
                db.execute(
                    select(
                        HandCount.round_id, HandCount.idea_id, HandCount.group, HandCount.people
                    ).order_by(HandCount.round_id, HandCount.idea_id, HandCount.group)
                )
            ),
            "secret": list(
                db.execute(select(SecretBallot.key, SecretBallot.group, SecretBallot.marks))
            ),
        }
