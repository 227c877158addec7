"""Reading one item of an assessment file, every slip said plainly and with the item's name.

An item holds the keys of `FIELDS`: `scores` is, for each assessor, five `[low, likely, high]` in
the order of `RANKED`; `risks` is `[band, impact]` by factor; `effort` counts person-months. A file
carries no owner and no law check, and what it does not carry closes no gate.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, TypeGuard

from workshop.formats.files import BadFile
from workshop.rules.refusals import N_, Refused
from workshop.rules.scoring.assessment import EVIDENCE, Assessment, ItemFacts, Score
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.harm import RiskScore
from workshop.rules.scoring.risk import FACTORS, REVERSIBILITY
from workshop.rules.scoring.simulation import Case

FIELDS: Final = ("name", "scores", "evidence", "reversible", "effort", "risks")
LARGEST_NUMBER: Final = 1e300
_STEPS: Final = {step.words: step.key for step in REVERSIBILITY.values()}


def read_item(found: object, place: int) -> Case:
    """Read item number `place` (from 1); its name becomes the key. Raises BadFile."""
    item = an_object(found, BadFile(N_("Item %(place)s isn’t an object."), place=place))
    name = item.get("name")
    if not isinstance(name, str) or not name.strip():
        raise BadFile(N_("Item %(place)s has no name."), place=place)
    for field in FIELDS:
        if field not in item:
            raise BadFile(N_("“%(item)s” has no “%(field)s”."), item=name, field=field)
    risks = _risks(name, item["risks"])
    return Case(name, _facts(name, item), _assessments(name, item["scores"], risks))


def _facts(name: str, item: Mapping[str, Any]) -> ItemFacts:
    evidence, step, effort = item["evidence"], item["reversible"], item["effort"]
    if type(evidence) is not int or not 0 <= evidence < len(EVIDENCE):
        raise BadFile(N_("“%(item)s”: “evidence” is a whole number from 0 to 5."), item=name)
    if not isinstance(step, str) or step not in _STEPS:
        raise BadFile(
            N_("“%(item)s”: “reversible” is one of: %(steps)s."), item=name, steps=", ".join(_STEPS)
        )
    if not is_number(effort) or effort < 0:
        raise BadFile(
            N_("“%(item)s”: “effort” is a number of person-months, 0 or more."), item=name
        )
    return ItemFacts(evidence, _STEPS[step], effort=float(effort))


def _risks(name: str, found: object) -> dict[str, RiskScore]:
    sentence = N_("“%(item)s”: “risks” should hold [band, impact] by factor.")
    given = an_object(found, BadFile(sentence, item=name))
    return {key: _risk(name, key, pair) for key, pair in given.items()}


def _risk(name: str, key: str, pair: object) -> RiskScore:
    if key not in FACTORS:
        raise BadFile(
            N_("“%(item)s”: “%(key)s” isn’t a risk factor we know."), item=name, key=key[:40]
        )
    sentence = N_("“%(item)s”, %(key)s: give [band, impact], each a whole number from 1 to 5.")
    if not isinstance(pair, list) or len(pair) != 2:
        raise BadFile(sentence, item=name, key=key)
    try:
        return RiskScore(*pair)
    except Refused:
        raise BadFile(sentence, item=name, key=key) from None


def _assessments(
    name: str, found: object, risks: Mapping[str, RiskScore]
) -> tuple[Assessment, ...]:
    if not isinstance(found, list) or not found:
        raise BadFile(N_("“%(item)s” needs scores from one assessor or more."), item=name)
    return tuple(
        Assessment(str(place), "citizen", _scores(name, place, rows), risks)
        for place, rows in enumerate(found, start=1)
    )


def _scores(name: str, place: int, rows: object) -> dict[str, Score]:
    if not isinstance(rows, list) or len(rows) != len(RANKED):
        raise BadFile(
            N_("“%(item)s”, assessor %(place)s: give %(count)s scores, in the order %(order)s."),
            item=name,
            place=place,
            count=len(RANKED),
            order=", ".join(RANKED),
        )
    return {key: _score(row, name, place, key) for key, row in zip(RANKED, rows, strict=True)}


def _score(row: object, name: str, place: int, key: str) -> Score:
    if not (isinstance(row, list) and len(row) == 3 and all(map(is_number, row))):
        raise BadFile(
            N_("“%(item)s”, assessor %(place)s, %(key)s: give three numbers, [low, likely, high]."),
            item=name,
            place=place,
            key=key,
        )
    try:
        return Score(*row)
    except Refused as no:
        sentence = N_("“%(item)s”, assessor %(place)s, %(key)s: %(why)s")
        raise BadFile(sentence, item=name, place=place, key=key, why=no.words()) from None


def an_object(found: object, otherwise: BadFile) -> dict[str, Any]:
    """The JSON object `found`; raises `otherwise` where it is something else."""
    if not isinstance(found, dict):
        raise otherwise
    return found


def is_number(found: object) -> TypeGuard[float]:
    """Whether JSON's `found` is a number that can be reckoned with: not true, NaN or endless."""
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        return False
    return abs(found) <= LARGEST_NUMBER
