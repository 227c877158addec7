"""Do one fault and print its figures as one line of JSON: `python -m tests.faults races --whole`.

Ends with 1 where anything happened that must never happen.
"""

from __future__ import annotations

import argparse
import json

from tests.faults.table import FAULTS, do


def main() -> int:
    """Read the command line, do the fault, print its figures."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("name", choices=sorted(FAULTS))
    size = asked.add_mutually_exclusive_group()
    size.add_argument("--whole", action="store_true", help="as often as for the published figure")
    size.add_argument("--rounds", type=int, help="how often, instead")
    asked.add_argument("--seed", type=int, help="do again what this seed did")
    given = asked.parse_args()
    fault = FAULTS[given.name]
    rounds = given.rounds or (fault.whole if given.whole else fault.short)
    figures = do(given.name, rounds, given.seed)
    print(json.dumps(figures))  # noqa: T201 - what it prints is what it is for
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
