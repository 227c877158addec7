"""Nothing is left half done, and every exception to a rule says why it is one."""

from __future__ import annotations

import re

from tests.house.tree import files, named

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore)(?P<rest>.*)")
REASONED = re.compile(r"^(?::\s*[A-Z]+\d+(?:,\s*[A-Z]+\d+)*|\[[\w,-]+\])\s*(?:#|-|–)?\s*\w.{8,}")
# One letter stands in brackets so that this line is not its own finding.
HALF_DONE = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX|[H]ACK|[c]oming soon|[l]orem ipsum)\b")
OURS = (".py", ".js", ".mjs", ".css", ".html", ".md", ".toml", ".json")


def test_every_silenced_check_names_the_check_and_the_reason() -> None:
    bare = []
    for path in files(".py"):
        if path.parent.name == "house":
            continue
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = SILENCED.search(line)
            if found and not REASONED.match(found["rest"]):
                bare.append(f"{named(path)}:{number} {line.strip()}")
    assert bare == []


def test_nothing_is_left_to_be_done_later() -> None:
    left = [
        f"{named(path)}: {found.group()}"
        for path in files(*OURS)
        for found in HALF_DONE.finditer(path.read_text())
        if path.name != "package-lock.json"
    ]
    assert left == []
