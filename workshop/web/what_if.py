"""What other weights and lines would change: a page to think with. Nothing on it is kept."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from workshop.reads.item_card import ItemCard
from workshop.reads.measured import answers_behind, key_of, rests_on
from workshop.rules.refusals import Refused
from workshop.rules.scoring.joint import Measured
from workshop.rules.scoring.portfolio import ADVICE, Candidate
from workshop.rules.scoring.what_if import WhatIf, lines_of, what_if, wished
from workshop.rules.scoring.yardstick import Yardstick
from workshop.web import reckoning
from workshop.web.errors import words
from workshop.web.filtering import asked_for, choices
from workshop.web.house import house
from workshop.web.reach import cards

LINES: Final = ("reward", "risk", "quick")
"""The leaders' lines that can be moved here, in the order of the form."""

KEPT: Final = 64
"""So many answers are kept for whoever asks the same again; each is a few kilobytes."""

AT_ONCE: Final = 10
"""So many items are read before others get a turn."""


@dataclass(frozen=True, slots=True)
class Field:
    """One number of the form: what is stored, and what was typed, both as they are read."""

    name: str
    stored: str
    typed: str

    @property
    def moved(self) -> bool:
        """Whether somebody asks for another number."""
        return self.typed != self.stored


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks: the yardstick of these ideas, and the numbers of the form."""

    yard: Yardstick
    weights: Mapping[str, Field]
    lines: Mapping[str, Field]

    @property
    def moved(self) -> bool:
        """Whether anything is other than stored."""
        return any(one.moved for one in (*self.weights.values(), *self.lines.values()))

    def as_yardstick(self) -> Yardstick:
        """The yardstick with the numbers that were typed.

        Raises:
            Refused: `bad_weight`, `weights_zero` or `bad_threshold`.
        """
        stored = self.yard.weights
        weights = {
            # What is shown is rounded: a number that nobody touched is the stored one itself.
            key: _number(one.typed, "bad_weight") if one.moved else 100 * stored[key]
            for key, one in self.weights.items()
        }
        lines = {
            name: _number(one.typed, "bad_threshold")
            if one.moved
            else float(getattr(self.yard.lines, name))
            for name, one in self.lines.items()
        }
        return wished(self.yard, weights, lines_of(self.yard, **lines))


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule("/backlog/what-if", view_func=what_if_page, endpoint="what_if")


def what_if_page() -> tuple[str, int]:
    """The ideas under other weights and lines, by what the address of the page says."""
    working = reckoning.asked()
    everything, filters = cards(), asked_for()
    shown = [card for card in everything if card.appraisal and filters.keep(card)]
    ideas, basis = _answers(shown)
    yards = _yards(ideas)
    asked = _asked(yards)
    found, shares, refused = None, dict[str, float](), ""
    if asked:
        measured = [one for one in ideas if one.yard.place == asked.yard.place]
        try:
            yard = asked.as_yardstick()
            shares = {key: yard.criteria[key].weight for key in asked.weights}
            found = _found(measured, everything, yard, basis)
        except Refused as refusal:
            refused = words(refusal)
    page = render_template(
        "leader/what_if.html",
        asked=asked,
        found=found,
        shares=shares,
        refused=refused,
        yards={place: _name(place, ideas, everything) for place in yards},
        by_key={key_of(card.id): card for card in everything},
        working=working,
        filters=filters,
        choices=choices(everything),
        total=len(everything),
        ADVICE=ADVICE,
    )
    return page, 422 if refused else 200


def _number(typed: str, code: str) -> float:
    """Raises Refused `code` where it is no number."""
    try:
        return float(typed.replace(",", "."))
    except ValueError:
        raise Refused(code) from None


def _yards(ideas: Sequence[Measured]) -> dict[str, Yardstick]:
    """What the ideas are measured by, the yardstick of most ideas first."""
    often = Counter(one.yard.place for one in ideas)
    by_place = {one.yard.place: one.yard for one in ideas}
    return {place: by_place[place] for place, _times in often.most_common()}


def _asked(yards: Mapping[str, Yardstick]) -> Asked | None:
    if not yards:
        return None
    yard = yards.get(request.args.get("yard", "")) or next(iter(yards.values()))
    weights = {key: _field(f"w-{key}", 100 * share) for key, share in yard.weights.items()}
    lines = {name: _field(name, float(getattr(yard.lines, name))) for name in LINES}
    return Asked(yard, weights, lines)


def _field(name: str, stored: float) -> Field:
    told = f"{stored:.1f}".removesuffix(".0")
    return Field(name, told, request.args.get(name, told).strip() or told)


def _name(place: str, ideas: Sequence[Measured], everything: Sequence[ItemCard]) -> str:
    """Whose yardstick it is: the server's, or the programme's by its services."""
    if place == "server":
        return str(_("the server’s"))
    keys = {one.case.key for one in ideas if one.yard.place == place}
    services = {card.service for card in everything if key_of(card.id) in keys}
    return ", ".join(sorted(services))


_answers_kept: Final[dict[tuple[str, str], dict[str, Measured]]] = {}
_kept: Final[dict[tuple[str, str, tuple[str, ...], str, str], WhatIf]] = {}


def _answers(shown: Sequence[ItemCard]) -> tuple[list[Measured], str]:
    """The answers behind these items, read once for everybody while nothing changes."""
    store, now = house().store, house().now()
    with store.read() as db:
        basis = rests_on(db, now=now)
    key = (house().settings.database_url, basis)
    if key not in _answers_kept:
        _answers_kept.clear()
        _answers_kept[key] = {}
    kept = _answers_kept[key]
    missing = [card.id for card in shown if key_of(card.id) not in kept]
    for first in range(0, len(missing), AT_ONCE):
        with store.read() as db:
            some = answers_behind(db, missing[first : first + AT_ONCE], now=now)
        kept.update({one.case.key: one for one in some})
        # Others have a turn; every engine makes this a switch.
        time.sleep(0)
    by_number = sorted(shown, key=lambda card: card.id)
    return [kept[key_of(card.id)] for card in by_number if key_of(card.id) in kept], basis


def _found(
    ideas: Sequence[Measured], everything: Sequence[ItemCard], yard: Yardstick, basis: str
) -> WhatIf:
    stored = {
        key_of(card.id): Candidate(
            key_of(card.id),
            card.appraisal.outlook,
            card.gates,
            card.appraisal.discuss,
            card.effort,
            card.appraisal.lines,
        )
        for card in sorted(everything, key=lambda card: card.id)
        if card.appraisal
    }
    asked = (
        house().settings.database_url,
        basis,
        tuple(one.case.key for one in ideas),
        # Gates and effort change without the numbers, and who looks decides what is there.
        repr([(one.key, one.gates, one.effort) for one in stored.values()]),
        repr((yard.weights, yard.lines)),
    )
    if asked not in _kept:
        made: WhatIf = house().offload(what_if, ideas, stored, yard)
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[asked] = made
    return _kept[asked]
