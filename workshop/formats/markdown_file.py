"""The backlog as Markdown, to be read and to be pasted; what people wrote never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from workshop.formats.rows import BacklogRow, Translate, columns
from workshop.rules.refusals import N_
from workshop.rules.scoring.portfolio import ADVICE

MIME: Final = "text/markdown; charset=utf-8"
SUFFIX: Final = ".md"

TITLE: Final = N_("Innovation backlog")
NOT_SCORED: Final = N_("Not scored yet")

_IN_TEXT: Final = re.compile(r"([\\`*_\[\]<>&~|#^$@{}])")
_AT_THE_START: Final = re.compile(r"^(\s*)([-+=:!.)(]|\d{1,9}(?=[.)]))")
_LINKS: Final = re.compile(r"(?i)(https?|ftp|mailto|xmpp)(:)|\b(www)(\.)")
_IN_HEADINGS: Final = ("Number", "Code", "Advice", "Idea")
"""Columns that the headings have said already."""


def write_markdown(rows: Sequence[BacklogRow], translate: Translate = str) -> bytes:
    """A heading for each kind of advice, and under it a list of facts for each idea."""
    lines = [f"# {escaped(translate(TITLE))}", ""]
    for advice in (*ADVICE, ""):
        found = [row for row in rows if row.advice == advice]
        if found:
            label = translate(ADVICE[advice].label if advice else NOT_SCORED)
            lines += [f"## {escaped(label)}", ""]
        for row in found:
            lines += [*_item(row, translate), ""]
    return "\n".join(lines).encode("utf-8", "replace")


def _item(row: BacklogRow, translate: Translate) -> Iterator[str]:
    """A heading and one line for every fact that says something."""
    code = f"{row.code} " if row.code else ""
    yield f"### {escaped(f'{code}{row.title}')}"
    yield ""
    for heading, cell in facts(row, translate):
        yield f"- **{escaped(heading)}**: {escaped(cell)}"


def facts(row: BacklogRow, translate: Translate) -> Iterator[tuple[str, str]]:
    """Heading and words of everything an idea says beside its name, both as they were written."""
    for heading, cell in columns(row, translate):
        if heading not in _IN_HEADINGS and cell not in (None, ""):
            yield translate(heading), str(cell)


def escaped(text: str) -> str:
    """The text on one line, with every sign that Markdown or HTML would act on made harmless.

    Addresses are cut so that no reader turns somebody's words into a link.
    """
    line = " ".join(text.split())
    line = _IN_TEXT.sub(r"\\\1", line)
    line = _LINKS.sub(_cut, line)
    start = _AT_THE_START.match(line)
    if start is None:
        return line
    sign = start[2]
    rest = line[start.end() :]
    return f"{sign}\\{rest}" if sign.isdigit() else f"\\{sign}{rest}"


def _cut(found: re.Match[str]) -> str:
    """A backslash between the parts that together would be taken for an address."""
    return f"{found[1] or found[3]}\\{found[2] or found[4]}"
