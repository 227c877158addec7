"""The session pack: a workshop's plan as versioned JSON, checked by line when it comes back."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from workshop.formats.files import MEBIBYTE, BadFile
from workshop.formats.located import Located, located
from workshop.rules import plans
from workshop.rules.packs import FIELDS, RULE, Pack, as_fields, from_fields
from workshop.rules.permissions import kept
from workshop.rules.phases import PHASES
from workshop.rules.plans import MOST_STEPS, StepPlan, checked
from workshop.rules.refusals import N_, Refused
from workshop.rules.wording import LIMITS, clean

MIME: Final = "application/json"
SUFFIX: Final = ".json"
NAME: Final = "longtable-pack"
VERSION: Final = 1
"""Goes up whenever an old version's file could be misread."""

LARGEST: Final = MEBIBYTE // 8
"""Bytes of the biggest pack that is read: forty steps with the longest texts fill a third of it."""

ABOUT: Final = ("title", "service", "goal", "better_for")
"""What the workshop is about; each is bounded by its own line in `LIMITS`."""


def write_pack(pack: Pack) -> bytes:
    """`{"format", "version", "workshop", "steps"}` in UTF-8, one field a line."""
    whole = {
        "format": NAME,
        "version": VERSION,
        "workshop": {name: getattr(pack, name) for name in ABOUT},
        "steps": [as_fields(step) for step in pack.steps],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def read_pack(data: bytes) -> Pack:
    """The plan in a file that `write_pack` wrote, here or elsewhere; all of it or none.

    Raises:
        BadFile: one sentence, with the line that is wrong and why.
    """
    if len(data) > LARGEST:
        raise BadFile(
            N_("This file is too big. A session pack has %(limit)s KB at most."),
            limit=LARGEST // 1024,
        )
    whole = located(data)
    fields = _object(whole, ("format", "version", "workshop", "steps"), _first_two)
    about = _about(fields["workshop"])
    return Pack(**about, steps=_steps(fields["steps"]))


def _first_two(fields: Mapping[str, Located]) -> None:
    """Look at name and version before anything else: another file's other faults tell nothing."""
    name, version = fields.get("format"), fields.get("version")
    if name is None or name.value != NAME:
        raise BadFile(N_("This isn’t a session pack saved by Longtable."), line=_line(name))
    if version is None or version.value != VERSION or isinstance(version.value, bool):
        raise BadFile(
            N_("This pack was saved by another version. We read version %(version)s."),
            line=_line(version),
            version=VERSION,
        )


def _line(found: Located | None) -> int:
    return found.line if found else 1


def _object(
    found: Located,
    needed: tuple[str, ...],
    first: Callable[[Mapping[str, Located]], None] = lambda _: None,
    may: tuple[str, ...] = (),
) -> Mapping[str, Located]:
    """The fields of an object that has all of `needed` and, beside them, none but `may`."""
    if not isinstance(found.value, dict):
        raise BadFile(N_("Something in curly brackets should stand here."), line=found.line)
    fields: dict[str, Located] = found.value
    first(fields)
    for key, value in fields.items():
        if key not in {*needed, *may}:
            unknown = N_("We don’t know “%(key)s” here.")
            raise BadFile(unknown, line=value.line, key=key[:40])
    for key in needed:
        if key not in fields:
            raise BadFile(N_("“%(key)s” is missing here."), line=found.line, key=key)
    return fields


def _about(found: Located) -> dict[str, str]:
    fields = _object(found, ABOUT)
    return {name: _fits(name, fields[name], partial(clean, limit=LIMITS[name])) for name in ABOUT}


def _fits(name: str, found: Located, check: Callable[[Any], Any]) -> Any:  # noqa: ANN401 - each check gives its own kind
    """What `check` makes of a value; its refusal told with the line and the name of the field."""
    try:
        return check(found.value)
    except Refused as no:
        raise BadFile(N_("“%(field)s”: %(why)s"), line=found.line, field=name, why=no) from None


def _steps(found: Located) -> tuple[StepPlan, ...]:
    if not isinstance(found.value, list) or not found.value:
        raise BadFile(N_("“steps” should be a list with at least one step."), line=found.line)
    if len(found.value) > MOST_STEPS:
        wrong = Refused("too_many_steps", most=MOST_STEPS)
        raise BadFile(N_("“%(field)s”: %(why)s"), line=found.line, field="steps", why=wrong)
    return tuple(_step(step) for step in found.value)


def _step(found: Located) -> StepPlan:
    fields = _object(found, ("phase", "minutes"), may=FIELDS)
    phase = _fits("phase", fields["phase"], plans.known_phase)
    checks = _checks(phase)
    for name in fields:
        if name not in checks:
            raise BadFile(
                N_("“%(field)s”: only a vote has this."), line=fields[name].line, field=name
            )
    given = {name: _fits(name, fields[name], checks[name]) for name in fields}
    if PHASES[phase].votes and "method" not in fields:
        raise BadFile(N_("“%(key)s” is missing here."), line=found.line, key="method")
    return checked(from_fields(given))


def _checks(phase: str) -> Mapping[str, Callable[[Any], Any]]:
    """How each field of a step of this kind is looked at, by the rules that forms go by too."""
    votes = PHASES[phase].votes
    found: dict[str, Callable[[Any], Any]] = {
        "phase": plans.known_phase,
        "question": lambda text: clean(text, LIMITS["instruction"]),
        "minutes": lambda n: plans.whole(n, 0, plans.LONGEST_STEP),
        "view": lambda view: plans.known_view(phase, view),
        "posters": _groups,
        "voters": lambda groups: _groups(groups, somebody=votes),
        "method": plans.known_method,
        "budget": lambda n: plans.whole(n, 0, plans.MOST_VOTES),
        "cap": lambda n: plans.whole(n, 1, plans.MOST_VOTES),
        "quadratic": _yes_or_no,
    }
    return found if votes else {name: look for name, look in found.items() if name not in RULE}


def _yes_or_no(found: object) -> bool:
    if not isinstance(found, bool):
        raise Refused("bad_value")
    return found


def _groups(found: object, *, somebody: bool = False) -> list[str]:
    """A list of groups, each named once."""
    if not isinstance(found, list):
        raise Refused("unknown_group")
    names = [one.value for one in found]
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise Refused("unknown_group")
    return (plans.somebody(names) if somebody else kept(names)).split()
