"""One policy row for every route and every live command: who may knock.

Roles: anyone · seat (a participant, watching or not) · voice (a participant who posts and
votes) · host (the facilitator of this very workshop) · screen (its projector) · helper (a device
on which one person writes for several) · facilitator · cofacilitator (asked to help in a room) ·
leader · administrator · account (any of those four) · assessor · guest (a link of one's own)
· team (a guest of the staff).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from workshop.rules.afterwards import AFTERWARDS
from workshop.rules.afterwards import roles as _roles


@dataclass(frozen=True, slots=True)
class Command:
    """One thing people do: its live name's policy, and the form route that does the same."""

    roles: frozenset[str]
    endpoint: str


#: What a command sent over the live connection needs, and its twin without JavaScript.
COMMANDS: Final[dict[str, Command]] = {
    "goal.post": Command(_roles("voice"), "participant.post_goal"),
    "problem.post": Command(_roles("voice"), "participant.post_problem"),
    "problem.join": Command(_roles("voice"), "participant.join_problem"),
    "idea.post": Command(_roles("voice"), "participant.post_idea"),
    "pledge.post": Command(_roles("voice"), "participant.post_pledge"),
    "comment.post": Command(_roles("voice"), "participant.post_comment"),
    "experience.post": Command(_roles("voice"), "participant.post_experience"),
    "experience.raise": Command(_roles("voice"), "participant.raise_problem"),
    "pledge.answer": Command(_roles("voice"), "participant.answer_pledge"),
    "pledge.ask": Command(_roles("host"), "facilitator.ask_pledges"),
    "post.edit": Command(_roles("voice"), "participant.edit_post"),
    "post.withdraw": Command(_roles("voice"), "participant.withdraw_post"),
    "post.report": Command(_roles("voice"), "participant.report_post"),
    "mark.set": Command(_roles("voice"), "participant.set_mark"),
    "ballot.cast": Command(_roles("voice"), "participant.cast_ballot"),
    "pair.answer": Command(_roles("voice"), "participant.answer_pair"),
    "pair.undo": Command(_roles("voice"), "participant.take_pair_back"),
    "ideas.seen": Command(_roles("voice"), "participant.saw_ideas"),
    "ideas.first": Command(_roles("host"), "facilitator.put_first"),
    "ballot.done": Command(_roles("voice"), "participant.set_done"),
    "hand.raise": Command(_roles("seat"), "participant.raise_hand"),
    "hand.lower": Command(_roles("host"), "facilitator.lower_hands"),
    "voice.speak": Command(_roles("host"), "facilitator.set_speaker"),
    "room.nudge": Command(_roles("host"), "facilitator.nudge"),
    "step.move": Command(_roles("host"), "facilitator.move_step"),
    "timer.set": Command(_roles("host"), "facilitator.set_timer"),
    "room.lock": Command(_roles("host"), "facilitator.lock_room"),
    "room.doors": Command(_roles("host"), "facilitator.set_doors"),
    "screen.show": Command(_roles("host"), "facilitator.show_screen"),
    "post.hide": Command(_roles("host"), "facilitator.hide_post"),
    "post.show": Command(_roles("host"), "facilitator.show_post"),
    "post.remove": Command(_roles("host"), "facilitator.remove_post"),
    "post.reword": Command(_roles("host"), "facilitator.reword_post"),
    "experience.pick": Command(_roles("host"), "facilitator.pick_problem"),
    "post.theme": Command(_roles("host"), "facilitator.theme_post"),
    "post.merge": Command(_roles("host"), "facilitator.merge_post"),
    "post.part": Command(_roles("host"), "facilitator.part_post"),
    "post.part_all": Command(_roles("host"), "facilitator.part_all"),
    "sorting.undo": Command(_roles("host"), "facilitator.undo_sorting"),
    "theme.gather": Command(_roles("host"), "facilitator.gather_theme"),
    "suggestion.ignore": Command(_roles("host"), "facilitator.ignore_suggestion"),
    "theme.add": Command(_roles("host"), "facilitator.add_theme"),
    "theme.rename": Command(_roles("host"), "facilitator.rename_theme"),
    "theme.remove": Command(_roles("host"), "facilitator.remove_theme"),
    "round.move": Command(_roles("host"), "facilitator.move_round"),
    "budget.raise": Command(_roles("host"), "facilitator.raise_budget"),
    "round.uncover": Command(_roles("host"), "facilitator.uncover_round"),
    "screen.bright": Command(_roles("host"), "facilitator.brighten_screen"),
    "seat.remove": Command(_roles("host"), "facilitator.remove_seat"),
}

#: The live events themselves. `command` is checked again by its kind, above.
EVENTS: Final[dict[str, frozenset[str]]] = {
    "connect": _roles("seat", "host", "screen"),
    "disconnect": _roles("anyone"),
    "command": _roles("seat", "host"),
    "catch_up": _roles("seat", "host", "screen"),
    "mine": _roles("seat"),
    "alike": _roles("voice"),
    "shown": _roles("screen"),
}

#: Every route by its Flask endpoint.
ROUTES: Final[dict[str, frozenset[str]]] = {
    "static": _roles("anyone"),
    "door.landing": _roles("anyone"),
    "operator.health": _roles("anyone"),
    "operator.readiness": _roles("anyone"),
    "operator.numbers": _roles("anyone"),
    "door.enter_code": _roles("anyone"),
    "door.join": _roles("anyone"),
    "door.take_seat": _roles("anyone"),
    "door.resume": _roles("anyone"),
    "door.rub_out": _roles("anyone"),
    "door.sign_in": _roles("anyone"),
    "door.sign_out": _roles("account"),
    "door.set_up": _roles("anyone"),
    "door.accept_invitation": _roles("anyone"),
    "door.robot": _roles("anyone"),
    "door.become_host": _roles("anyone"),
    "door.open_remote": _roles("anyone"),
    "door.set_theme": _roles("anyone"),
    "door.set_language": _roles("anyone"),
    "participant.set_language": _roles("seat"),
    "door.accessibility": _roles("anyone"),
    "door.privacy": _roles("anyone"),
    "participant.room": _roles("seat"),
    "participant.mine": _roles("seat"),
    "participant.ask_look": _roles("seat"),
    "participant.talk": _roles("seat"),
    "participant.put_picture": _roles("voice"),
    "participant.take_picture_off": _roles("voice"),
    "participant.picture": _roles("seat", "host", "screen"),
    "participant.change_group": _roles("seat"),
    "participant.leave": _roles("seat"),
    "participant.rub_out": _roles("seat"),
    "participant.keep_code": _roles("seat"),
    "participant.move": _roles("seat"),
    "participant.sign_out_others": _roles("seat"),
    "helping.come_in": _roles("anyone"),
    "helping.people": _roles("helper"),
    "helping.add": _roles("helper"),
    "helping.switch": _roles("helper"),
    "helping.take_off": _roles("helper"),
    "helping.slips": _roles("helper"),
    "home.workshops": _roles("facilitator", "cofacilitator"),
    "home.new_workshop": _roles("facilitator"),
    "home.accounts": _roles("administrator"),
    "home.invite": _roles("administrator"),
    "facilitator.control": _roles("host"),
    "facilitator.plan": _roles("host"),
    "facilitator.hosts": _roles("host"),
    "facilitator.add_host": _roles("host"),
    "facilitator.make_host_link": _roles("host"),
    "facilitator.remove_host": _roles("host"),
    "facilitator.hand_over": _roles("host"),
    "facilitator.reclaim": _roles("host"),
    "facilitator.remote": _roles("host"),
    "facilitator.remote_link": _roles("host"),
    "facilitator.edit_step": _roles("host"),
    "facilitator.add_step": _roles("host"),
    "facilitator.copy_step": _roles("host"),
    "facilitator.shift_step": _roles("host"),
    "facilitator.take_out_step": _roles("host"),
    "facilitator.put_back_step": _roles("host"),
    "facilitator.save_plan": _roles("host"),
    "facilitator.pack": _roles("host"),
    "plans.own": _roles("facilitator"),
    "plans.rename": _roles("facilitator"),
    "plans.remove": _roles("facilitator"),
    "plans.import_pack": _roles("facilitator"),
    "facilitator.carry": _roles("host"),
    "facilitator.carry_over": _roles("host"),
    "programmes.mine": _roles("facilitator"),
    "programmes.programme": _roles("facilitator"),
    "programmes.edit": _roles("facilitator"),
    "programmes.put": _roles("facilitator"),
    "facilitator.edit_workshop": _roles("host"),
    "facilitator.rehearsal": _roles("host"),
    "facilitator.rehearse": _roles("host"),
    "facilitator.stop_rehearsal": _roles("host"),
    "facilitator.journey": _roles("host"),
    "facilitator.results": _roles("host", "leader"),
    "facilitator.promote": _roles("host"),
    "facilitator.choose_size": _roles("host"),
    "facilitator.give_verdict": _roles("host"),
    "facilitator.take_verdict_back": _roles("host"),
    "participant.findings": _roles("seat"),
    "public.votes": _roles("anyone"),
    "facilitator.questions": _roles("host"),
    "facilitator.ask_question": _roles("host"),
    "facilitator.reword_question": _roles("host"),
    "facilitator.talk": _roles("host"),
    "facilitator.ballots": _roles("host"),
    "facilitator.record": _roles("host", "leader", "seat"),
    "facilitator.start": _roles("host"),
    "facilitator.everybody": _roles("host"),
    "facilitator.set_helpers": _roles("host"),
    "facilitator.join_card": _roles("host"),
    "facilitator.print_sheets": _roles("host"),
    "facilitator.hands": _roles("host"),
    "paper.find": _roles("helper", "host"),
    "paper.sheet": _roles("helper", "host"),
    "paper.take_back": _roles("helper", "host"),
    "facilitator.finish": _roles("host"),
    "facilitator.care": _roles("host"),
    "facilitator.set_care": _roles("host"),
    "facilitator.set_keeping": _roles("host"),
    "facilitator.care_log": _roles("host"),
    "facilitator.ask_to_leave": _roles("host"),
    "screen.projector": _roles("anyone"),
    "yardsticks.of_server": _roles("leader"),
    "yardsticks.of_programme": _roles("leader", "facilitator"),
    "assessor.welcome": _roles("anyone"),
    "assessor.items": _roles("assessor", "leader", "facilitator"),
    "assessor.assess": _roles("assessor", "leader", "facilitator"),
    "assessor.talk": _roles("assessor", "leader", "facilitator"),
    "assessor.say_why": _roles("assessor", "leader", "facilitator"),
    "public.changes": _roles("anyone"),
    "public.workshop": _roles("anyone"),
    "public.how": _roles("anyone"),
    **AFTERWARDS,
    **{command.endpoint: command.roles for command in COMMANDS.values()},
}

#: The doors of a rehearsal's room: those of phones, and what its remote uses. To every other route
#: of a workshop it is not there, so that nothing of it becomes an item, a file or a public page.
IN_REHEARSAL: Final = frozenset(
    {
        *(endpoint for endpoint in ROUTES if endpoint.startswith("participant.")),
        *("facilitator.control", "facilitator.remote"),
        *("facilitator.move_step", "facilitator.move_round", "facilitator.show_screen"),
    }
)
