"""Stories: believable workshops in `seed_data/`, told by performing the same acts people do."""

from __future__ import annotations

from workshop.seeding.reading import BadStory, Story, names, read
from workshop.seeding.teller import Cast
from workshop.seeding.telling import tell

__all__ = ["BadStory", "Cast", "Story", "names", "read", "tell"]
