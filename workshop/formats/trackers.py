"""The backlog as files that Jira, GitHub and Trello take in: one line for each idea.

Column names are those that the tools themselves know, so they are never translated. A cell is
never a formula, and what people wrote is never markup, a mention of somebody, or a link.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Final

from workshop.formats.csv_file import harmless
from workshop.formats.markdown_file import escaped, facts
from workshop.formats.rows import BacklogRow, Translate
from workshop.rules.backlog import STAGES

JIRA: Final = ("Summary", "Issue Type", "Description", "Due Date", *["Labels"] * 4)
"""Jira reads one label from each column of that name; a label of Jira holds no blank."""

GITHUB: Final = ("title", "body", "labels")
"""What the scripts that make issues of a file ask for; labels stand behind each other."""

TRELLO: Final = ("Card Name", "Card Description", "Labels", "Due Date", "List Name")
"""The names that Trello gives these columns in its own exports."""

SOURCE: Final = "longtable"
LONGEST_SUMMARY: Final = 255

JOINER: Final = "\u2060"
"""Seen by nobody. Behind @ and # it keeps a tool from looking for a person or a ticket."""

_WIKI: Final = re.compile(r"([\\{}\[\]!|*_^~]|\?(?=\?)|(?<!\w)[-+]|[-+](?!\w))")
_TICKETS: Final = re.compile(r"(?i)(\bgh)-(?=\d)")
_ADDRESSES: Final = re.compile(r"(?i)(https?|ftp|mailto|file):|\b(www)\.")


def write_jira(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """Columns of `JIRA`, the description in Jira's own notation. Days are as in 2027-01-16."""
    return _file(
        JIRA,
        (
            [
                _title(row)[:LONGEST_SUMMARY],
                "Task",
                "\n".join(
                    f"*{_wiki(head)}*: {_wiki(text)}" for head, text in _told(row, translate)
                ),
                _due(row),
                *_labels(row),
            ]
            for row in rows
        ),
    )


def write_github(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """Columns of `GITHUB`, the body in Markdown."""
    return _file(
        GITHUB, ([_title(row), _body(row, translate), ",".join(_tags(row))] for row in rows)
    )


def write_trello(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """Columns of `TRELLO`, the description in Markdown; each stage is a list."""
    return _file(
        TRELLO,
        (
            [
                _title(row),
                _body(row, translate),
                ",".join(_tags(row)),
                _due(row),
                translate(STAGES.get(row.stage, STAGES["candidate"])),
            ]
            for row in rows
        ),
    )


def _file(heads: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """A heading line and the lines, in UTF-8; these tools want no mark at the beginning."""
    sheet = StringIO(newline="")
    writer = csv.writer(sheet, quoting=csv.QUOTE_ALL)
    writer.writerow(heads)
    for line in lines:
        writer.writerow([harmless(cell) for cell in line])
    return sheet.getvalue().encode("utf-8", "replace")


def _title(row: BacklogRow) -> str:
    return " ".join(f"{row.code} {row.title}".split())


def _due(row: BacklogRow) -> str:
    """The day of the next look where an answer names one, or that of the promised answer."""
    return row.review_on or row.answer_by


def _tags(row: BacklogRow) -> Iterator[str]:
    """Labels by key, so that one search finds them whatever language somebody exports in."""
    yield SOURCE
    for name in ("advice", "stage", "facet"):
        if key := getattr(row, name):
            yield f"{name}-{key}"


def _labels(row: BacklogRow) -> list[str]:
    tags = list(_tags(row))
    return tags + [""] * (JIRA.count("Labels") - len(tags))


def _told(row: BacklogRow, translate: Translate) -> Iterator[tuple[str, str]]:
    """Everything that an idea says; its number leads back to it."""
    yield "Longtable", f"{row.number}"
    yield from facts(row, translate)


def _body(row: BacklogRow, translate: Translate) -> str:
    """Markdown with one paragraph for each fact."""
    told = _told(row, translate)
    return "\n\n".join(f"**{_quiet(head)}**: {_quiet(text)}" for head, text in told)


def _quiet(text: str) -> str:
    """Harmless Markdown in which nobody is called and no ticket is named.

    GitHub looks for people and tickets after the Markdown is read, where a backslash is gone.
    """
    still = escaped(_TICKETS.sub(rf"\1{JOINER}-", text))
    return still.replace("\\@", f"\\@{JOINER}").replace("\\#", f"\\#{JOINER}")


def _wiki(text: str) -> str:
    """One line in which every sign of Jira's notation is harmless and no address is a link."""
    line = _WIKI.sub(r"\\\1", " ".join(text.split()))
    line = _ADDRESSES.sub(lambda found: f"{found[0][:-1]}{JOINER}{found[0][-1]}", line)
    return line.replace("@", f"@{JOINER}")
