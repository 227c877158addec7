"""Somebody who takes part reads their own language from the door to the answer."""

from __future__ import annotations

import re
from fnmatch import fnmatch

import pytest

from tests.house.catalogue import COMMITTED, sentences, told
from tests.house.participants import NOT_THEIRS, REFUSED_TO_HOSTS, TO_HOSTS, met, theirs, waiting
from tests.house.refusing import refusals_of
from tests.house.tree import files, named
from workshop.rules.refusals import REFUSALS
from workshop.rules.scoring.rounds import STATES
from workshop.web.languages import LANGUAGES

CODES = sorted(LANGUAGES.keys() - {"en"})
MAY_WAIT = 10
"""How many new sentences may wait: one may be English for a while, a page may not."""
DRAWN = re.compile(r'(?:include|import|from|extends) "([^"]+)"')
KNOWN = {
    "Take my seat",
    "Time’s up",
    "votes",
    "What changed",
    "You promised it",
    "The doors of this workshop are closed just now. Please ask the facilitator.",
    "It seems to name somebody.",
    "Circle a number from 0 to 5 for each idea. You can leave some out.",
    "No phone? Put your hand up. We’ll help you.",
    "Which change should we work on together first?",
    "What if somebody gets hurt or is put at risk?",
    "Save my scores",
    "A gap between groups closes",
    "What if the service as it is can’t keep going?",
    "weeks of harm or delay",
    "Please use a number from 0 to 100.",
    "How would you do it?",
}
"""One sentence each of the door, the browser, a ballot, the public page, a receipt and the rest."""
BY_LINK = tuple(
    f"workshop.web.{name}"
    for name in (
        *("assessor", "reasons", "assess_form", "assess_parts"),
        *("guest", "giving", "own_changes", "own_offers"),
    )
)
"""What answers assessors, partners and teams."""
NEVER_BY_LINK = {
    "bad_effort": "an assessor is not asked how much work it is",
    **dict.fromkeys(
        ("bad_threshold", "bad_weight", "weights_zero", "savings_never_rank"),
        "the yardstick was checked when it was made",
    ),
    "no_scores": "a talk shows the scores that there are",
    "stage_move": "the first score moves an item where it may always go",
}
"""Refusals that the code of their pages holds and that they cannot meet."""


@pytest.mark.parametrize("code", CODES)
def test_whoever_takes_part_reads_their_own_language(code: str) -> None:
    missing = waiting(code)
    assert len(missing) <= MAY_WAIT, sorted(missing)


def test_what_they_meet_is_found_wherever_it_stands() -> None:
    assert met() >= KNOWN
    assert not met() & {
        "Add a step",
        "Bring ideas here",
        "Only the owner of this workshop can take it back.",
    }


def test_nothing_is_translated_that_nobody_says() -> None:
    """Where a sentence was reworded, its old words would stay for ever."""
    for code in CODES:
        assert len(told(code) - sentences(COMMITTED)) <= MAY_WAIT, code


def test_no_page_of_theirs_draws_a_piece_that_was_left_out() -> None:
    pages = [path for path in files(".html") if theirs(named(path)) and "templates/" in named(path)]
    drawn = {f"templates/{name}" for page in pages for name in DRAWN.findall(page.read_text())}
    spoken = {
        "templates/findings/_verdicts.html": "drawn for the facilitator alone",
        "templates/home/_nav.html": "drawn on an assessor's page for whoever signed in",
    }
    assert {name for name in drawn if not theirs(name) and _speaks(name)} == spoken.keys()


def test_every_no_to_somebody_with_a_link_is_in_their_language() -> None:
    given = refusals_of(*BY_LINK)
    assert given >= {"score_range", "savings_how", "no_talk_now", "overtaken", "is_led"}
    assert given & REFUSED_TO_HOSTS == NEVER_BY_LINK.keys()
    assert not {state.refusal for state in STATES.values()} & REFUSED_TO_HOSTS


def test_everything_that_was_left_out_is_still_there() -> None:
    there = [named(path) for path in files(".html", ".py")]
    assert [name for name in NOT_THEIRS if not any(fnmatch(one, name) for one in there)] == []
    assert sentences(COMMITTED) >= TO_HOSTS
    assert REFUSALS.keys() >= REFUSED_TO_HOSTS


def _speaks(name: str) -> bool:
    """Whether a template says anything of its own."""
    text = next(path for path in files(".html") if named(path) == name).read_text()
    return "_(" in text or "gettext(" in text
