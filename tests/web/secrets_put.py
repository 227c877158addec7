"""Where the secrets of the sweep are put: everything that one unseen person wrote, has or did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from tests.personas import World
from tests.revealed import risks, scores
from tests.story import Person, Story
from tests.web.secrets_merged import Voted, put_ballots, put_merged
from workshop.acts import (
    accounts,
    appraisals,
    assessments,
    assessors,
    care,
    evidence,
    guests,
    hearing,
    needs,
    offers,
    paper,
    pictures,
    pledges,
    posts,
    programmes,
    running,
    scoring,
    seats,
    talking,
    workshops,
)
from workshop.rules.cards import DOES_FIELDS, NEED_FIELDS
from workshop.storage.models import Picture
from workshop.web.signing import _hasher

ADDRESS = "203.0.113.77"
"""Where somebody sat down: of it no page, table, file or log holds more than a mark."""


@dataclass
class Put:
    """What was put where.

    Attributes:
        pictures: addresses of pictures, on posts that few may see.
        seat: whose hand may go up.
        hidden_idea: an idea that is hidden, with talk under it.
        talked_idea: an idea that everybody sees, with talk under it that few may see.
        codes: those of sheets of paper, which stand on no page.
        merged: a hidden card with words of others inside.
        voted: another room, in the middle of a secret vote.
        talked_item: a backlog item whose first round is closed, with a reason given.
    """

    pictures: list[str] = field(default_factory=list)
    seat: int = 0
    hidden_idea: int = 0
    talked_idea: int = 0
    codes: list[str] = field(default_factory=list)
    merged: int = 0
    voted: Voted = field(default_factory=Voted)
    talked_item: int = 0


def put_secrets(made: World) -> Put:
    """Posts at every stage of being gone, a name, a code, a password, talk, pictures and paper."""
    told, put = made.here.told, Put()
    came = {"address": ADDRESS, "browser": "CANARY-BROWSER"}
    writer = _sits(told, "CANARYRESUMECODE", name="CANARY-NAME", **came)
    put.seat = writer.seat
    told.moves_to("problems")
    _puts_problems(told, writer)
    told.moves_to("ideas")
    _puts_ideas(told, writer, put)
    _puts_people_without_a_phone(told, put)
    told.moves_to("next")
    pledge = told.posts(writer, "pledge", "CANARY-PLEDGE")
    told.do(pledges.set_ask_day, day="2026-01-16")
    own = {"seat_id": writer.seat, "receipt": writer.receipt, "post_id": pledge}
    told.do(pledges.answer, outcome="partly", helped="CANARY-KEPT-WORDS", **own)
    hears = {"receipt": writer.receipt, "language": "en", "secret_key": "k" * 40}
    told.do(hearing.leave_address, address="canary-letters@example.org", **hears)
    _puts_an_account(told)
    at_desk = {"account_id": told.facilitator, "text": "CANARY-DESK-TALK"}
    told.do(evidence.say_at_desk, item_id=made.item, **at_desk)
    _puts_an_offer(made, writer)
    _puts_another_workshop(made)
    put.voted = put_ballots(made)
    _puts_a_wish(made)
    _puts_scores(made, put)
    put.pictures = _addresses(told)
    return put


def _puts_scores(made: World, put: Put) -> None:
    """One item that somebody scores alone, and one whose first round is closed."""
    here = made.here
    put.talked_item = here.promotes(1)
    given = {"name": "Another assessor", "standing": "staff", "token": "token-of-another"}
    number = here.do(assessors.invite_assessor, **given).answer["assessor"]
    for item, word in ((made.item, "CANARY-ALONE"), (put.talked_item, "CANARY-WHY")):
        told = {"mitigation": word, "owner": word}
        answer = {
            "scores": {key: {**one, "why": word} for key, one in scores().items()},
            "risks": {key: {**one, **told} for key, one in risks().items()},
            "still": risks(),
        }
        here.do(assessments.assess, item_id=item, assessor_id=number, **answer)
    here.do(scoring.move_scoring, item_id=put.talked_item, was="alone", to="talk")
    said = {"question": "equity", "text": "CANARY-REASON", "unnamed": True}
    here.do(scoring.give_reason, item_id=put.talked_item, assessor_id=number, **said)
    appraisals.work_out(here.told.stage)


def _sits(told: Story, receipt: str, **more: str) -> Person:
    change = told.do(seats.take_seat, group="citizen", receipt=receipt, **more)
    return Person(change.answer["seat"], "citizen", receipt)


def _own(person: Person) -> dict[str, object]:
    return {"seat_id": person.seat, "receipt": person.receipt}


def _shows(told: Story, person: Person, post: int, word: str) -> None:
    """Put a picture on a post; its pixels are the word, and so are the words about it."""
    seen = {"data": f"{word}-PIXELS".encode(), "width": 1, "height": 1, "alt": word}
    told.do(pictures.put_picture, post_id=post, **_own(person), **seen)


def _puts_problems(told: Story, writer: Person) -> None:
    details = dict.fromkeys(("affected", "often", "source", "better"), "CANARY-HIDDEN-WORDS")
    hidden = told.posts(writer, "problem", "CANARY-HIDDEN-WORDS", evidence="seen", **details)
    gone = {name: told.posts(writer, "problem", f"CANARY-{name}-WORDS") for name in GOING}
    held = told.posts(writer, "problem", "One more look")
    for name, post in (("HIDDEN", hidden), ("HELD", held), *gone.items()):
        _shows(told, writer, post, f"CANARY-{name}-WORDS")
    told.do(posts.set_state, post_id=hidden, state="hidden", reason="twice", note="CANARY-NOTE")
    told.do(care.ask_reword, post_id=gone["ASKED"], reason="names", note="CANARY-NOTE")
    told.do(posts.set_state, post_id=gone["REMOVED"], state="removed", reason="private")
    told.do(posts.withdraw_post, **_own(writer), post_id=gone["WITHDRAWN"])
    told.do(care.set_rules, care="off", word_list="CANARY-HELD\nCANARY-LISTED")
    words = {"text": "CANARY-HELD-WORDS", "affected": "CANARY-HELD-WORDS"}
    told.do(posts.edit_post, **_own(writer), post_id=held, **words)
    told.posts(writer, "problem", "CANARY-HELD-WORDS", affected="CANARY-HELD-WORDS")


GOING = ("ASKED", "REMOVED", "WITHDRAWN")


def _puts_ideas(told: Story, writer: Person, put: Put) -> None:
    """An idea that is hidden and one that was taken back, with an answer and talk to each."""
    for word, gone in (("CANARY-HIDDEN-IDEA", False), ("CANARY-WITHDRAWN-IDEA", True)):
        fields = dict.fromkeys((*DOES_FIELDS, *NEED_FIELDS, "better_for"), word)
        idea = told.posts(writer, "idea", word, **fields)
        _talks(told, writer, idea, "CANARY-LOST-TALK" if gone else word)
        if gone:
            told.do(posts.withdraw_post, post_id=idea, **_own(writer))
        else:
            told.do(posts.set_state, post_id=idea, state="hidden")
            put.hidden_idea = idea
    put.talked_idea = told.ideas[0]
    put.merged = put_merged(told, writer)
    said = _talks(told, writer, put.talked_idea, "CANARY-HIDDEN-TALK")
    told.do(posts.set_state, post_id=said, state="hidden", note="CANARY-NOTE")
    _talks(told, writer, put.talked_idea, "CANARY-HELD CANARY-HELD-TALK")


def _talks(told: Story, writer: Person, idea: int, word: str) -> int:
    said = {"idea_id": idea, "stance": "concern", "text": word}
    number: int = told.do(talking.comment, **said, **_own(writer)).answer["post"]
    return number


def _puts_people_without_a_phone(told: Story, put: Put) -> None:
    """Somebody at a helper's device, a sheet nobody has typed in, and one that somebody has."""
    _sits(told, "CANARYHELPEDCODE", name="CANARY-HELPED", channel="helper")
    put.codes += told.do(paper.print_sheets, kind="problem", many=2).answer["codes"]
    typed = {"group": "staff", "text": "Typed in", "kind": "problem", "receipt": "CANARYPAPERCODE"}
    told.do(paper.enter_post, code=put.codes[0], **typed)


def _puts_an_account(told: Story) -> None:
    told.stage.perform(accounts.make_pass, kind="invite", role="leader", token="used-token")
    told.stage.perform(
        accounts.use_pass,
        kind="invite",
        token="used-token",
        email="canary@example.org",
        name="Robin",
        password_hash=_hasher.hash("CANARY-PASSWORD"),
    )


def _puts_an_offer(made: World, writer: Person) -> None:
    """An offer laid beside a need, to which one side has said yes."""
    told, item = made.here.told, {"item_id": made.item}
    who: offers.Giver = {"seat_id": writer.seat, "receipt": writer.receipt, "guest_id": 0}
    mine = {"kind": "room", "text": "CANARY-OFFER", "name": "CANARY-GIVER", "reach": "CANARY-REACH"}
    offer = told.do(offers.make_offer, giver=who, **mine).answer["offer"]
    told.do(needs.add_need, **item, kind="room", text="CANARY-NEED")
    told.do(needs.set_contact, **item, name="CANARY-OWNER", reach="CANARY-OWNER")
    told.do(needs.lay_beside, **item, need_id=1, offer_id=offer, fits=True)
    told.do(offers.answer_match, giver=who, match_id=1, answer="yes")


def _puts_a_wish(made: World) -> None:
    """A partner's wish to lead the item, once the one who led it does no longer."""
    told, item = made.here, {"item_id": made.item}
    gone = {"account_id": told.leader, "agree": False, "reason": "They have moved away."}
    told.do(guests.answer_lead, adoption_id=1, **item, **gone)
    other = told.do(guests.make_guest, kind="partner", name="CANARY-PARTNER", token="another")
    wish = {"guest_id": other.answer["guest"], "why": "CANARY-WISH"}
    told.do(guests.ask_to_lead, **item, **wish)


def _puts_another_workshop(made: World) -> None:
    """One more workshop of the programme, with an idea that stays there and one that is hidden."""
    told = made.here.told
    own: dict[str, Any] = {"account_id": told.facilitator}
    about: dict[str, Any] = {
        "service": "Checks",
        "goal": "Less to carry.",
        "better_for": "All",
        "template": "hour",
    }
    change = told.stage.perform(workshops.create_workshop, **own, title="Before this", **about)
    before = Story(told.stage, told.clock, change.answer["workshop"], told.facilitator)
    before.do(programmes.put_in_programme, **own, programme_id=made.programme)
    before.do(running.start)
    before.moves_to("ideas")
    person = before.joins("citizen")
    before.posts(person, "idea", "CANARY-UNCARRIED")
    hidden = before.posts(person, "idea", "CANARY-HIDDEN-BEFORE")
    before.do(posts.set_state, post_id=hidden, state="hidden")


def _addresses(told: Story) -> list[str]:
    """Where every picture that is kept would be, for whoever has learnt its key."""
    with told.stage.store.read() as db:
        rows = db.execute(select(Picture.post_id, Picture.key)).all()
    return [f"/w/{told.room().slug}/posts/{post}/picture/{key}" for post, key in rows]
