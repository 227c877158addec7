"""What a command's name means: which act it is, and what the act needs to know of its sender.

Both doors use this table, the form and the live connection, so they can never differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from workshop import metrics
from workshop.acts import (
    care,
    casting,
    exposing,
    findings,
    freezing,
    hands,
    joining,
    journey,
    marking,
    merging,
    ordering,
    pairing,
    pairs,
    pledges,
    posts,
    running,
    seats,
    suggestions,
    talking,
    undoing,
    voices,
    voting,
    workshops,
)
from workshop.acts.stage import Change, Once, Stage
from workshop.rules.policies import COMMANDS
from workshop.rules.refusals import Refused
from workshop.rules.roles import Who, allow


@dataclass(frozen=True, slots=True)
class Doing:
    """An act by its command name.

    Attributes:
        act: the function in `acts`.
        fixed: values the name itself carries ("idea.post" is a post of kind "idea").
        seat: whether the act is done by a seat, and so needs its number.
        receipt: whether it also needs the person's own secret, to own or to recognise a post.
        hot: whether a hall does it all at once. Such an act speaks to the database plainly, and
            itself holds the receipt against the seat, so nobody has to look that up before.
        itself: whether the act itself knows a command that comes again, by its id. Nothing about
            such a command is stored beside the act.
        again: whether doing it again changes nothing, so that no answer need be kept beside it.
        account: whether it is told which account does it, for the care log.
        then: slow work that follows once the act is committed, from what the act was given.
    """

    act: Callable[..., Change]
    fixed: Mapping[str, Any] = field(default_factory=dict)
    seat: bool = False
    receipt: bool = False
    hot: bool = False
    itself: bool = False
    again: bool = False
    account: bool = False
    then: Callable[[Stage, Mapping[str, Any]], None] | None = None


def _post(kind: str) -> Doing:
    return Doing(posts.post, {"kind": kind}, seat=True, receipt=True)


DOINGS: Final[dict[str, Doing]] = {
    "goal.post": _post("goal"),
    "problem.post": _post("problem"),
    "problem.join": Doing(joining.join, seat=True, receipt=True),
    "idea.post": _post("idea"),
    "pledge.post": _post("pledge"),
    "comment.post": Doing(talking.comment, seat=True, receipt=True),
    "experience.post": Doing(journey.place, seat=True, receipt=True),
    "experience.raise": Doing(journey.raise_problem, seat=True, receipt=True),
    "experience.pick": Doing(journey.pick_problem),
    "pledge.answer": Doing(pledges.answer, seat=True, receipt=True),
    "pledge.ask": Doing(pledges.set_ask_day),
    "post.edit": Doing(posts.edit_post, seat=True, receipt=True),
    "post.withdraw": Doing(posts.withdraw_post, seat=True, receipt=True),
    "post.report": Doing(care.report_post, seat=True, receipt=True),
    "mark.set": Doing(marking.set_mark, seat=True, receipt=True, hot=True),
    "ballot.cast": Doing(casting.cast_ballot, seat=True, itself=True),
    "pair.answer": Doing(pairs.answer, seat=True, then=pairing.after_answer),
    "pair.undo": Doing(pairs.take_back, seat=True),
    "ideas.seen": Doing(exposing.saw, seat=True, receipt=True, hot=True, again=True),
    "ideas.first": Doing(ordering.top_up),
    "ballot.done": Doing(voting.set_done, seat=True),
    "hand.raise": Doing(hands.raise_hand, seat=True),
    "hand.lower": Doing(hands.lower_hands),
    "voice.speak": Doing(voices.set_speaker),
    "room.nudge": Doing(hands.nudge),
    "step.move": Doing(running.move_step),
    "timer.set": Doing(running.set_timer),
    "room.lock": Doing(running.lock_room),
    "room.doors": Doing(running.set_doors),
    "screen.show": Doing(running.show_screen),
    "post.hide": Doing(posts.set_state, {"state": "hidden"}, account=True),
    "post.show": Doing(posts.set_state, {"state": "shown"}, account=True),
    "post.remove": Doing(posts.set_state, {"state": "removed"}, account=True),
    "post.reword": Doing(care.ask_reword, account=True),
    "post.theme": Doing(posts.set_theme),
    "post.merge": Doing(merging.merge),
    "post.part": Doing(merging.take_out),
    "post.part_all": Doing(merging.take_all_out),
    "sorting.undo": Doing(undoing.undo),
    "theme.gather": Doing(suggestions.gather),
    "suggestion.ignore": Doing(suggestions.ignore),
    "theme.add": Doing(workshops.add_theme),
    "theme.rename": Doing(workshops.rename_theme),
    "theme.remove": Doing(workshops.remove_theme),
    "round.move": Doing(voting.move_round, then=findings.after_reveal),
    "budget.raise": Doing(freezing.raise_budget),
    "round.uncover": Doing(voting.uncover, then=findings.after_reveal),
    "screen.bright": Doing(running.set_bright),
    "seat.remove": Doing(seats.remove_seat, account=True),
}


def do(
    stage: Stage,
    kind: str,
    body: Mapping[str, Any],
    *,
    who: Who,
    workshop_id: int,
    secret: str,
    command_id: str,
) -> Change:
    """Do what `kind` names, once for this sender and `command_id`.

    Args:
        body: the act's own values, already of the right types.
        secret: something only this sender has; it keys the stored answer.

    Raises:
        Refused: `unknown_command`, what the policy refuses, or what the act refuses.
    """
    doing = DOINGS.get(kind)
    if doing is None:
        raise Refused("unknown_command")
    allow(COMMANDS[kind].roles, who)
    given = {**body, **doing.fixed, "workshop_id": workshop_id}
    if doing.seat and who.seat:
        given["seat_id"] = who.seat.id
        if doing.receipt:
            given["receipt"] = who.seat.receipt
    if doing.account and who.account:
        given["account_id"] = who.account.id
    named = {name: value for name, value in body.items() if name not in {"device", "number"}}
    once = None if doing.itself or doing.again else Once(secret, command_id, kind, named)
    if doing.itself:
        given["command_id"] = command_id
    with metrics.command(kind):
        change = stage.perform(doing.act, once=once, plain=doing.hot, **given)
    if doing.then:
        doing.then(stage, given)
    return change


def sender_secret(who: Who, secret_key: str) -> str:
    """What keys a sender's stored answers: a seat's own receipt, or the account under our key."""
    if who.seat and not who.hosts:
        return who.seat.receipt
    return f"{secret_key}:account:{who.account.id if who.account else 0}"
