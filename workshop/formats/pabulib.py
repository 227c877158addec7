"""Pabulib `.pb`: one participatory budgeting vote in a file (META, PROJECTS, VOTES).

Source of the format: https://pabulib.org/format. Rows are separated by semicolons and quoted as in
CSV. The `selected` column holds an official outcome and is never read: what we say about a vote
is counted from its ballots alone.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from io import StringIO
from pathlib import Path
from typing import Final

from workshop.formats.elections import POINT_TYPES, VOTE_TYPES, Election, Project, Vote
from workshop.formats.files import BadFile, Format, Remark, read_text
from workshop.formats.numbers import exact, written
from workshop.formats.pabulib_remarks import remarks_on
from workshop.rules.refusals import N_

FORMAT: Final = Format(N_("Pabulib vote"), suffix=".pb", reads=True, writes=True)
SECTIONS: Final = ("META", "PROJECTS", "VOTES")
OUTCOME_COLUMN: Final = "selected"

Row = tuple[int, list[str]]
"""The line on which a row starts, and its cells."""


def read(path: Path) -> Election:
    """Read a `.pb` file.

    Raises:
        BadFile: with the line, where the file cannot be a vote.
    """
    return parse(read_text(path))


def parse(text: str) -> Election:
    """Read the text of a `.pb` file; see `read`."""
    sections = _sections(text)
    meta = _meta(sections["META"])
    vote_type = meta.get("vote_type", ("", 0))[0].lower()
    if vote_type not in VOTE_TYPES:
        line = meta["vote_type"][1] if "vote_type" in meta else sections["META"][0][0]
        raise BadFile(N_("We don’t know the vote type “%(type)s”."), line=line, type=vote_type)
    if "budget" not in meta:
        raise BadFile(N_("META names no budget."), line=sections["META"][0][0])
    projects = tuple(_projects(sections["PROJECTS"]))
    votes, odd = _votes(sections["VOTES"], {project.key for project in projects}, vote_type)
    election = Election(
        meta={key: value for key, (value, _) in meta.items()},
        vote_type=vote_type,
        budget=_money(meta["budget"][0], "budget", meta["budget"][1]),
        projects=projects,
        votes=votes,
    )
    return replace(election, remarks=(*odd, *remarks_on(election)))


def write(election: Election) -> str:
    """Write an election as the text of a `.pb` file; reading it back gives the same election."""
    out = StringIO()
    rows = csv.writer(out, delimiter=";", lineterminator="\n")
    rows.writerows([["META"], ["key", "value"], *election.meta.items()])
    columns = _columns(project.facts for project in election.projects)
    rows.writerows([["PROJECTS"], ["project_id", "cost", *columns]])
    for project in election.projects:
        facts = [project.facts.get(column, "") for column in columns]
        rows.writerow([project.key, written(project.cost), *facts])
    columns = _columns(vote.facts for vote in election.votes)
    pointed = election.vote_type in POINT_TYPES or any(vote.points for vote in election.votes)
    points = ["points"] if pointed else []
    rows.writerows([["VOTES"], ["voter_id", "vote", *points, *columns]])
    for vote in election.votes:
        given = [",".join(map(written, vote.points))] if points else []
        facts = [vote.facts.get(column, "") for column in columns]
        rows.writerow([vote.voter, ",".join(vote.choices), *given, *facts])
    return out.getvalue()


def _columns(rows: Iterable[Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(column for row in rows for column in row))


def _rows(text: str) -> Iterator[Row]:
    """Yield every row that is not blank, its cells stripped of the space around them."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=";", skipinitialspace=True)
    start = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield start, stripped
            start = reader.line_num + 1
    except csv.Error:
        raise BadFile(
            N_("A cell here never ends. Is a quotation mark missing?"), line=start
        ) from None


def _sections(text: str) -> dict[str, list[Row]]:
    """Split the rows by section; the first row of each is its header."""
    sections: dict[str, list[Row]] = {}
    current, last = None, 1
    for line, cells in _rows(text):
        last = line
        title = cells[0].upper()
        if title in SECTIONS and not any(cells[1:]):
            if title in sections:
                raise BadFile(N_("There is a second %(section)s here."), line=line, section=title)
            current = sections[title] = []
        elif current is None:
            raise BadFile(N_("The file should start with the word META."), line=line)
        else:
            current.append((line, cells))
    for title in SECTIONS:
        if not sections.get(title):
            raise BadFile(N_("The section %(section)s is missing."), line=last, section=title)
    return sections


def _meta(rows: Sequence[Row]) -> dict[str, tuple[str, int]]:
    """Read META: key -> (value, line)."""
    return {
        cells[0]: (cells[1], line)
        for line, cells in rows
        if len(cells) > 1 and cells[0].lower() != "key"
    }


def _table(rows: Sequence[Row], *required: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the cells of each row by column name.

    Raises:
        BadFile: a required column is missing, or a row is longer than the header.
    """
    (first, header), *rest = rows
    for name in required:
        if name not in header:
            raise BadFile(N_("The column %(column)s is missing."), line=first, column=name)
    for line, cells in rest:
        if any(cells[len(header) :]) or len(cells) <= max(map(header.index, required)):
            raise BadFile(N_("This row and its header have different columns."), line=line)
        yield line, dict(zip(header, cells, strict=False))


def _projects(rows: Sequence[Row]) -> Iterator[Project]:
    known = set()
    for line, cells in _table(rows, "project_id", "cost"):
        key = cells.pop("project_id")
        if key in known:
            raise BadFile(N_("Project %(project)s is here twice."), line=line, project=key)
        known.add(key)
        cost = _money(cells.pop("cost"), "cost", line)
        cells.pop(OUTCOME_COLUMN, None)
        yield Project(key, cost, cells)


def _money(text: str, what: str, line: int) -> Fraction:
    amount = exact(text, what=what, line=line)
    if amount < 0:
        raise BadFile(N_("Money can’t be below zero (%(what)s)."), line=line, what=what)
    return amount


def _votes(
    rows: Sequence[Row], projects: set[str], vote_type: str
) -> tuple[tuple[Vote, ...], list[Remark]]:
    """Read the ballots, and remark on those that name a project more than once."""
    required = ["voter_id", "vote", *(["points"] if vote_type in POINT_TYPES else [])]
    votes, repeats = [], []
    for line, cells in _table(rows, *required):
        voter = cells.pop("voter_id")
        choices = [key.strip() for key in cells.pop("vote").split(",") if key.strip()]
        points = _points(cells.pop("points", ""), vote_type, line)
        if points and len(points) != len(choices):
            raise BadFile(N_("A ballot needs as many points as projects."), line=line)
        if vote_type in POINT_TYPES and choices and not points:
            raise BadFile(N_("This ballot has no points."), line=line)
        for key in choices:
            if key not in projects:
                raise BadFile(N_("Project %(project)s isn’t in PROJECTS."), line=line, project=key)
        places = [place for place, key in enumerate(choices) if key not in choices[:place]]
        if len(places) < len(choices):
            repeats.append(Remark(N_("A project is named twice; it counts once."), line=line))
        kept = tuple(choices[place] for place in places)
        votes.append(Vote(voter, kept, tuple(points[n] for n in places) if points else (), cells))
    return tuple(votes), repeats


def _points(text: str, vote_type: str, line: int) -> list[Fraction]:
    points = [exact(point, what="points", line=line) for point in text.split(",") if point.strip()]
    if vote_type == "cumulative" and any(point < 0 for point in points):
        raise BadFile(N_("Points can’t be below zero."), line=line)
    return points
