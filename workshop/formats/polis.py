"""Polis exports: a folder with comments.csv, votes.csv, participants-votes.csv and summary.csv.

Source of the format: the openData collection of compdemocracy. Columns are found by name, because
some exports carry an extra, empty `xid`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Final

from workshop.formats.conversations import Conversation, Participant, Statement, VoteEvent
from workshop.formats.files import BadFile, Format, read_text
from workshop.formats.polis_remarks import remarks_on
from workshop.rules.refusals import N_

FORMAT: Final = Format(N_("Polis conversation"), suffix="", reads=True, writes=False)

VOTES: Final = {"1": 1, "0": 0, "-1": -1}


class Row:
    """One row of a CSV file, read by column name; every complaint names the file and the line."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self._file, self._line, self.cells = file, line, cells

    def text(self, column: str) -> str:
        """Return the cell under `column`; raise BadFile where there is no such column."""
        if column not in self.cells:
            raise self.wrong(N_("%(file)s: the column %(column)s is missing."), column=column)
        return self.cells[column]

    def whole(self, column: str) -> int:
        """Return the whole number under `column`; raise BadFile for anything else."""
        text = self.text(column)
        try:
            return int(text)
        except ValueError:
            raise self.wrong(
                N_("%(file)s: “%(text)s” isn’t a whole number (%(column)s)."),
                text=text[:40],
                column=column,
            ) from None

    def vote(self, column: str) -> int:
        """Return the vote under `column`; raise BadFile for anything but 1, 0 and -1."""
        text = self.text(column)
        if text not in VOTES:
            raise self.wrong(N_("%(file)s: a vote is 1, 0 or -1, not “%(text)s”."), text=text[:40])
        return VOTES[text]

    def wrong(self, sentence: str, **values: str) -> BadFile:
        """Make the complaint about this row."""
        return BadFile(sentence, line=self._line, file=self._file, **values)


NEEDED: Final = ("comments.csv", "votes.csv", "participants-votes.csv")
SUMMARY: Final = "summary.csv"
"""An export without one loses only its title."""


def read(directory: Path) -> Conversation:
    """Read an export in a folder; see `parse`."""
    more = [SUMMARY] if (directory / SUMMARY).exists() else []
    return parse({name: read_text(directory / name) for name in (*NEEDED, *more)})


def parse(files: Mapping[str, str]) -> Conversation:
    """Read an export from the text of each of its files by name.

    Raises:
        BadFile: a file is missing or broken, with its name and line.
    """
    for name in NEEDED:
        if name not in files:
            raise BadFile(N_("The file %(file)s is missing."), file=name)
    statements = sorted(map(_statement, _rows(files, NEEDED[0])), key=lambda one: one.key)
    events = [_event(row) for row in _rows(files, NEEDED[1])]
    # The log is sorted by statement. Sorting by time keeps the file's order within a millisecond.
    events.sort(key=lambda event: event.at)
    known = {statement.key for statement in statements}
    conversation = Conversation(
        summary=_summary(files.get(SUMMARY, "")),
        statements=tuple(statements),
        events=tuple(event for event in events if event.statement in known),
        participants=tuple(map(_participant, _rows(files, NEEDED[2]))),
    )
    unknown = len(events) - len(conversation.events)
    return replace(conversation, remarks=tuple(remarks_on(conversation, unknown)))


def _rows(files: Mapping[str, str], name: str) -> Iterator[Row]:
    reader = csv.reader(StringIO(files[name], newline=""))
    line = 1
    try:
        header = [name.strip() for name in next(reader, [])]
        if not header:
            raise BadFile(N_("%(file)s is empty."), line=1, file=name)
        line = reader.line_num + 1
        for cells in reader:
            row = Row(name, line, dict(zip(header, cells, strict=False)))
            line = reader.line_num + 1
            if cells:
                yield row
    except csv.Error:
        raise BadFile(
            N_("%(file)s: a cell here never ends. Is a quotation mark missing?"),
            line=line,
            file=name,
        ) from None


def _statement(row: Row) -> Statement:
    return Statement(
        key=row.whole("comment-id"),
        author=row.whole("author-id"),
        agrees=row.whole("agrees"),
        disagrees=row.whole("disagrees"),
        moderated=row.whole("moderated"),
        body=row.text("comment-body"),
        written=row.whole("timestamp"),
    )


def _event(row: Row) -> VoteEvent:
    return VoteEvent(
        at=row.whole("timestamp"),
        statement=row.whole("comment-id"),
        voter=row.whole("voter-id"),
        vote=row.vote("vote"),
    )


def _participant(row: Row) -> Participant:
    numbered = [name for name in row.cells if name.isdecimal()]
    return Participant(
        key=row.whole("participant"),
        group=row.text("group-id").strip() or None,
        statements=row.whole("n-comments"),
        votes=row.whole("n-votes"),
        agrees=row.whole("n-agree"),
        disagrees=row.whole("n-disagree"),
        answers={int(name): row.vote(name) for name in numbered if row.cells[name]},
    )


def _summary(text: str) -> dict[str, str]:
    """Read the pairs of summary.csv."""
    rows = csv.reader(StringIO(text, newline=""))
    return {cells[0]: cells[1].strip() for cells in rows if len(cells) > 1}
