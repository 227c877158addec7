"""Every no that the product can say has a sentence, and every sentence is said somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.tree import called, named, python_in, text_of
from workshop.rules.refusals import REFUSALS, Refused

PLACES = re.compile(r"%\((\w+)\)[sd]")


def raised() -> Iterator[tuple[str, ast.Call]]:
    for path, tree in python_in("app.py", "workshop/"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) == Refused.__name__ and node.args:
                yield f"{named(path)}:{node.lineno}", node


def test_every_refusal_that_is_raised_has_its_sentence_and_fills_its_places() -> None:
    wrong = []
    for where, call in raised():
        code = text_of(call.args[0])
        if code is None:
            continue
        given = {word.arg for word in call.keywords}
        if code not in REFUSALS:
            wrong.append(f"{where}: {code} has no sentence")
        elif None not in given and not set(PLACES.findall(REFUSALS[code])) <= given:
            wrong.append(f"{where}: {code} leaves a place of its sentence empty")
    assert wrong == []


def test_every_refusal_in_the_table_is_used() -> None:
    said = {
        text
        for path, tree in python_in("app.py", "workshop/")
        if path.name != "refusals.py"
        for node in ast.walk(tree)
        if (text := text_of(node))
    }
    assert REFUSALS.keys() - said == set()


def test_every_sentence_is_short_and_ends_like_one() -> None:
    sentences = [part for text in REFUSALS.values() for part in re.split(r"(?<=[.!?]) ", text)]
    assert [text for text in sentences if len(text.split()) > 15 or text[-1] not in ".!?"] == []


def test_a_code_without_a_sentence_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        Refused("no such code")
