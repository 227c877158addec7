"""The forms of a participant's phone. Each carries the very values of its live command."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from workshop.rules.cards import LIMIT_OF
from workshop.rules.naming import names_somebody
from workshop.rules.pledges import OUTCOMES
from workshop.rules.roles import GROUPS
from workshop.web.forms import Form, choice, number, words


class PostForm(Form):
    """What every post has: the words, and by what they are told from the form's own fields."""

    language = choice(lazy_gettext("Which language is it in?"))

    def body(self) -> dict[str, Any]:
        """The values of the command: what was asked, without token and command id."""
        own = {"csrf_token", "command_id"}
        given = {name: value for name, value in self.data.items() if name not in own}
        return {name: value for name, value in given.items() if value is not None}

    def wrong(self) -> dict[str, str]:
        """The smaller answers that need changing, each with its sentence."""
        asked = {*LIMIT_OF, "evidence", "language"} - {"better_for"}
        return {name: str(said[0]) for name, said in self.errors.items() if name in asked and said}

    def naming(self) -> str:
        """What the words seem to give away."""
        said = [words for words in self.body().values() if isinstance(words, str)]
        return next(filter(None, map(names_somebody, said)), "")


class GoalForm(PostForm):
    """What would make the service better for one person."""

    text = words(lazy_gettext("Your answer"), "goal", area=True, required=True)


class ProblemForm(PostForm):
    """Something that gets in the way, and, if the person likes, more about it."""

    text = words(lazy_gettext("Your problem"), "problem", area=True, required=True)
    affected = words(lazy_gettext("Who does it happen to?"), "affected")
    often = words(lazy_gettext("How often?"), "often")
    evidence = choice(lazy_gettext("How do you know?"))
    source = words(lazy_gettext("Where can others read about it?"), "source")
    better = words(lazy_gettext("What would better look like?"), "better")


class JoinForm(ProblemForm):
    """A problem that goes into a card which says the same."""

    host_id = number()


class ExperienceForm(PostForm):
    """A moment of the service that somebody lived through, on a part of the way."""

    leg_id = number(required=True, words=lazy_gettext("Please pick when it was."))
    feeling = number(required=True, words=lazy_gettext("Please pick how it felt."))
    text = words(lazy_gettext("What happened?"), "experience", area=True, required=True)


class IdeaForm(PostForm):
    """Something to try, for somebody, perhaps as the answer to a problem."""

    answers_id = number()
    builds_on_id = number()
    better_for = words(lazy_gettext("Better for whom?"), "better_for")
    text = words(lazy_gettext("What’s your idea?"), "idea", area=True, required=True)
    who_1 = words(lazy_gettext("Who?"), "who")
    does_1 = words(lazy_gettext("What do they do?"), "does")
    who_2 = words(lazy_gettext("Who?"), "who")
    does_2 = words(lazy_gettext("What do they do?"), "does")
    who_3 = words(lazy_gettext("Who?"), "who")
    does_3 = words(lazy_gettext("What do they do?"), "does")
    need_skill = words(lazy_gettext("A skill"), "need")
    need_time = words(lazy_gettext("Time"), "need")
    need_room = words(lazy_gettext("A room"), "need")
    need_kit = words(lazy_gettext("Kit"), "need")
    need_data = words(lazy_gettext("Data"), "need")
    need_trust = words(lazy_gettext("Trust"), "need")
    need_money = words(lazy_gettext("Money"), "need")


class CommentForm(PostForm):
    """What somebody says about an idea."""

    idea_id = number()
    stance = choice(lazy_gettext("What do you think of it?"))
    text = words(lazy_gettext("Say a little more"), "comment", area=True, required=True)


class PledgeForm(PostForm):
    """What somebody takes home and does."""

    text = words(lazy_gettext("I will …"), "pledge", area=True, required=True)


FORMS: Final[dict[str, type[PostForm]]] = {
    "goal": GoalForm,
    "experience": ExperienceForm,
    "problem": ProblemForm,
    "idea": IdeaForm,
    "pledge": PledgeForm,
    "comment": CommentForm,
}
"""The form of each kind of post."""


class OnePostForm(Form):
    """Names one of the person's own posts."""

    post_id = number(required=True)


class PledgeAnswerForm(Form):
    """What became of one's own promise."""

    post_id = number(required=True)
    outcome = RadioField(
        lazy_gettext("Did it happen?"),
        choices=[SelectChoice(key, label) for key, label in OUTCOMES.items()],
        validate_choice=False,
    )
    helped = words(lazy_gettext("What helped, or what got in the way?"), "helped", area=True)


class MarkForm(Form):
    """One absolute mark; no value takes an answer back."""

    idea_id = number(required=True)
    value = number()


class DoneForm(Form):
    """Whether somebody is done voting."""

    done = BooleanField()


class HandForm(Form):
    """Whether somebody's hand is up."""

    is_raised = BooleanField()


class GroupForm(Form):
    """Which seat somebody moves to."""

    group = RadioField(
        lazy_gettext("Which seat is yours today?"),
        choices=[SelectChoice(key, label) for key, label in GROUPS.items()],
    )
