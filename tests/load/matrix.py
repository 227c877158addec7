"""All rows of the published tables, one after another: `python tests/load/matrix.py --out FILE`.

Every row has a server of its own on the first core, a fresh database, and the generator on the
second core. A row that fails says so, and the rest go on. What each row found is kept in FILE as
JSON after every row; `--tables FILE` prints the tables of docs/performance.md from it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from tests.load.machinery import Failed, Services, database_for, machine, standing
from tests.load.rows import ROWS, Row
from tests.load.standing import GENERATOR_CORE, stay_on
from tests.load.tables import tables
from tests.served import ROOT, SECRET_KEY

REST_SECONDS: Final = 5.0
"""Between two rows, for the machine to write out what the last one left."""


def main() -> int:
    """Run the rows that were asked for, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--out", type=Path, default=Path("matrix.json"))
    parser.add_argument("--only", action="append", help="rows whose name begins so")
    parser.add_argument("--list", action="store_true", help="print the names of all rows")
    parser.add_argument("--tables", type=Path, metavar="FILE", help="print the tables of a file")
    parser.add_argument("--port", type=int, default=5770, help="and the next few after it")
    parser.add_argument("--postgres", default="postgresql://postgres@127.0.0.1:5432/postgres")
    parser.add_argument("--redis", default="redis://127.0.0.1:6379/9")
    asked = parser.parse_args()
    if asked.tables:
        _say(tables(json.loads(asked.tables.read_text())))
        return 0
    rows = [row for row in ROWS if _wanted(row, asked.only)]
    if asked.list:
        _say("\n".join(row.name for row in rows))
        return 0
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # the server's files, too
    told = _all(rows, asked.out, asked.port, Services(asked.postgres, asked.redis))
    _say(tables(told))
    return 1 if any("failed" in row for row in told["rows"]) else 0


def _wanted(row: Row, only: list[str] | None) -> bool:
    return not only or any(row.name.startswith(start) for start in only)


def _all(rows: list[Row], out: Path, port: int, services: Services) -> dict[str, Any]:
    told: dict[str, Any] = {"machine": machine(), "rows": []}
    for number, row in enumerate(rows, 1):
        began, load = time.monotonic(), os.getloadavg()[0]
        _say(f"{number} of {len(rows)}: {row.name}, for {row.limit:.0f} s at most")
        found = {**asdict(row), "name": row.name, "load_before": round(load, 2)}
        try:
            found |= _one(row, port, services)
        except Exception as error:  # noqa: BLE001 - one row that fails does not end the rest
            found["failed"] = f"{type(error).__name__}: {error}"
        found["seconds"] = round(time.monotonic() - began, 1)
        told["rows"].append(found)
        out.write_text(json.dumps(told, indent=1) + "\n")
        _say(f"   {found.get('failed') or 'done'}, {found['seconds']:.0f} s")
        time.sleep(REST_SECONDS)
    return told


def _one(row: Row, port: int, services: Services) -> dict[str, Any]:
    """Run one row: its command, and what it printed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if row.kind == "restart":
            script = str(Path(__file__).with_name("bench_restart.py"))
            options = ["--phones", str(row.phones), "--engine", row.engine, "--port", str(port)]
            return _generate([script, *options], row, {"PYTHONPATH": str(ROOT)}, folder)
        with (
            database_for(row, folder, port, services) as settings,
            standing(row, folder, port, settings) as pids,
        ):
            command = ["rehearse", "--url", f"http://127.0.0.1:{port}", "--json", *row.options]
            for pid in pids:
                command += ["--server-pid", str(pid)]
            found = _generate([str(ROOT / "app.py"), *command], row, settings, folder)
            return {**found, "processes_found": len(pids)}


def _generate(
    command: list[str], row: Row, settings: dict[str, str], folder: Path
) -> dict[str, Any]:
    """Run the generator on its own core and take the JSON that it prints.

    Raises:
        Failed: it took too long, or printed none.
    """
    stay_on(GENERATOR_CORE)
    plain = {name: one for name, one in os.environ.items() if not name.startswith("LONGTABLE_")}
    try:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=folder,
            env=plain | {"LONGTABLE_SECRET_KEY": SECRET_KEY} | settings,
            capture_output=True,
            text=True,
            timeout=row.limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failed(f"it was not done within {row.limit:.0f} s") from error
    try:
        found = json.loads(done.stdout)
    except ValueError as error:
        last = done.stderr.strip().splitlines()[-1:] or ["it said nothing"]
        raise Failed(last[0]) from error
    shown = [Path(word).name if word.endswith(".py") else word for word in command]
    return {"command": " ".join(shown), "found": found}


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
