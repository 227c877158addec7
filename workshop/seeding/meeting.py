"""What a story's people do in each phase of their meeting."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any, Final

from workshop.acts import backlog, journey, marking, posts, seats, voting, workshops
from workshop.reads.journey import legs
from workshop.rules.cards import LIMIT_OF
from workshop.seeding.teller import Teller

DETAILS: Final = (*LIMIT_OF, "evidence", "language")


def _welcome(teller: Teller, minutes: float) -> None:
    """People come in, and answer the provider's goal with their own."""
    story = teller.story
    for name in teller.spread(story.people, minutes / 2):
        teller.receipts[name] = secrets.token_hex(16)
        seat = teller.do(
            seats.take_seat,
            group=story.people[name],
            receipt=teller.receipts[name],
            language=story.languages.get(name, "en"),
        )
        teller.numbers["people", name] = seat["seat"]
    _posts(teller, "goals", "goal", minutes / 2)


def _journey(teller: Teller, minutes: float) -> None:
    """People place moments on the line that every journey starts with."""
    places = [leg.id for leg in legs(teller.db, teller.room().id)]
    for moment in teller.spread(teller.story.part("moments"), minutes):
        teller.do(
            journey.place,
            seat_id=teller.numbers["people", moment["by"]],
            receipt=teller.receipts[moment["by"]],
            leg_id=places[moment["leg"]],
            feeling=moment["feeling"],
            text=moment["text"],
        )


def _problems(teller: Teller, minutes: float) -> None:
    """People say what gets in the way."""
    _posts(teller, "problems", "problem", minutes)


def _themes(teller: Teller, minutes: float) -> None:
    """The facilitator gathers the problems."""
    for theme in teller.spread(teller.story.part("themes"), minutes / 2):
        made = teller.do(workshops.add_theme, title=theme["title"])
        teller.numbers["themes", theme["key"]] = made["theme"]
    for place, post in enumerate(teller.spread(teller.story.part("problems"), minutes / 2)):
        if "theme" in post:
            teller.do(
                posts.set_theme,
                post_id=teller.numbers["problems", str(place)],
                theme_id=teller.numbers["themes", post["theme"]],
            )


def _ideas(teller: Teller, minutes: float) -> None:
    """People answer the problems."""
    _posts(teller, "ideas", "idea", minutes)


def _vote(teller: Teller, minutes: float) -> None:
    """People spend their votes; where the story goes on, the facilitator closes and reveals."""
    for name, ballot in teller.spread(teller.story.votes.items(), minutes):
        seat = teller.numbers["people", name]
        for idea, value in ballot.items():
            number = teller.numbers["ideas", idea]
            teller.do(marking.set_mark, seat_id=seat, idea_id=number, value=value)
        teller.do(voting.set_done, seat_id=seat, done=True)
    opened = teller.room().step.round
    if opened and teller.story.until != "vote":
        teller.do(voting.move_round, round_id=opened.id, to="closed")
        teller.do(voting.move_round, round_id=opened.id, to="revealed")


def _results(teller: Teller, minutes: float) -> None:
    """Ideas that leaders will answer go to the backlog."""
    opened = teller.room().last_round
    if opened is None:
        return
    for item in teller.spread(teller.story.part("items"), minutes):
        idea = teller.numbers["ideas", item["idea"]]
        made = teller.do(backlog.promote, idea_id=idea, round_id=opened.id)
        teller.numbers["items", item["idea"]] = made["item"]


def _next(teller: Teller, minutes: float) -> None:
    """Each of us says what we take home and do."""
    _posts(teller, "pledges", "pledge", minutes)


def _posts(teller: Teller, part: str, kind: str, minutes: float) -> None:
    for place, post in enumerate(teller.spread(teller.story.part(part), minutes)):
        given: dict[str, Any] = {name: post[name] for name in DETAILS if name in post}
        if "answers" in post:
            given["answers_id"] = teller.numbers["problems", post["answers"]]
        made = teller.do(
            posts.post,
            seat_id=teller.numbers["people", post["by"]],
            receipt=teller.receipts[post["by"]],
            kind=kind,
            text=post["text"],
            **given,
        )
        teller.numbers[part, str(place)] = made["post"]
        teller.numbers[part, post.get("key", str(place))] = made["post"]


PHASES_TOLD: Final[dict[str, Callable[[Teller, float], None]]] = {
    "welcome": _welcome,
    "journey": _journey,
    "problems": _problems,
    "themes": _themes,
    "ideas": _ideas,
    "vote": _vote,
    "results": _results,
    "next": _next,
}
"""Phase -> what happens in so many minutes of it."""
