"""The form that says what a workshop is about, when it is made and when it is changed."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField
from wtforms.validators import Optional

from workshop.reads.rooms import RoomCard
from workshop.web.forms import Form, words
from workshop.web.when import from_wall, to_wall


class AboutForm(Form):
    """What a workshop is about. The goal and "better for whom" come before everything else."""

    title = words(_("Name of the workshop"), "title", required=True)
    service = words(_("Which service is it about?"), "service", required=True)
    goal = words(_("The service’s own goal, in plain words"), "goal", area=True, required=True)
    better_for = words(_("Better for whom?"), "better_for", required=True)
    place = words(_("Where"), "title")
    starts_at = DateTimeLocalField(_("When"), validators=[Optional()])

    def about(self) -> dict[str, Any]:
        """The fields as the acts take them."""
        given = {
            name: self[name].data or ""
            for name in ("title", "service", "goal", "better_for", "place")
        }
        return {**given, "starts_at": from_wall(self.starts_at.data)}


def about_form(here: RoomCard) -> AboutForm:
    """The form of what `here` is about, as it stands."""
    known = {
        name: getattr(here, name) for name in ("title", "service", "goal", "better_for", "place")
    }
    return AboutForm(formdata=None, data={**known, "starts_at": to_wall(here.starts_at)})
