"""Care for what people write: when a post waits for a facilitator's look, and the words for why."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import N_, Refused

#: Which posts of a workshop wait for a look before the room sees them.
MODES: Final[dict[str, str]] = {
    "off": N_("Posts show at once"),
    "first": N_("Each person’s first post waits for a look"),
    "all": N_("Every post waits for a look"),
}

#: Why a post is held, as the facilitator reads it. An asked one waits for its author.
HELD_FOR: Final[dict[str, str]] = {
    "all": N_("Every post waits"),
    "first": N_("A first post"),
    "words": N_("Has a word from your list"),
    "reports": N_("People asked you to look"),
    "asked": N_("Waits for its author"),
    "again": N_("Has other words now"),
}

#: A facilitator's reason, as the author reads it; "" gives none.
REASONS: Final[dict[str, str]] = {
    "": N_("No reason given"),
    "names": N_("It seems to name somebody."),
    "private": N_("It tells something private."),
    "unkind": N_("It could hurt somebody."),
    "unclear": N_("Others may not understand it."),
    "elsewhere": N_("It’s about something else."),
    "twice": N_("It’s here already."),
    "other": N_("Another reason"),
}

#: Why a participant asks the facilitator to look at a post.
CONCERNS: Final[dict[str, str]] = {
    "names": N_("It names somebody"),
    "private": N_("It tells something private"),
    "unkind": N_("It’s unkind"),
    "elsewhere": N_("It doesn’t belong here"),
    "other": N_("Something else"),
}

#: Why somebody is asked to leave; "" gives no reason.
LEAVING: Final[dict[str, str]] = {
    "": N_("No reason given"),
    "unkind": N_("Unkind to others"),
    "flooding": N_("Too many posts"),
    "mistake": N_("Came in by mistake"),
    "twice": N_("Has another seat"),
    "other": N_("Another reason"),
}

#: Lines of the care log, in the past tense. None of them says what was written.
DEEDS: Final[dict[str, str]] = {
    "post.held": N_("Held for a look"),
    "post.shown": N_("Let it show"),
    "post.asked": N_("Asked for other words"),
    "post.hidden": N_("Hid it"),
    "post.removed": N_("Removed it"),
    "seat.removed": N_("Asked somebody to leave"),
    "care.changed": N_("Changed the rules of care"),
    "keep.changed": N_("Chose how long words are kept"),
    "votes.aside": N_("Set votes aside"),
    "votes.left": N_("Looked at votes and left them in"),
    "votes.again": N_("Took a decision about votes back"),
}

#: Kinds of post that nobody but their author ever sees: there is nothing to hold back.
PRIVATE: Final = frozenset({"pledge"})

FEWEST_REPORTS: Final = 2
MOST_REPORTS: Final = 5
PEOPLE_PER_REPORT: Final = 10


def holds(mode: str, kind: str, *, known: bool, matched: bool) -> str:
    """Why a post waits for a look, a key of `HELD_FOR`; "" where it shows at once.

    Args:
        known: whether a post of the same person is to be seen already.
        matched: whether one of the workshop's own listed words is in it.
    """
    if kind in PRIVATE:
        return ""
    if mode == "all":
        return "all"
    if mode == "first" and not known:
        return "first"
    return "words" if matched else ""


def enough_reports(people: int) -> int:
    """How many people must ask for a look before a post is held: 2 to 5, one in ten."""
    return max(FEWEST_REPORTS, min(MOST_REPORTS, -(-people // PEOPLE_PER_REPORT)))


def reports_hold(reports: int, people: int, *, looked_at: bool, voting: bool) -> bool:
    """Whether so many reports hold a post back by themselves.

    Not where a facilitator has let it show already, and not while the room votes: two people
    could take an idea off everybody's ballot. The facilitator is told in either case.
    """
    return reports >= enough_reports(people) and not looked_at and not voting


def one_of(key: str, known: dict[str, str]) -> str:
    """`key`, where it is one of the `known` ones.

    Raises:
        Refused: `unknown_choice`.
    """
    if key not in known:
        raise Refused("unknown_choice")
    return key
