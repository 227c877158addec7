"""Rows of the backlog, drawn once for each state of an item and each language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from flask_babel import get_locale
from markupsafe import Markup

from workshop.reads.item_card import ItemCard
from workshop.rules.promises import today
from workshop.web.house import house

KEPT: Final = 5_000
"""How many rows are kept before all are drawn anew; a row is about two kilobytes."""

_rows: Final[dict[tuple[ItemCard, int, str, date], Markup]] = {}


def kept(card: ItemCard, most: int, draw: Callable[[ItemCard, int], Markup]) -> Markup:
    """The row of an item, by `draw` where nobody has looked at this state of it before.

    `most` is the length of the longest bar. Days are told differently as they go by.
    """
    key = (card, most, str(get_locale()), today(house().now()))
    if (found := _rows.get(key)) is None:
        if len(_rows) >= KEPT:
            _rows.clear()
        found = _rows[key] = draw(card, most)
    return found
