"""Looks through what a story tells of its items' later life, before any of it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from workshop.rules.just_do import CHANGE_KINDS, CHANGE_OUTCOMES
from workshop.rules.offers import GUEST_KINDS, OFFER_KINDS
from workshop.rules.scoring.risk import FACTORS
from workshop.rules.stages import MOVES
from workshop.rules.trials import ASKED, TRIAL_KINDS, TRIAL_OUTCOMES, TRIAL_WORDS

Parts = Mapping[str, list[dict[str, Any]]]
Told = Mapping[str, Any]

ONWARDS: Final = ("gates", "guests", "offers", "leads", "trials", "moves", "changes")
"""The lists of tables that tell how items went on."""

FIELDS: Final[dict[str, tuple[str, str]]] = {
    "programme": ("days title service kinds money undone_in people never", ""),
    "gates": ("item who factor feared reason mitigation owner", ""),
    "guests": ("key days kind name", ""),
    "offers": ("by days kind text", "name reach item agreed"),
    "offers.agreed": ("days name reach", ""),
    "leads": ("by item days why", "answered"),
    "leads.answered": ("days agree reason", ""),
    "trials": ("item kind days ends", f"begins ended {' '.join(TRIAL_WORDS)}"),
    "trials.ended": ("days outcome happened learned", ""),
    "moves": ("item days to reason", ""),
    "changes": ("by days kind text", "told"),
    "changes.told": ("days outcome happened", ""),
}
"""The keys that each table must have, and those that it may have."""

WORDS: Final[dict[tuple[str, str], tuple[str, Collection[str]]]] = {
    ("gates", "factor"): ("risk factor", FACTORS),
    ("guests", "kind"): ("kind of guest", GUEST_KINDS),
    ("offers", "kind"): ("kind of offer", OFFER_KINDS),
    ("trials", "kind"): ("kind of trial", TRIAL_KINDS),
    ("trials.ended", "outcome"): ("outcome of a trial", TRIAL_OUTCOMES),
    ("moves", "to"): ("stage", MOVES),
    ("changes", "kind"): ("kind of change", CHANGE_KINDS),
    ("changes.told", "outcome"): ("outcome of a change", CHANGE_OUTCOMES),
}
"""What a key of a table may say, and what that is called."""


def unknown(parts: Parts, people: Collection[str], programme: Told) -> dict[str, set[str]]:
    """What is named and is not there, by what it should have been.

    Raises:
        KeyError: a table lacks a key that telling it needs.
    """
    tables = [*_tables(parts)]
    tables += [("programme", programme)] if programme else []
    stray = {key for name, told in tables for key in _stray(name, told)}
    for kind in TRIAL_KINDS:
        for told in parts.get("trials", []):
            _require(told, ASKED[kind] if told["kind"] == kind else ())
    if parts.get("changes") and not programme:
        raise KeyError("programme")
    kinds = set(programme.get("kinds", ())) - CHANGE_KINDS.keys()
    wrong = {"key": stray, "kind of small change": kinds, **_wrong_words(tables)}
    return {**wrong, **_wrong_names(parts, people)}


def _tables(parts: Parts) -> Iterator[tuple[str, Told]]:
    """Every table of these lists, and those inside them, each by its name in `FIELDS`."""
    for part in ONWARDS:
        for told in parts.get(part, []):
            yield part, told
            for key, inner in told.items():
                if f"{part}.{key}" in FIELDS:
                    yield f"{part}.{key}", inner


def _stray(name: str, told: Told) -> set[str]:
    """Keys that a table may not have."""
    must, may = (words.split() for words in FIELDS[name])
    _require(told, must)
    return {f"{name}.{key}" for key in told.keys() - {*must, *may}}


def _require(told: Told, keys: Collection[str]) -> None:
    for key in keys:
        if key not in told:
            raise KeyError(key)


def _wrong_words(tables: list[tuple[str, Told]]) -> dict[str, set[str]]:
    return {
        called: {told[key] for name, told in tables if name == table} - set(words)
        for (table, key), (called, words) in WORDS.items()
    }


def _wrong_names(parts: Parts, people: Collection[str]) -> dict[str, set[str]]:
    """People, guests, items, needs and assessors that the later life names and nobody has."""
    items = {item["idea"]: item for item in parts.get("items", [])}
    guests = {guest["key"] for guest in parts.get("guests", [])}
    offered = [told for told in parts.get("offers", []) if "item" in told]
    return {
        "item": {told["item"] for part in ONWARDS for told in parts.get(part, []) if "item" in told}
        - items.keys(),
        "giver": {told["by"] for told in parts.get("offers", [])} - {*people, *guests},
        "guest": {told["by"] for told in parts.get("leads", [])} - guests,
        "maker of a change": {told["by"] for told in parts.get("changes", [])} - {*people, *guests},
        "assessor": {
            told["who"]
            for told in parts.get("gates", [])
            if told["who"] not in items.get(told["item"], {}).get("scores", {})
        },
        "need": {
            f"{told['item']}: {told['kind']}"
            for told in offered
            if told["item"] in items and told["kind"] not in items[told["item"]].get("needs", {})
        },
    }
