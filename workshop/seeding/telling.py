"""Tells a story from its plan to what came of it.

A story is told in one transaction: it is there whole, or not at all.
"""

from __future__ import annotations

from typing import Any, Final

from workshop.acts import appraisals, running, workshops
from workshop.acts.stage import Stage
from workshop.rules.templates import TEMPLATES
from workshop.seeding import aftermath
from workshop.seeding.meeting import PHASES_TOLD
from workshop.seeding.reading import Story
from workshop.seeding.teller import DAY, HOUR, MINUTE, Cast, Teller

PLANNED_AHEAD: Final = 21 * DAY
"""How long before the day, or before now for a coming one, a workshop was planned."""


def tell(stage: Stage, story: Story, cast: Cast) -> int:
    """Tell a story on the stage's store and return the number of its workshop.

    Raises:
        Refused: an act turned down what the story asks for; nothing of it is kept.
    """
    begins = _begins(story, stage.clock())

    def whole(db: Any) -> Teller:  # noqa: ANN401 - a session, whose type lives on a lower floor
        teller = Teller(db, story, cast, min(begins, stage.clock()) - PLANNED_AHEAD)
        _plan(teller, begins)
        if story.state != "upcoming":
            _meet(teller, begins)
        if story.state == "finished":
            teller.do(running.finish)
            aftermath.tell_all(teller, begins)
        return teller

    teller: Teller = stage.store.write(whole)
    if story.part("items"):
        # The draws stay outside the story's transaction.
        appraisals.work_out(stage)
    return teller.workshop


def _begins(story: Story, now: int) -> int:
    """When the meeting begins, in milliseconds since 1970."""
    if story.state == "running":
        steps = TEMPLATES[story.template].steps
        stops = next(place for place, plan in enumerate(steps) if plan.phase == story.until)
        before = sum(plan.minutes for plan in steps[:stops])
        return now - (before + story.when["minutes"]) * MINUTE
    return now - now % DAY + story.when["days"] * DAY + story.when["hour"] * HOUR


def _plan(teller: Teller, begins: int) -> None:
    about: dict[str, Any] = dict(teller.story.about)
    made = workshops.create_workshop(
        teller.db,
        now=teller.at,
        account_id=teller.cast.facilitator,
        template=teller.story.template,
        starts_at=begins,
        **about,
    )
    teller.workshop = made.answer["workshop"]


def _meet(teller: Teller, begins: int) -> None:
    """Go through the steps, as far as the story goes."""
    teller.at = begins
    teller.do(running.start)
    for position, plan in enumerate(TEMPLATES[teller.story.template].steps):
        if position:
            teller.do(running.move_step, position=position)
        last = plan.phase == teller.story.until
        PHASES_TOLD[plan.phase](teller, teller.story.when["minutes"] if last else plan.minutes)
        if last:
            return
