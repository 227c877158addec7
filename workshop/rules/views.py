"""Views of the backlog that somebody named for themselves: what they may ask for, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from workshop.rules.refusals import Refused
from workshop.rules.searching import LONGEST

ASKS: Final = ("workshop", "service", "advice", "stage", "q")
"""What a view may narrow the list by, as it stands in the address of the page."""

MOST_VIEWS: Final = 20
"""How many views one account keeps."""


def narrowed(asked: Mapping[str, str]) -> dict[str, str]:
    """What a view keeps of what was asked for.

    Raises:
        Refused: `no_filter` where it would be the whole list.
    """
    kept = {name: asked[name][:LONGEST] for name in ASKS if asked.get(name)}
    if not kept:
        raise Refused("no_filter")
    return kept
