"""Commands about files: counts, agreement and choices that anybody can check.

A command is one row of `CHECKS`; what it works out stands in `formats`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workshop.cli.asking import Asked, Start, in_sentences, whole

Option = tuple[str, Mapping[str, Any]]
TOP: Final[Option] = ("--top", {"type": whole, "metavar": "K", "help": "the most winners"})
SEED: Final[Option] = ("--seed", {"type": whole, "default": 1, "help": "draws are repeatable"})


@dataclass(frozen=True, slots=True)
class Check:
    """One command about a file.

    Attributes:
        about: what it does, for the help.
        path: what its file is called in the help.
        answer: (what was asked, the path) -> what is printed.
        options: the options it takes beside `--json`.
    """

    about: str
    path: str
    answer: Callable[[Asked, Path], Any]
    options: Sequence[Option] = ()


def _tally(asked: Asked, path: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    from workshop.formats import checks

    if asked.shortlist is None and asked.completion is None:
        return checks.tally_file(path, method=asked.method, top=asked.top)
    return checks.shortlist_file(
        path,
        rule=asked.shortlist or "equal-shares",
        completion=asked.completion,
        top=asked.top,
        method=asked.method,
    )


def _agreement(asked: Asked, path: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    from workshop.formats.agreements import agreement_dir

    return agreement_dir(path, groups=asked.groups)


def _pairwise(_asked: Asked, path: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    from workshop.formats.agreements import pairwise_file

    return pairwise_file(path)


def _committee(asked: Asked, path: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    from workshop.formats.checks import committee_file

    return committee_file(path, rule=asked.rule, size=asked.size)


def _assess(asked: Asked, path: Path) -> Any:  # noqa: ANN401 - whatever JSON can hold
    from workshop.formats.assess import assess_file

    return assess_file(path, asked.seed)


CHECKS: Final[dict[str, Check]] = {
    "tally": Check(
        "count a Pabulib file of votes, and say who wins under its budget",
        "FILE.pb",
        _tally,
        (
            ("--method", {"choices": ["dots", "approval", "ranked"]}),
            TOP,
            ("--shortlist", {"choices": ["plain", "equal-shares"]}),
            ("--completion", {"choices": ["add1", "phragmen"]}),
        ),
    ),
    "agreement": Check(
        "say where the opinion groups of a Polis export agree",
        "DIR",
        _agreement,
        (("--groups", {"choices": ["published", "discovered"], "default": "published"}),),
    ),
    "pairwise": Check("compare the alternatives of a PrefLib file, two by two", "FILE", _pairwise),
    "committee": Check(
        "choose a committee from approvals",
        "FILE.json",
        _committee,
        (
            (
                "--rule",
                {"choices": ["av", "seqphragmen", "equal-shares"], "default": "equal-shares"},
            ),
            ("--size", {"type": whole, "required": True, "metavar": "K"}),
        ),
    ),
    "assess": Check("work out reward and risk of a file of ideas", "FILE.json", _assess, (SEED,)),
}


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang every check on the command line."""
    for name, check in CHECKS.items():
        command = commands.add_parser(name, help=check.about, description=check.about)
        command.add_argument("path", type=Path, metavar=check.path)
        for option, given in check.options:
            command.add_argument(option, **given)
        command.add_argument("--json", action="store_true", help="print JSON and nothing else")
        command.set_defaults(run=_answer(check))


def _answer(check: Check) -> Callable[[Asked, Start], int]:
    def run(asked: Asked, _start: Start) -> int:
        with in_sentences():
            found = check.answer(asked, asked.path)
        if asked.json:
            print(json.dumps(found, ensure_ascii=False))
        else:
            print(readable(found))
        return 0

    return run


def readable(found: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    """What a check found, for people: one line for each part, lists on lines of their own."""
    if isinstance(found, Mapping):
        return "\n".join(f"{name}: {_short(value)}" for name, value in found.items())
    return "\n".join(_short(row) for row in found)


def _short(value: Any) -> str:  # noqa: ANN401 - whatever JSON can hold
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_short(part)}" for name, part in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(_short, value)) or "none"
    return str(value)
