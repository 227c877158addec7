"""What the list of ideas can be narrowed by: only what is there, each in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from flask import request, url_for
from flask_babel import gettext

from workshop.reads.backlog import NOT_SCORED, Filters
from workshop.reads.item_card import ItemCard
from workshop.rules.backlog import STAGES
from workshop.rules.scoring.portfolio import ADVICE


def asked_for() -> Filters:
    """The part of the list that the address of this request asks for."""
    names = [one.name for one in fields(Filters)]
    return Filters(**{name: request.args.get(name, "").strip() for name in names})


def the_same_part(endpoint: str, **more: str) -> str:
    """The address of a page about the same part of the list."""
    values: dict[str, Any] = {**asked_for().asked, **more}
    return url_for(endpoint, **values)


def choices(found: Sequence[ItemCard]) -> dict[str, Mapping[str, str]]:
    """For each question of `Filters`, in the order of a form: what can be picked, and its words."""
    advice = {card.advice or NOT_SCORED for card in found}
    stages = {card.stage for card in found}
    return {
        "advice": {
            **{key: gettext(row.label) for key, row in ADVICE.items() if key in advice},
            **({NOT_SCORED: gettext("Not scored yet")} if NOT_SCORED in advice else {}),
        },
        "stage": {key: gettext(words) for key, words in STAGES.items() if key in stages},
        "workshop": {card.slug: card.workshop for card in found},
        "service": {name: name for name in sorted({card.service for card in found}) if name},
    }
