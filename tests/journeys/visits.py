"""Every page of the product as a list of visits: who comes, and by which address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.journeys.items import item_visits
from tests.journeys.planned import plan_visits
from tests.journeys.rooms import HOST_LINKS, LINKS, PHASES, Rooms
from tests.journeys.scored import score_visits

NOT_PAGES = {
    "static": "files of the front end",
    "operator.health": "an answer for machines",
    "operator.readiness": "an answer for machines",
    "operator.numbers": "an answer for machines",
    "leader.working": "an answer for machines",
    "participant.picture": "a picture on a card",
    "leader.export": "a file to keep",
    "facilitator.ballots": "a file to keep",
    "facilitator.care_log": "a file to keep",
    "facilitator.record": "a file to keep",
    "facilitator.pack": "a file to keep",
    "facilitator.pabulib_vote": "a file to keep",
    "facilitator.result_table": "a file to keep",
}
"""Addresses that answer to GET and are no pages, with the reason."""


@dataclass(frozen=True)
class Visit:
    """Somebody opens an address, or sends a form of that page to another address.

    Attributes:
        who: the person, as in `Rooms.cookies`.
        path: the address.
        sends: where to send fields from that page, without JavaScript; "" is nowhere.
        fields: what to send.
        status: the answer that is expected in the end.
    """

    who: str
    path: str
    sends: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    status: int = 200

    @property
    def name(self) -> str:
        """A name for reports: who, where, what."""
        return f"{self.who} {self.path} {self.sends}".strip()


def visits(told: Rooms) -> Iterator[Visit]:
    """Every page, in each of the states that change what stands on it."""
    yield from _open(told)
    yield from _phone(told)
    yield from _helped(told)
    yield from _desk(told)
    for who, path, sends, status in plan_visits(told):
        yield Visit(who, path, sends, status=status)
    yield from _screens(told)
    yield from _after(told)


def _open(told: Rooms) -> Iterator[Visit]:
    """Pages for anybody."""
    for path in ("/", "/join", "/resume", "/sign-in", "/accessibility", "/privacy", "/how"):
        yield Visit("anybody", path)
    for room in ("welcome", "empty", "finished", "ended"):
        yield Visit("anybody", f"/j/{told.rooms[room].link_token}")
    yield Visit("anybody", f"/setup/{LINKS['setup']}")
    yield Visit("anybody", f"/invitation/{LINKS['invite']}")
    yield Visit("anybody", f"/robot/{LINKS['robot']}")
    yield Visit("anybody", f"/host/{HOST_LINKS['cohost']}")
    yield Visit("facilitator", f"/host/{HOST_LINKS['cohost']}")
    yield Visit("anybody", f"/remote/{HOST_LINKS['remote']}")
    yield Visit("anybody", "/changes")
    for room in ("finished", "over"):
        yield Visit("anybody", f"/changes/{told.rooms[room].slug}")
        yield Visit("anybody", f"/changes/{told.rooms[room].slug}/votes")
    yield Visit("anybody", "/rub-out")
    yield Visit("anybody", "/rub-out", "/rub-out", (("code", "XXXX"), ("sure", "y")), status=409)
    yield Visit("anybody", "/nowhere", status=404)
    yield Visit("anybody", "/invitation/an old one", status=409)
    yield Visit("anybody", "/", "/join", (("code", "000 000"),), status=409)
    yield Visit("anybody", "/resume", "/resume", (("code", "XXXX"),), status=409)
    wrong = (("email", "nobody@example.org"), ("password", "not the password"))
    yield Visit("anybody", "/sign-in", "/sign-in", wrong, status=409)
    yield Visit("anybody", f"/setup/{LINKS['setup']}", f"/setup/{LINKS['setup']}", status=422)


def _phone(told: Rooms) -> Iterator[Visit]:
    """A participant's phone at each step, and the pages beside it."""
    for name in told.seats:
        yield Visit("participant", f"/w/{told.rooms[name].slug}")
    ideas = f"/w/{told.rooms['ideas'].slug}"
    yield Visit("participant", f"{ideas}?problem=0")
    yield Visit("participant", f"{ideas}?problem={told.answerable}")
    yield Visit("participant", f"{ideas}?problem=0", f"{ideas}/ideas", status=422)
    yield Visit("participant", f"{ideas}?builds={told.discussed}")
    problems = f"/w/{told.rooms['problems'].slug}"
    yield Visit("participant", f"{problems}?builds={told.repeated}")
    yield Visit("participant", problems, f"{problems}/problems", (("text", told.said_before),))
    yield Visit("participant", f"{ideas}/ideas/{told.discussed}?at=3")
    empty = (("idea_id", str(told.discussed)), ("text", ""))
    yield Visit("participant", ideas, f"{ideas}/comments", empty, status=422)
    yield Visit("participant", f"{ideas}/mine")
    yield Visit("participant", f"/w/{told.rooms['results'].slug}/votes")
    yield Visit("participant", f"/w/{told.rooms['over'].slug}/mine")
    yield Visit("participant", f"{ideas}/seat")
    line = f"/w/{told.rooms['journey'].slug}"
    yield Visit("participant", line, f"{line}/moments", (("text", "We waited."),), status=422)
    yield Visit("participant", f"{line}/mine")
    yield Visit("participant", f"{ideas}/move")
    cared = f"/w/{told.rooms['cared'].slug}"
    yield Visit("participant", f"{cared}/mine")
    yield Visit("participant", f"{cared}/rub-out")
    yield Visit("participant", f"{cared}/rub-out", f"{cared}/rub-out", status=422)
    for post in (told.reported, told.reportable):
        yield Visit("participant", f"{cared}/posts/{post}/report")
    report = f"{cared}/posts/{told.reportable}/report"
    nothing = (("post_id", str(told.reportable)),)
    yield Visit("participant", report, f"{cared}/posts/report", nothing, status=409)
    vote = f"/w/{told.rooms['vote'].slug}"
    late = (("text", "We wait for pills."),)
    yield Visit("participant", vote, f"{vote}/problems", late, status=409)
    edit = (("post_id", str(told.posted)), ("text", ""))
    yield Visit("participant", ideas, f"{ideas}/posts/edit", edit, status=422)


def _helped(told: Rooms) -> Iterator[Visit]:
    """A device with several people on it, and one that has nobody on it yet."""
    for name in ("problems", "vote"):
        room = f"/w/{told.rooms[name].slug}"
        for ending in ("", "/people", "/people/new", "/people/codes", "/move", "/mine"):
            yield Visit("helper", f"{room}{ending}")
    yield Visit("helper", f"/w/{told.rooms['vote'].slug}/paper")
    wrong = (("code", "ABC"),)
    paper = f"/w/{told.rooms['problems'].slug}/paper"
    yield Visit("helper", paper, paper, wrong, status=409)
    # On a device of its own: one keeps two rooms, and forgets the first for a third.
    token = told.rooms["empty"].helper_token
    yield Visit("new helper", f"/help/{token}")
    yield Visit("new helper", f"/w/{told.rooms['empty'].slug}/people/codes")


def _line(told: Rooms) -> Iterator[Visit]:
    """A journey in the control room, and its parts as the facilitator names them."""
    yield Visit("facilitator", f"/workshops/{told.rooms['journey'].slug}")
    line = f"/workshops/{told.rooms['journey'].slug}/journey"
    yield Visit("facilitator", line)
    yield Visit("facilitator", line, line, (("lines", "Before"),), status=409)


def _desk(told: Rooms) -> Iterator[Visit]:
    """The facilitator before, in and after a workshop, and who invites them."""
    for path in ("/workshops", "/workshops/new", "/workshops/bring", "/templates"):
        yield Visit("facilitator", path)
    yield Visit("facilitator", "/workshops/new", "/workshops/new", status=422)
    for name in (*PHASES, "empty", "sealed", "revealing", "sweep", "approval", "finished"):
        yield Visit("facilitator", f"/workshops/{told.rooms[name].slug}")
    cared = f"/workshops/{told.rooms['cared'].slug}"
    for ending in ("", "/care", f"/seats/{told.asked}"):
        yield Visit("facilitator", f"{cared}{ending}")
    yield Visit("facilitator", f"{cared}/care", f"{cared}/care", status=422)
    for name in ("finished", "results", "vote", "upcoming"):
        yield Visit("facilitator", f"/workshops/{told.rooms[name].slug}/results")
    verdict = (("round_id", "1"), ("idea_id", "1"), ("reason", ""))
    results = f"/workshops/{told.rooms['finished'].slug}/results"
    yield Visit("facilitator", results, f"{results}/verdict", verdict, status=422)
    for name in ("upcoming", "problems", "vote", "finished"):
        yield Visit("facilitator", f"/workshops/{told.rooms[name].slug}/everybody")
    ideas = f"/workshops/{told.rooms['ideas'].slug}"
    yield Visit("facilitator", f"{ideas}/questions?from={told.answerable}")
    yield Visit("facilitator", f"{ideas}/questions", f"{ideas}/questions", status=422)
    yield Visit("facilitator", f"{ideas}/ideas/{told.discussed}")
    yield from _line(told)
    yield from _paper(told)
    for name in (*PHASES, "revealing", "finished"):
        yield Visit("facilitator", f"/workshops/{told.rooms[name].slug}/remote")
    run = f"/workshops/{told.rooms['ideas'].slug}"
    yield Visit("facilitator", f"{run}/hosts")
    yield Visit("facilitator", f"{run}/hosts", f"{run}/hosts", (("email", ""),), status=422)
    yield Visit("facilitator", f"{run}/hosts", f"{run}/hosts/link")
    yield Visit("facilitator", f"{run}/hosts", f"{run}/remote")
    yield Visit("administrator", "/people")
    yield Visit("administrator", "/workshops")


def _paper(told: Rooms) -> Iterator[Visit]:
    """The join card, sheets of every kind, and counting hands."""
    vote = f"/workshops/{told.rooms['vote'].slug}"
    yield Visit("facilitator", f"{vote}/card")
    wifi = (("network", "Harbour Guest"), ("password", "tea-and-biscuits"))
    yield Visit("facilitator", f"{vote}/card", f"{vote}/card", wifi)
    yield Visit("facilitator", f"{vote}/show-of-hands")
    yield Visit(
        "facilitator",
        f"{vote}/show-of-hands",
        f"{vote}/show-of-hands",
        (("hands-1-x", "many"),),
        status=409,
    )
    none = (("kind", "vote"), ("many", "0"))
    yield Visit("facilitator", f"{vote}/everybody", f"{vote}/sheets", none, status=409)
    for name, kind in (
        ("vote", "vote"),
        ("sweep", "vote"),
        ("approval", "vote"),
        ("ideas", "idea"),
    ):
        room = f"/workshops/{told.rooms[name].slug}"
        wanted = (("kind", kind), ("many", "2"))
        yield Visit("facilitator", f"{room}/everybody", f"{room}/sheets", wanted)
        for code in told.sheets[name]:
            yield Visit("facilitator", f"/w/{told.rooms[name].slug}/paper/{code}")


def _screens(told: Rooms) -> Iterator[Visit]:
    """The projector: everything that it can show, dark and, for a bright room, light."""
    rooms = ("journey", "empty", "sealed", "revealing", "upcoming", "finished")
    for name in (*PHASES, *rooms, "join", "blank", "spotlight"):
        for look in ("", "?theme=light"):
            yield Visit("projector", f"/screen/{told.rooms[name].screen_token}{look}")


def _after(told: Rooms) -> Iterator[Visit]:
    """The backlog for leaders, and the pages of those who score."""
    yield Visit("leader", "/backlog")
    yield Visit("leader", "/backlog/bring")
    yield Visit("leader", "/backlog/bring", "/backlog/bring", status=422)
    for path in ("/backlog/report", f"/workshops/{told.rooms['finished'].slug}/report"):
        yield Visit("leader", path)
    yield Visit("leader", "/backlog?stage=stopped&advice=none")
    yield Visit("leader", "/backlog/choose")
    yield Visit("leader", "/backlog/choose?months=6")
    yield Visit("leader", "/backlog/choose?months=many", status=422)
    yield Visit("leader", "/backlog/what-if?w-outcome=5&reward=60")
    yield Visit("leader", "/backlog/what-if?w-outcome=-5", status=422)
    for item in (told.items[0], told.items[-1]):
        yield Visit("leader", f"/backlog/{item}")
    for who, path, sends, status in item_visits(told):
        yield Visit(who, path, sends, status=status)
    yield Visit("facilitator", "/backlog")
    yield Visit("facilitator", f"/workshops/{told.rooms['finished'].slug}/assessors")
    for who, path, sends, status in score_visits(told):
        yield Visit(who, path, sends, status=status)
