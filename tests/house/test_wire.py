"""The browser and the server use the same words on the wire."""

from __future__ import annotations

import ast
import re

from tests.house.tree import files, named, python_in, text_of
from workshop.rules.policies import COMMANDS, EVENTS

#: What the Socket.IO client tells about its own connection.
OF_THE_CLIENT = {"connect", "disconnect", "connect_error"}
SPOKEN = re.compile(r"\.(?:on|once|emit|emitWithAck)\(\s*[\"'](\w+)[\"']")
KINDS = re.compile(r"(?:data-command=|\bkind(?::|\s*===?)\s*)[\"']([a-z_]+\.[a-z_]+)[\"']")


def in_the_browser(pattern: re.Pattern[str], *folders: str) -> dict[str, str]:
    """Each word that `pattern` finds in our pages and scripts, with a file that says it."""
    return {
        word: named(path)
        for path in files(".js", ".html")
        if named(path).startswith(folders)
        for word in pattern.findall(path.read_text())
    }


def test_every_event_in_the_browser_is_one_that_the_server_knows() -> None:
    served = {
        text
        for _, tree in python_in("workshop/live/")
        for node in ast.walk(tree)
        if (text := text_of(node))
    }
    spoken = in_the_browser(SPOKEN, "static/src/js/")
    unknown = spoken.keys() - served - EVENTS.keys() - OF_THE_CLIENT
    assert {word: spoken[word] for word in unknown} == {}


def test_every_command_in_the_browser_is_one_that_the_server_takes() -> None:
    sent = in_the_browser(KINDS, "static/src/js/", "templates/")
    assert {kind: sent[kind] for kind in sent.keys() - COMMANDS.keys()} == {}


def test_every_command_that_the_server_takes_can_be_sent_from_a_page() -> None:
    pages = {
        text.group()
        for path in files(".html", ".js")
        if named(path).startswith(("templates/", "static/src/js/"))
        for text in re.finditer(r"\b[a-z]+\.[a-z_]+\b", path.read_text())
    }
    assert COMMANDS.keys() - pages == set()
