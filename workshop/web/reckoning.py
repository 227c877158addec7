"""Numbers that are still being worked out: saying so, how far it is, and when to look again."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from workshop.reads.runs import is_fresh
from workshop.web.house import house
from workshop.web.reckoner import Progress


def add_to(pages: Blueprint) -> None:
    """Give the leaders' pages this route."""
    pages.add_url_rule("/backlog/working", view_func=working)


def working() -> ResponseReturnValue:
    """How far the numbers are, for a page that waits for them: `done` of `all`, and `ready`."""
    found = asked()
    return jsonify(
        ready=found is None, done=found.done if found else 0, all=found.all if found else 0
    )


def asked() -> Progress | None:
    """None where every number is up to date; else how far the run is, begun now if need be.

    A page that finds old numbers has them worked out, whatever made them old: an answer in another
    process, or a round that ended by its day.
    """
    with house().store.read() as db:
        if is_fresh(db, now=house().now()):
            return None
    house().reckoner.ask()
    with house().store.read() as db:
        # Without a background the run is over by now.
        if is_fresh(db, now=house().now()):
            return None
    return house().reckoner.progress
