"""What goes on about ideas in a room: a question, an idea that grew, and three things said."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

from PIL import Image

from workshop.acts import pictures, posts, questions, seats, talking
from workshop.rules.cards import STANCES

RECEIPT = "Somebody who talks"


def talk(do: Callable[..., dict[str, Any]], problem: int, idea: int) -> None:
    """Make a question of a problem, grow an idea from another, and say three things of that."""
    do(
        questions.ask_question,
        text="How might we have the tablets ready?",
        problem_ids=[problem],
    )
    sat = do(seats.take_seat, group="staff", receipt=RECEIPT)
    given = {"seat_id": sat["seat"], "receipt": RECEIPT}
    more = {"who_1": "The ward", "does_1": "rings", "need_time": "An hour", "need_money": "A bit"}
    grown = do(posts.post, kind="idea", text="And ring first.", builds_on_id=idea, **given, **more)
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "teal").save(out, "WEBP")
    seen = {"data": out.getvalue(), "width": 640, "height": 480, "alt": "A bedside table"}
    do(pictures.put_picture, post_id=grown["post"], **given, **seen)
    for stance in STANCES:
        do(talking.comment, idea_id=idea, stance=stance, text="It helped my mother.", **given)
