"""The forms of a participant's phone. Each carries the very values of its live command."""

from __future__ import annotations

from typing import Any, Final

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from workshop.rules.roles import GROUPS
from workshop.web.forms import Form, number, words


class PostForm(Form):
    """What every post has: the words, and by what they are told from the form's own fields."""

    def body(self) -> dict[str, Any]:
        """The values of the command: what was asked, without token and command id."""
        own = {"csrf_token", "command_id"}
        given = {name: value for name, value in self.data.items() if name not in own}
        return {name: value for name, value in given.items() if value is not None}


class GoalForm(PostForm):
    """What would make the service better for one person."""

    text = words(lazy_gettext("Your answer"), "goal", area=True, required=True)


class ProblemForm(PostForm):
    """Something that gets in the way, and, if the person likes, more about it."""

    text = words(lazy_gettext("Your problem"), "problem", area=True, required=True)
    affected = words(lazy_gettext("Who does it happen to?"), "affected")
    often = words(lazy_gettext("How often?"), "often")
    better = words(lazy_gettext("What would better look like?"), "better", area=True)


class IdeaForm(PostForm):
    """Something to try, for somebody, perhaps as the answer to a problem."""

    answers_id = number()
    better_for = words(lazy_gettext("Better for whom?"), "better_for")
    text = words(lazy_gettext("What’s your idea?"), "idea", area=True, required=True)


class PledgeForm(PostForm):
    """What somebody takes home and does."""

    text = words(lazy_gettext("I will …"), "pledge", area=True, required=True)


FORMS: Final[dict[str, type[PostForm]]] = {
    "goal": GoalForm,
    "problem": ProblemForm,
    "idea": IdeaForm,
    "pledge": PledgeForm,
}
"""The form of each kind of post."""


class OnePostForm(Form):
    """Names one of the person's own posts."""

    post_id = number(required=True)


class MarkForm(Form):
    """One absolute mark; no value takes an answer back."""

    idea_id = number(required=True)
    value = number()


class DoneForm(Form):
    """Whether somebody is done voting."""

    done = BooleanField()


class GroupForm(Form):
    """Which seat somebody moves to."""

    group = RadioField(
        lazy_gettext("Which seat is yours today?"),
        choices=[SelectChoice(key, label) for key, label in GROUPS.items()],
    )
