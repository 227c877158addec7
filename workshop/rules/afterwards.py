"""Who may knock where the work goes on after a meeting: the desk, offers, and small changes.

The roles are those of `rules.policies`, of whose table these rows are a part.
"""

from __future__ import annotations

from typing import Final


def roles(*names: str) -> frozenset[str]:
    """The roles of which one is needed at a door."""
    return frozenset(names)


AFTERWARDS: Final[dict[str, frozenset[str]]] = {
    "leader.backlog": roles("leader", "facilitator"),
    "leader.views": roles("leader", "facilitator"),
    "leader.remove_view": roles("leader", "facilitator"),
    "leader.change_several": roles("leader", "facilitator"),
    "leader.choose": roles("leader", "facilitator"),
    "leader.what_if": roles("leader", "facilitator"),
    "leader.item": roles("leader", "facilitator"),
    "leader.edit_item": roles("leader", "facilitator"),
    "leader.decide": roles("leader"),
    "leader.report_outcome": roles("leader"),
    "leader.offers": roles("leader", "facilitator"),
    "leader.needs": roles("leader", "facilitator"),
    "leader.change_needs": roles("leader", "facilitator"),
    "leader.answer_lead": roles("leader"),
    "leader.make_guest": roles("leader", "facilitator"),
    "participant.own_offers": roles("seat"),
    "participant.make_offer": roles("voice"),
    "participant.change_offer": roles("seat"),
    "guest.welcome": roles("anyone"),
    "guest.home": roles("guest"),
    "guest.make_offer": roles("guest"),
    "guest.change_offer": roles("guest"),
    "guest.ask_to_lead": roles("guest"),
    "leading.led": roles("guest"),
    "leading.plan_pilot": roles("guest"),
    "leading.begin_pilot": roles("guest"),
    "leading.end_pilot": roles("guest"),
    "leading.tell_news": roles("guest"),
    "leader.just_do": roles("leader", "facilitator"),
    "leader.set_lines": roles("leader"),
    "leader.stop_change": roles("leader"),
    "participant.own_changes": roles("seat"),
    "participant.start_change": roles("voice"),
    "participant.tell_change": roles("seat"),
    "guest.own_changes": roles("team"),
    "guest.start_change": roles("team"),
    "guest.tell_change": roles("team"),
    "public.offer": roles("anyone"),
    "public.stop_letters": roles("anyone"),
    "participant.leave_address": roles("seat"),
    "participant.stop_hearing": roles("seat"),
    "leader.move_stage": roles("leader"),
    "leader.plan_trial": roles("leader", "facilitator"),
    "leader.end_trial": roles("leader", "facilitator"),
    "leader.add_evidence": roles("leader", "facilitator"),
    "leader.say_at_desk": roles("leader", "facilitator"),
    "leader.export": roles("leader", "facilitator"),
    "leader.report": roles("leader", "facilitator"),
    "leader.workshop_report": roles("host", "leader"),
    "leader.bring": roles("leader"),
    "leader.invite_assessor": roles("leader", "facilitator"),
    "leader.move_scoring": roles("leader", "facilitator"),
    "leader.working": roles("leader", "facilitator"),
}
"""Routes by their Flask endpoints."""
