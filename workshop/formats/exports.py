"""How the backlog leaves the house; `EXPORTS` is the whole list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from workshop.formats import csv_file, json_file, markdown_file, trackers, xlsx_file
from workshop.formats.rows import BacklogRow, Translate
from workshop.rules.refusals import N_


@dataclass(frozen=True, slots=True)
class Export:
    """One kind of file the backlog can be saved as.

    Attributes:
        label: its name on pages.
        suffix: the ending of its files.
        mime: what the browser is told it is.
        write: makes the file from rows; headings go through the translation it is given.
    """

    label: str
    suffix: str
    mime: str
    write: Callable[[Sequence[BacklogRow], Translate], bytes]


EXPORTS: Final[dict[str, Export]] = {
    "xlsx": Export(N_("Excel"), xlsx_file.SUFFIX, xlsx_file.MIME, xlsx_file.write_xlsx),
    "csv": Export(N_("CSV"), csv_file.SUFFIX, csv_file.MIME, csv_file.write_csv),
    "json": Export(N_("JSON"), json_file.SUFFIX, json_file.MIME, json_file.write_json),
    "markdown": Export(
        N_("Markdown"), markdown_file.SUFFIX, markdown_file.MIME, markdown_file.write_markdown
    ),
    "jira": Export(N_("Tasks for Jira"), "-jira.csv", csv_file.MIME, trackers.write_jira),
    "github": Export(N_("Issues for GitHub"), "-github.csv", csv_file.MIME, trackers.write_github),
    "trello": Export(N_("Cards for Trello"), "-trello.csv", csv_file.MIME, trackers.write_trello),
}
"""Kinds of file by name, in the order in which they are offered."""
