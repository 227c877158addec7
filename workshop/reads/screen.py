"""What the projector shows: one view at a time, and no count before the room may see it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from workshop.reads import people, posts, record, results
from workshop.reads.findings import FindingsCard, findings_of
from workshop.reads.journey import JourneyCard, journey_card
from workshop.reads.people import Headcount
from workshop.reads.posts import PostCard
from workshop.reads.record import Seal
from workshop.reads.results import ShownResult
from workshop.reads.rooms import RoomCard
from workshop.rules.exposure import order
from workshop.rules.rounds import ROWS_ON_SCREEN
from workshop.storage.models import Post

WALLS: Final = {"problems": "problem", "ideas": "idea"}


@dataclass(frozen=True, slots=True)
class ThemeCount:
    """A theme and how many problems stand under it."""

    title: str
    problems: int


@dataclass(frozen=True, slots=True)
class ScreenCard:
    """One view of the projector.

    Attributes:
        view: join, welcome, wall, journey, themes, vote, sealed (voting is over, counts still
            covered), results, bands, lists, next, spotlight, blank or finished.
        posts: what the view lists, `ROWS_ON_SCREEN` at most, of `total`.
        by_group: how many posts of a wall came from each group.
        spotlight: the one post that everybody looks at.
        seal: where the ledger stood when the vote opened, or, at the results, when it was sealed.
        journey: the map of what people lived through, at its own step.
        result: the revealed round; None in every other view. Its first `under` rows are covered.
        findings: what it means, in the views "bands" and "lists".
    """

    room: RoomCard
    view: str
    heads: Headcount
    posts: tuple[PostCard, ...] = ()
    total: int = 0
    by_group: tuple[tuple[str, int], ...] = ()
    themes: tuple[ThemeCount, ...] = ()
    spotlight: PostCard | None = None
    result: ShownResult | None = None
    journey: JourneyCard | None = None
    pledges: int = 0
    seal: Seal | None = None
    findings: FindingsCard | None = None

    @property
    def under(self) -> int:
        """How many of the first places are still covered."""
        opened = self.room.counted_step.round
        return opened.under if opened else 0


def invites(room: RoomCard) -> bool:
    """Whether the projector shows how to join, with everybody who has sat down."""
    return room.state == "upcoming" or (room.state == "running" and room.screen == "join")


def screen_card(db: Session, room: RoomCard, heads: Headcount | None = None) -> ScreenCard:
    """The projector of `room` as it is now; `heads` where they were counted already."""
    heads = heads or people.headcount(db, room.id, room.counted_step)
    if room.state == "finished":
        return ScreenCard(room, "finished", heads, total=_count(db, room, "idea"))
    if invites(room):
        return ScreenCard(room, "join", heads)
    if room.screen == "blank":
        return ScreenCard(room, "blank", heads)
    spot = _spotlight(db, room)
    if spot is not None:
        return ScreenCard(room, "spotlight", heads, spotlight=spot)
    return _step_view(db, room, heads)


def _spotlight(db: Session, room: RoomCard) -> PostCard | None:
    """The post in the spotlight, unless it was hidden or taken back since."""
    if room.screen != "spotlight" or room.spotlight_id is None:
        return None
    found = posts.some(db, room.id, {room.spotlight_id}).get(room.spotlight_id)
    return found if found and found.state == "shown" else None


def _step_view(db: Session, room: RoomCard, heads: Headcount) -> ScreenCard:
    phase = room.step.phase
    if phase in WALLS:
        return _wall(db, room, heads, WALLS[phase])
    if phase == "journey":
        return ScreenCard(room, "journey", heads, journey=journey_card(db, room))
    if phase == "themes":
        return _themes(db, room, heads)
    if phase in {"vote", "results"}:
        return _vote(db, room, heads)
    if phase == "next":
        return ScreenCard(room, "next", heads, pledges=_count(db, room, "pledge"))
    found = posts.board(db, room.id, {"goal"})
    return ScreenCard(room, "welcome", heads, found[:3], len(found))


def _wall(db: Session, room: RoomCard, heads: Headcount, kind: str) -> ScreenCard:
    counted = _by_group(db, room, kind)
    # Until the first idea comes in, the wall shows the questions that wait for one.
    latest = _latest(db, room, kind) or (_latest(db, room, "question") if kind == "idea" else ())
    return ScreenCard(room, "wall", heads, latest, sum(n for _, n in counted), counted)


def _latest(db: Session, room: RoomCard, kind: str) -> tuple[PostCard, ...]:
    """The newest posts of a kind, as many as one view holds."""
    newest = (
        select(Post.id).where(*_shown(room, kind)).order_by(Post.id.desc()).limit(ROWS_ON_SCREEN)
    )
    found = posts.some(db, room.id, db.scalars(newest).all())
    return tuple(found[number] for number in sorted(found, reverse=True))


def _by_group(db: Session, room: RoomCard, kind: str) -> tuple[tuple[str, int], ...]:
    counted = select(Post.group, func.count()).where(*_shown(room, kind)).group_by(Post.group)
    return tuple(sorted((group, n) for group, n in db.execute(counted)))


def _themes(db: Session, room: RoomCard, heads: Headcount) -> ScreenCard:
    """The largest themes, by how many problems each holds; until there is one, the wall."""
    wall = _wall(db, room, heads, "problem")
    sized = select(Post.theme_id, func.count()).where(*_shown(room, "problem"))
    sizes = dict(db.execute(sized.group_by(Post.theme_id)).all())
    themes = sorted(
        (ThemeCount(theme.title, sizes.get(theme.id, 0)) for theme in posts.themes(db, room.id)),
        key=lambda theme: -theme.problems,
    )
    return replace(wall, view="themes", themes=tuple(themes)) if themes else wall


def _vote(db: Session, room: RoomCard, heads: Headcount) -> ScreenCard:
    """Ideas in an order that means nothing, until the counts are revealed."""
    step = room.counted_step
    shown = results.shown_result(db, step, partly=True)
    if shown is not None:
        seal = shown.seals.get("sealed")
        card = ScreenCard(room, "results", heads, total=len(shown.rows), result=shown, seal=seal)
        return _meaning(db, card)
    seal = record.seals(db, step.round.id).get("opened") if step.round else None
    is_open = step.round is not None and step.round.state == "open" and step.id == room.step.id
    if not is_open:
        return ScreenCard(room, "sealed", heads, seal=seal)
    ideas = {post.id: post for post in posts.board(db, room.id, {"idea"})}
    shuffled = order(ideas, f"{room.shuffle}/screen", {})[:ROWS_ON_SCREEN]
    found = tuple(ideas[idea] for idea in shuffled)
    return ScreenCard(room, "vote", heads, found, len(ideas), seal=seal)


def _meaning(db: Session, card: ScreenCard) -> ScreenCard:
    """The view that the facilitator chose of a vote that is wholly revealed, else its places."""
    result, view = card.result, card.room.screen
    if result is None or card.under or view not in {"bands", "lists"}:
        return card
    found = findings_of(db, [result]).get(result.card.round_id)
    return replace(card, view=view, findings=found) if found and result.card.ballots else card


def _count(db: Session, room: RoomCard, kind: str) -> int:
    return db.scalar(select(func.count()).select_from(Post).where(*_shown(room, kind))) or 0


def _shown(room: RoomCard, kind: str) -> tuple[ColumnElement[bool], ...]:
    return Post.workshop_id == room.id, Post.kind == kind, Post.state == "shown"
