"""Secrets that merging and secret ballots keep: words inside cards, and what joins nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.personas import World
from tests.story import Person, Story
from workshop.acts import casting, erasing, merging, posts, programmes, running, seats, workshops
from workshop.storage.models import Elector, Round, SecretBallot

VOTERS = 6


@dataclass
class Voted:
    """Another room, in the middle of a secret vote.

    Attributes:
        addresses: its pages and files, those of its screen as well.
        keys: every value that its tables keep of single ballots and of who cast one.
    """

    addresses: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)


def put_merged(told: Story, writer: Person) -> int:
    """An idea inside a card that is hidden, and one that was taken back from inside a card.

    Returns:
        The number of the hidden card.
    """
    own: dict[str, Any] = {"seat_id": writer.seat, "receipt": writer.receipt}
    hidden = told.posts(writer, "idea", "CANARY-MERGED-HOST")
    host = told.posts(writer, "idea", "A card that everybody sees")
    for word, card in (("CANARY-MERGED-INSIDE", hidden), ("CANARY-MERGED-GONE", host)):
        idea = told.posts(writer, "idea", word, better_for=word, need_time=word)
        told.do(merging.merge, post_id=idea, host_id=card)
        if card == host:
            told.do(posts.withdraw_post, post_id=idea, **own)
    told.do(posts.set_state, post_id=hidden, state="hidden")
    return hidden


def _sits(told: Story, receipt: str) -> Person:
    seat = told.do(seats.take_seat, group="citizen", receipt=receipt).answer["seat"]
    return Person(seat, "citizen", receipt)


def put_ballots(made: World) -> Voted:
    """Secret ballots of several people, some for ideas that have been merged since."""
    told = _another(made)
    one, two, other = told.ideas
    for number, person in enumerate(told.people):
        told.do(
            casting.cast_ballot,
            seat_id=person.seat,
            command_id=f"CANARY-COMMAND-{number}",
            idea_ids=[one, two, other],
            values=[1, number % 2, 2],
        )
    told.do(merging.merge, post_id=two, host_id=one)
    room = told.room()
    made.cookies["seat"]["seats"][room.slug] = told.people[0].receipt
    opened = room.last_round
    assert opened is not None
    return Voted(
        [
            *(f"/workshops/{room.slug}{end}" for end in ("", "/results", "/ballots", "/remote")),
            f"/workshops/{room.slug}/rounds/{opened.id}/record.zip",
            *(f"/w/{room.slug}{end}" for end in ("", "/mine", "/votes", "/seat")),
            f"/screen/{room.screen_token}",
            f"/changes/{room.slug}",
        ],
        _kept(told, opened.id),
    )


def _another(made: World) -> Story:
    here = made.here.told
    own: dict[str, Any] = {"account_id": here.facilitator}
    about: dict[str, Any] = {"service": "Checks", "goal": "Less to carry.", "better_for": "All"}
    about["template"] = "hour"
    change = here.stage.perform(workshops.create_workshop, **own, title="By secret ballot", **about)
    told = Story(here.stage, here.clock, change.answer["workshop"], here.facilitator)
    told.do(programmes.put_in_programme, **own, programme_id=made.programme)
    told.plans(method="dots", secret=True)
    told.do(running.start)
    told.moves_to("ideas")
    told.people += [_sits(told, f"CANARYVOTERCODE{number}") for number in range(VOTERS)]
    told.ideas += [told.posts(told.people[0], "idea", f"Secret idea {n}") for n in range(3)]
    _rubs_out_a_card(told)
    told.moves_to("vote")
    return told


def _rubs_out_a_card(told: Story) -> None:
    """Somebody leaves nothing behind of a card that holds what somebody else said."""
    gone = _sits(told, "CANARYRUBBEDCODE")
    card = told.posts(gone, "idea", "CANARY-RUBBED-CARD")
    stays = told.posts(told.people[1], "idea", "An idea that outlives its card")
    told.do(merging.merge, post_id=stays, host_id=card)
    told.do(erasing.rub_out, seat_id=gone.seat, receipt=gone.receipt)


def _kept(told: Story, number: int) -> list[str]:
    with told.stage.store.read() as db:
        ballots = db.scalars(select(SecretBallot.key).where(SecretBallot.round_id == number))
        electors = db.scalars(select(Elector.command).where(Elector.round_id == number))
        row = db.get_one(Round, number)
        found = [*ballots, *electors, row.secret_key]
    assert len(found) == 2 * VOTERS + 1
    return [value for value in found if value]
