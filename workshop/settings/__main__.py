"""Print the table of settings as docs/settings.md shows it: `python -m workshop.settings`."""

from __future__ import annotations

import sys

from workshop.settings.table import ROWS


def table() -> str:
    """The table in Markdown, one row a setting, in the order of the dataclass."""
    lines = ["| variable | without it | what it does |", "| --- | --- | --- |"]
    for name, row in ROWS.items():
        lines.append(f"| `{name}` | {row.metadata['unset']} | {row.metadata['says']} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(table())
