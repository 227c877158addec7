"""Numbers that lead to somebody else’s things, or to nothing."""

from __future__ import annotations

from tests.personas import World


def foreign_numbers(here: World) -> dict[str, list[int]]:
    """Numbers of things that this room's address must not lead to, by their place in it."""
    there = here.there.room()
    nothing = [0, 10**6, 10**30]
    opened = there.last_round
    assert opened is not None
    return {
        "step_id": [*nothing, there.step.id],
        "post_id": [*nothing, here.there.problems[0]],
        "seat_id": [*nothing, here.there.people[0].seat],
        "round_id": [*nothing, opened.id],
        "idea_id": [*nothing, here.there.ideas[0]],
        "question_id": [*nothing, here.there.problems[0]],
        "item_id": nothing,
        "plan_id": nothing,
        "programme_id": nothing,
        "trial_id": nothing,
        "change_id": nothing,
    }
