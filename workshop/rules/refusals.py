"""The polite no: every way the product turns something down, each with one plain sentence.

A rule or an act raises `Refused(code)`. The door that was knocked on (a page, a socket, the
command line) translates the sentence and shows it; nothing the person wrote is lost.
"""

from __future__ import annotations

from typing import Final


def N_(sentence: str) -> str:  # noqa: N802 - the name that gettext's own manuals use for marking
    """Mark `sentence` for translation without translating it here."""
    return sentence


REFUSALS: Final[dict[str, str]] = {
    "empty": N_("Please write something first."),
    "too_long": N_("That’s too long. Please use %(limit)s letters or fewer."),
    "not_text": N_("We couldn’t read that. Please type it again."),
    "bad_value": N_("We couldn’t read that. Please try again."),
    "unknown_choice": N_("Please pick one from the list."),
    "wrong_code": N_("We can’t find that code. Please check the six numbers on the screen."),
    "wrong_resume": N_("We can’t find that code. Please check each letter and try again."),
    "doors_closed": N_(
        "The doors of this workshop are closed just now. Please ask the facilitator."
    ),
    "not_started": N_("This workshop hasn’t started yet."),
    "finished": N_("This workshop has ended. Thank you for coming."),
    "not_found": N_("We can’t find that here."),
    "not_yours": N_("That isn’t yours to change."),
    "keep_longer": N_("People were told an earlier day. You can only bring it closer."),
    "own_post": N_("That one’s your own. You can change it or take it back."),
    "not_allowed": N_("You can’t do that here. Please ask the facilitator."),
    "not_lead": N_("Only whoever leads the room decides who runs it."),
    "not_owner": N_("Only the owner of this workshop can take it back."),
    "no_such_host": N_("Nobody with that email can run a workshop here. Send them a link instead."),
    "not_host_now": N_("You don’t run this room any more. Thank you for helping."),
    "sign_in": N_("Please sign in first."),
    "bad_sign_in": N_("That email and password don’t match. Please try again."),
    "removed": N_("You’ve left this workshop. Please ask the facilitator."),
    "other_person": N_(
        "This device is on another person’s seat now. Please check the name, then send it again."
    ),
    "too_many_people": N_("This device has %(most)s people already. Please use another one too."),
    "watching": N_("You’re just watching. Pick a group if you’d like to take part."),
    "step_closed": N_("The room has moved on. What you wrote is kept on this device."),
    "locked": N_("The facilitator has paused posting. What you wrote is kept on this device."),
    "step_quiet": N_("This step asks nobody to write or vote."),
    "nobody_left": N_("Everybody has taken part already."),
    "nudged_lately": N_("You’ve nudged just now. Please give people %(minutes)s minutes."),
    "round_closed": N_("Voting is closed. Your votes are counted."),
    "round_move": N_("The vote has moved on already. Please look again."),
    "round_sealed": N_("The counts of this vote have been shown. It can’t be opened again."),
    "no_picture": N_("Please pick a picture first."),
    "no_pictures": N_("A picture can go on a problem or on an idea."),
    "not_picture": N_("We can’t read that picture. Please try a photo: JPEG, PNG, WebP or GIF."),
    "picture_too_big": N_("That picture is too large. Please try a smaller one."),
    "no_problem": N_("Please pick at least one problem, and no more than twenty."),
    "rehearsal_runs": N_("A rehearsal is going on here already. Please wait until it is over."),
    "rehearsal_over": N_("This rehearsal is over. Everything in it has been wiped."),
    "not_revealed": N_("Please show the counts first. Then pick ideas from them."),
    "sheet_unknown": N_("We can’t find that sheet. Please check its six letters."),
    "sheet_used": N_("This sheet has been typed in already. It counts once."),
    "sheet_late": N_("The counts of this vote have been shown. Nothing can be added now."),
    "sheet_full": N_("That’s more votes than the %(most)s on a sheet. Please look at it again."),
    "sheet_count": N_("Please print between 1 and %(most)s sheets at once."),
    "no_vote_now": N_("Please open the vote first. Then print its sheets, or count hands."),
    "hands_range": N_("Please use a number of hands from 0 to %(most)s."),
    "rule_frozen": N_("Voting has begun, so its rules can’t change any more."),
    "sheets_printed": N_("Voting sheets are printed, so the rules on them can’t change any more."),
    "rule_changed": N_("The way of voting has changed. Please look again, then vote."),
    "raise_late": N_("Voting is closed, so nobody could use more votes."),
    "raise_cast": N_(
        "Somebody has cast a secret vote already, so everybody keeps the same number."
    ),
    "seen_enough": N_("Enough people have seen every idea."),
    "pairs_open": N_("“Which of two” can’t be secret: each pair comes from the answers so far."),
    "pairs_unprinted": N_(
        "“Which of two” has no sheet. People without a phone can use a helper’s device."
    ),
    "pair_gone": N_("That pair has been answered, or has left. Here is the next one."),
    "no_budget": N_("People have as many votes here as they like."),
    "only_raise": N_("Everybody has %(budget)s already. You can only give them more."),
    "others_write": N_("At this step other people write. You can read along."),
    "others_vote": N_("At this step other people vote. You can read along."),
    "nobody_votes": N_("Please let at least one group vote."),
    "unknown_group": N_("We don’t know this group. Please use citizen, staff or partner."),
    "unknown_step": N_("We don’t know this kind of step."),
    "unknown_view": N_("Phones can’t show this kind of step that way."),
    "unknown_method": N_("We don’t have this way of voting here."),
    "not_whole": N_("Please use a whole number from %(least)s to %(most)s."),
    "step_passed": N_("The room has been there. Only steps that are still to come can move."),
    "step_holds": N_("People have used this step, so it stays, with what they said."),
    "plan_taken": N_("You have a template of that name already. Please use another name."),
    "too_many_plans": N_("You have %(most)s templates already. Please throw one away first."),
    "too_many_programmes": N_("You have %(most)s programmes already. That’s as many as we keep."),
    "no_programme": N_("This workshop is in no programme yet, so there is nothing to carry."),
    "last_step": N_("A workshop needs at least one step."),
    "too_many_steps": N_("That’s too many steps. A workshop has %(most)s at most."),
    "merge_itself": N_("Please pick two different cards."),
    "merge_unlike": N_("Only problems go with problems, and ideas with ideas."),
    "merge_sealed": N_("A vote on this has been shown, so it stays as it is."),
    "merged_away": N_("That idea is part of another card now. Please vote there."),
    "pick_some": N_("Please pick at least one post."),
    "nothing_to_undo": N_("There is nothing more to undo."),
    "undo_too_late": N_("That can’t be undone any more. Please change it by hand."),
    "not_asked": N_("It’s too early to say. Please come back on the day."),
    "few_legs": N_("Please name at least %(least)s parts, one on each line."),
    "many_legs": N_("That’s too many parts. Please name %(most)s at the most."),
    "leg_taken": N_("Two parts have the same name. Please give each its own."),
    "leg_in_use": N_("“%(title)s” holds moments. Please keep it, or give it another name."),
    "theme_taken": N_("There’s a theme with those words already."),
    "pass_used": N_("This link has been used or is too old. Please ask for a new one."),
    "short_password": N_("Please use at least %(least)s letters or numbers."),
    "bad_email": N_("That doesn’t look like an email address. Please check it."),
    "email_taken": N_("Somebody has an account with that email already."),
    "already_cast": N_("Your vote is in already. It can’t be changed."),
    "ballot_over": N_("That’s more than you have to give. Please take some back."),
    "no_votes_left": N_("You’ve used all your votes. Take one back to move it."),
    "over_cap": N_("You can give one idea up to %(cap)s votes."),
    "same_id_other_body": N_("That was already sent with other words. Please send it again."),
    "too_fast": N_("That was very quick. Please wait a moment and try again."),
    "pattern_gone": N_("This has changed since you looked. Please look again."),
    "secret_stays": N_("This vote is secret: nobody knows whose a ballot is, so all stay in."),
    "no_such_file": N_("A vote on pairs has no place in that kind of file."),
    "too_big": N_("That’s too much to send at once. Please make it shorter."),
    "unknown_command": N_("This page is out of date. Please load it again."),
    "server_busy": N_("We’re a bit slow just now. It’s kept here and we’ll try again."),
    "overtaken": N_("Somebody changed this just before you. Please look again, then save."),
    "no_filter": N_("Please search or filter the list first. Then name what you see."),
    "view_taken": N_("You have a view of that name already. Please use another name."),
    "too_many_views": N_("You have %(most)s views already. Please throw one away first."),
    "pick_ideas": N_("Please choose at least one idea from the list."),
    "answer_first": N_("Please give an answer first. Then tell what came of it."),
    "review_needed": N_("Please say when you’ll look at it again."),
    "review_ahead": N_("Please pick a day that is still to come."),
    "staff_only": N_("This is for staff: small changes to their own work."),
    "no_lines": N_("Leaders haven’t said yet what staff may change. Please bring it as an idea."),
    "outside_lines": N_(
        "That’s outside the lines. Please bring it as an idea, for a leader’s yes."
    ),
    "missing_answers": N_("Please answer every question with yes or no."),
    "many_never": N_("Please name at most %(most)s things, one a line."),
    "many_trying": N_("You’re trying %(most)s changes now. Please tell how one went first."),
    "change_stopped": N_("A leader has stopped this change. The reason stands beside it."),
    "too_many_offers": N_("You have %(most)s offers already. Please take one back first."),
    "too_many_needs": N_("It has %(most)s needs already. Please take one off first."),
    "contact_first": N_("Please say first how to reach you. Then say yes."),
    "is_led": N_("Another organisation leads it now."),
    "lead_over": N_("You don’t lead this idea now. Please ask a leader; nothing was changed."),
    "leaders_decide": N_("Only a leader can do that. Please ask one."),
    "stage_move": N_("It can’t go there from where it is now. Please look again."),
    "test_first": N_("Please plan the test first: what, who, and by when."),
    "pilot_first": N_("Please plan the pilot first: where, who, when, and when to stop."),
    "pilot_begun": N_("The pilot has begun. What it’s judged by stays as it was said."),
    "day_needed": N_("Please give a day."),
    "bad_order": N_("The last day can’t come before the first. Please check both."),
    "screen_waits": N_("Please show all the counts first."),
    "list_size": N_("Please choose a number from 1 to %(most)s."),
    "bad_date": N_("Please give a day, as in 2026-01-16."),
    "score_range": N_("Please use a number from 0 to 100."),
    "low_over_likely": N_("“Low” can’t be more than “likely”. Please check the two numbers."),
    "likely_over_high": N_("“Likely” can’t be more than “high”. Please check the two numbers."),
    "missing_scores": N_("One question has no answer yet. Please answer every question."),
    "no_scores": N_("Nobody has scored this idea yet."),
    "unknown_criterion": N_("That question was taken out. Please load this page again."),
    "weights_zero": N_("Please give at least one question a weight above zero."),
    "bad_weight": N_("A weight is a number, zero or more."),
    "savings_never_rank": N_("Savings are kept and shown. They never change the order."),
    "outcome_first": N_("Please say first how much better it gets. Money comes last."),
    "savings_how": N_("Please say how it saves money."),
    "money_range": N_("Please use an amount of zero or more."),
    "bad_effort": N_("Please give the work in person-months, zero or more."),
    "reach_range": N_("Please use a number of people, zero or more."),
    "no_scores_yet": N_("Nobody has scored yet. Please wait for the first scores."),
    "scoring_talks": N_("The first round is closed and people are talking. Please score later."),
    "scoring_closed": N_("Scoring of this idea is closed. What you gave is kept."),
    "no_talk_now": N_("People can say why once the first round is closed."),
    "score_first": N_("Please score this idea first. Then you can say why."),
    "outcome_stays": N_("The first question says what gets better for people. It stays."),
    "gate_stays": N_("This risk can stop an idea by itself, so it stays."),
    "too_many_questions": N_("That’s too many questions. Please keep to %(most)s at the most."),
    "order_gaps": N_("Please use each place from 1 to %(most)s once."),
    "bad_capacity": N_("Please give person-months: a number above 0, and no more than %(most)s."),
    "bad_threshold": N_("Please check the lines. They’re in the wrong order or out of range."),
}


class Refused(Exception):
    """A polite no.

    Attributes:
        code: a key of `REFUSALS`.
        values: what fills the named places of the sentence.
        again: seconds after which trying the very same thing may work, or None for a final no.
    """

    def __init__(self, code: str, *, again: float | None = None, **values: object) -> None:
        """Raise KeyError where `code` has no sentence, so that no refusal goes out unworded."""
        self.code = code
        self.sentence = REFUSALS[code]
        self.values = values
        self.again = again
        super().__init__(code)

    def words(self, translate: object = None) -> str:
        """The sentence with its places filled, through `translate` (str -> str) where given."""
        sentence = translate(self.sentence) if callable(translate) else self.sentence
        return str(sentence) % self.values if self.values else str(sentence)
