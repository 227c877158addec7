"""The sentences that somebody who takes part can meet, gathered from where they stand.

Who sits in the room takes part, and so does whoever is given a link of their own: an assessor, a
partner, a team.

A page or a file counts as theirs unless it is named here as somebody else's, with the reason. So a
new page, refusal or word of the browser is theirs from its first day. Where a table holds more than
they meet, its rows are picked. `python -m tests.house.participants` lists what waits for words.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache

from babel.messages.extract import extract_from_dir

from tests.house.catalogue import COMMITTED, sentences, told
from tests.house.tree import ROOT
from workshop.rules import backlog, care, journey, offers, phases, refusals, roles, templates
from workshop.rules.scoring import assessment, criteria, gates, portfolio, risk, rounds
from workshop.web.languages import LANGUAGES

HOSTS = "only whoever runs a workshop, or answers for it, opens this"
ROWS = "holds more than people meet: the rows they meet are in `rows`"
SIGNED_IN = "people who take part have no account"

NOT_THEIRS = {
    "templates/facilitator/*": HOSTS,
    "templates/home/*": HOSTS,
    "templates/leader/*": HOSTS,
    "templates/cards/_control*": HOSTS,
    "templates/findings/_verdicts.html": "drawn for the facilitator alone",
    "templates/journey/_table.html": "the map in numbers stands on the facilitator's page",
    **{f"templates/offers/{name}.html": HOSTS for name in ("_bar", "desk", "links", "needs")},
    **{f"templates/just/{name}.html": HOSTS for name in ("desk", "lines")},
    "templates/door/sign_in.html": SIGNED_IN,
    "templates/door/new_account.html": SIGNED_IN,
    "templates/door/robot.html": SIGNED_IN,
    "templates/door/host.html": HOSTS,
    "templates/door/remote.html": HOSTS,
    **{
        f"templates/slots/_{name}.html": "a piece of the facilitator's page"
        for name in (
            *("few", "hands", "heading", "journey", "people", "queue", "sees", "size"),
            *("voices", "voted"),
        )
    },
    "workshop/formats/*": "files are written and read by those who run a workshop",
    "workshop/cli/*": "the command line is not a participant's",
    "workshop/rules/refusals.py": ROWS,
    "workshop/rules/templates.py": ROWS,
    "workshop/rules/backlog.py": ROWS,
    "workshop/rules/care.py": ROWS,
    "workshop/rules/scoring/*": ROWS,
    "workshop/rules/offers.py": HOSTS,
    "workshop/rules/stages.py": HOSTS,
    "workshop/rules/trials.py": HOSTS,
    "workshop/rules/questions.py": "a first wording that the facilitator is offered",
    "workshop/rules/rehearsal*": HOSTS,
    "workshop/rules/roles.py": ROWS,
    "workshop/rules/phases.py": ROWS,
    **{
        f"workshop/web/{name}.py": HOSTS
        for name in (
            *("about", "care", "carry", "control"),
            *("desk", "everybody", "yardstick_form", "yardsticks"),
            *("hosts", "invitations", "item_forms", "items", "journey", "plan", "plan_away"),
            *("plan_steps", "programmes", "progress", "questions", "rehearsals", "results"),
            *("saved_plans", "signing", "stage_forms", "step_form", "verdicts"),
            *("plan_steps", "programmes", "progress", "questions", "results", "saved_plans"),
            *("just_do", "offers", "sheets", "signing", "stage_forms", "step_form", "verdicts"),
            *("backlog_bringing", "bringing", "patterns", "filtering", "own_views", "several"),
            *("choosing", "what_if"),
        )
    },
}
"""Where sentences stand that people who take part never meet, each with the reason."""

HANDED_OUT = ("templates/facilitator/sheets.html", "templates/facilitator/join_card.html")
"""Paper that the facilitator prints and people hold."""

TO_HOSTS = frozenset(
    {
        "Picked up: “%(post)s”. Press a theme, a number, or “Merge here” on another card.",
        "Put down again.",
        "“%(post)s” is under “%(theme)s” now.",
        "“%(post)s” is part of “%(card)s” now. Undo takes it out.",
        "Taken out. It stands for itself again.",
        "The theme is there, with its posts.",
        "Undone.",
        "Keys are on",
        "Keys are off",
        "%(n)s chosen | %(n)s chosen",
        "Contested",
        "For printing",
        "That’s over %(most)s MB. We can’t take that.",
        "We keep neither. They’re only on the paper.",
        "Print them now: the same sheets can’t be made again.",
        (
            "%(n)s sheet. It has a code of its own and counts once."
            " | %(n)s sheets. Each has a code of its own and counts once."
        ),
    }
)
"""Sentences for the facilitator that stand among those of everybody."""

_TO_HOSTS = """
keep_longer not_lead not_owner no_such_host not_host_now bad_sign_in nobody_left nudged_lately
round_move round_sealed no_problem not_revealed sheet_count no_vote_now hands_range rule_frozen
nobody_votes unknown_group unknown_step unknown_view unknown_method step_passed step_holds
plan_taken too_many_plans too_many_programmes no_programme last_step too_many_steps merge_itself
merge_unlike merge_sealed pick_some nothing_to_undo undo_too_late few_legs many_legs leg_taken
leg_in_use theme_taken pass_used short_password email_taken answer_first
review_needed review_ahead screen_waits list_size bad_date
no_scores weights_zero bad_weight savings_never_rank outcome_first stage_move test_first pilot_first
sheets_printed raise_late raise_cast no_budget only_raise seen_enough pairs_open pairs_unprinted
no_scores_yet outcome_stays gate_stays too_many_questions order_gaps rehearsal_runs
pilot_begun day_needed bad_order too_many_needs many_never money_range bad_effort
bad_threshold bad_capacity
pattern_gone secret_stays no_such_file
no_filter view_taken too_many_views pick_ideas
"""
REFUSED_TO_HOSTS = frozenset(_TO_HOSTS.split())
"""Refusals that only pages of hosts and leaders can give."""


def rows() -> Iterator[str]:
    """The rows of shared tables that people meet: on their phone, on a sheet, on a public page."""
    yield from (s for code, s in refusals.REFUSALS.items() if code not in REFUSED_TO_HOSTS)
    yield from (*care.REASONS.values(), *care.CONCERNS.values(), *backlog.ANSWERS.values())
    yield from backlog.STAGES.values()
    yield from (*roles.GROUPS.values(), *roles.MANY.values(), *roles.CHANNELS.values())
    yield from journey.FEELINGS.values()
    for phase in phases.PHASES.values():
        yield from (phase.label, phase.question, phase.doing)
    for plan in templates.TEMPLATES.values():
        yield from (step.question for step in plan.steps if step.question)
    yield from (*roles.STANDINGS.values(), *offers.ADOPTION_STATES.values())
    for row in criteria.CRITERIA.values():
        yield from (row.label, row.question, *row.anchors)
    for factor in risk.FACTORS.values():
        yield from (factor.label, factor.question, factor.still)
    for band in risk.LIKELIHOODS.values():
        yield from (band.range, band.words)
    for level in risk.IMPACTS.values():
        yield from (level.label, level.words)
    yield from (*risk.BEARERS.values(), *(step.label for step in risk.REVERSIBILITY.values()))
    yield from (words for words, _width in assessment.EVIDENCE)
    for state in rounds.STATES.values():
        yield from (state.label, state.why)
    yield from gates.GATES.values()
    yield from (row.why for row in portfolio.ADVICE.values())


def theirs(place: str) -> bool:
    """Whether what stands in this file of the project is met by people who take part."""
    return place in HANDED_OUT or not any(fnmatch(place, name) for name in NOT_THEIRS)


@cache
def met() -> frozenset[str]:
    """Every sentence that they can meet; plural forms joined by a bar, as `sentences` has them."""
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None, "lazy_gettext": None}
    kinds = [("workshop/**.py", "python"), ("templates/**.html", "jinja2")]
    found = set(rows())
    for place, _, message, *_ in extract_from_dir(str(ROOT), kinds, keywords=keywords):
        if theirs(place):
            found.add(message if isinstance(message, str) else " | ".join(message))
    counted = {text.partition(" | ")[0] for text in found if " | " in text}
    theirs_alone = found - counted - TO_HOSTS - refusals.REFUSALS.keys()
    return frozenset(theirs_alone & sentences(COMMITTED))


def waiting(code: str) -> frozenset[str]:
    """What people who take part would read in English, although their language is `code`."""
    return met() - told(code)


def main() -> int:
    """List what each language has no words for yet."""
    missing = {code: sorted(waiting(code)) for code in sorted(LANGUAGES.keys() - {"en"})}
    for code, texts in missing.items():
        sys.stdout.write("\n  ".join([f"{code}: {len(texts)}", *texts]) + "\n")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
