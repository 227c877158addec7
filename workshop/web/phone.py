"""The page of the step a room is at, as one participant's phone shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from flask import g, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_babel import format_date, format_time, get_locale
from markupsafe import Markup

from workshop.reads import phone
from workshop.reads.posts import PostCard
from workshop.rules.phases import PHASES
from workshop.rules.refusals import Refused
from workshop.rules.roles import SeatCard
from workshop.web.asking import with_a_pair
from workshop.web.errors import STATUS, words
from workshop.web.house import house, room, who
from workshop.web.own_order import in_kept_order
from workshop.web.posting import FORMS, IdeaForm, JoinForm, PostForm
from workshop.web.whose import people_here


@dataclass(frozen=True, slots=True)
class Said:
    """A no to something a plain form sent: the sentence, and the idea it was about, if any."""

    refusal: Refused
    idea_id: int | None = None

    @property
    def sentence(self) -> str:
        """The no in the reader's language."""
        return words(self.refusal)

    @property
    def status(self) -> int:
        """The HTTP status that goes with it."""
        return STATUS.get(self.refusal.code, 409)


def spoken() -> dict[str, Any]:
    """What the templates of a phone call: dates in words, cards, and whose turn it is."""
    return {
        **_whose(),
        "date": lambda moment: format_date(datetime.fromtimestamp(moment / 1000, UTC), "d MMMM y"),
        "time": lambda moment: format_time(datetime.fromtimestamp(moment / 1000, UTC), "short"),
        "day": lambda iso: format_date(date.fromisoformat(iso), "d MMMM y"),
        "fragment": _fragment,
    }


def _whose() -> dict[str, Any]:
    """The people on a helper's device."""
    if "room" not in g or g.room is None:
        return {}  # The request was turned away before anybody looked where it leads.
    return {"whose": people_here()}


def _fragment(post: PostCard) -> Markup:
    return house().fragments.card(post, room().slug, "phone", str(get_locale()))


def seat() -> SeatCard:
    """The caller's seat. Only on routes whose policy asks for one."""
    found = who().seat
    if found is None:
        raise Refused("not_allowed")
    return found


def asked() -> bool:
    """Whether the step asks the caller to write or to vote."""
    step = room().step
    taken = PHASES[step.phase].accepts or PHASES[step.phase].votes
    return seat().has_voice and (not taken or seat().group in step.takes_part)


def show(
    form: PostForm | None = None,
    no: Said | None = None,
    naming: str = "",
    typed: Mapping[str, str] | None = None,
    like: Sequence[PostCard] = (),
) -> ResponseReturnValue:
    """The room as its state has it: not begun, under way, or over.

    A form that was refused is shown again with its words; such a page is not live, because its
    address takes posts only. `naming` is what the words seem to give away, and `like` what others
    said in nearly the same words: they are shown once more with a hint, and go out the next time.
    """
    if room().state == "finished":
        return _ended()
    with house().store.read() as db:
        card = phone.phone_card(db, room(), seat())
    card = with_a_pair(in_kept_order(card, votes=asked()), votes=asked())
    values: dict[str, Any] = {
        "room": room(),
        "seat": seat(),
        "card": card,
        "heads": card.heads,
        "no": no,
        "naming": naming,
        "like": like,
        "beside": _beside(no, card),
        "live": request.method == "GET",
        "fresh": session.get("fresh") == room().slug,
        "asked": asked(),
        "typed": typed,
        "fresh_id": lambda: uuid4().hex,
    }
    if room().state == "upcoming":
        return render_template("participant/upcoming.html", **values)
    values |= _form(form, card)
    status = no.status if no else 422 if form and form.errors else 200
    return render_template(f"phases/{room().step.phase}.html", **values), status


def _beside(no: Said | None, card: phone.PhoneCard) -> int | None:
    """The idea on the page beside which a refusal can stand; None where it stands on top."""
    opened = room().step.round
    if no is None or opened is None or opened.state != "open":
        return None
    return next((idea.id for idea in card.ideas if idea.id == no.idea_id), None)


def _form(form: PostForm | None, card: phone.PhoneCard) -> dict[str, Any]:
    """The form of the step, where it takes posts, what it answers, and what it is added to."""
    kind = next(iter(PHASES[room().step.phase].accepts), None)
    if kind is None:
        return {}
    builds, wanted = _builds(form), request.args.get("problem", type=int)
    if isinstance(form, IdeaForm):
        wanted = form.answers_id.data or 0
    others = (post for post in (*card.ideas, *card.problems) if post.kind == kind)
    root = next((post for post in others if post.id == builds), None)
    shape = JoinForm if root and kind == "problem" else FORMS[kind]
    answerable = (*card.problems, *card.questions)
    return {
        "form": form or shape(formdata=None),
        "picked": next((post for post in answerable if post.id == wanted), None),
        "root": root,
        "writes": wanted is not None or builds is not None or not answerable,
    }


def _builds(form: PostForm | None) -> int | None:
    """The number of the card that a post is to be added to, if it is."""
    if isinstance(form, IdeaForm):
        return form.builds_on_id.data
    if isinstance(form, JoinForm):
        return form.host_id.data
    return None if form else request.args.get("builds", type=int)


def _ended() -> ResponseReturnValue:
    with house().store.read() as db:
        totals = phone.totals(db, room())
    return render_template("participant/ended.html", room=room(), seat=seat(), totals=totals)
