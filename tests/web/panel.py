"""A room at its results with an item, and the fields of a scoring form as a browser sends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient

from tests.revealed import Revealed, revealed, risks, scores
from tests.story import Story
from tests.web.desk import Desk
from workshop.acts import appraisals, assessments, assessors, running, scoring
from workshop.acts.backlog import promote
from workshop.acts.workshops import create_workshop
from workshop.rules.scoring.criteria import RANKED
from workshop.rules.scoring.risk import FACTORS


@dataclass
class Panel:
    """One item on the product's pages; `slug` names its workshop."""

    desk: Desk
    room: Revealed
    item: int

    @property
    def slug(self) -> str:
        return self.room.told.room().slug

    @property
    def leader(self) -> FlaskClient:
        return self.desk.visitor(self.room.leader)

    @property
    def facilitator(self) -> FlaskClient:
        return self.desk.visitor(self.room.told.facilitator)

    def invites(self, token: str, standing: str = "citizen") -> int:
        """Ask somebody to score; their link carries `token`."""
        change = self.room.do(
            assessors.invite_assessor, name=f"Grace {token}", standing=standing, token=token
        )
        number: int = change.answer["assessor"]
        return number

    def elsewhere(self) -> int:
        """An item of a second workshop of the same facilitator."""
        told = self.room.told
        made = told.stage.perform(
            create_workshop,
            account_id=told.facilitator,
            template="sweep",
            title="Leaving hospital",
            service="Discharge",
            goal="Nobody waits for a bag of medicine.",
            better_for="People who live alone",
        )
        other = Story(told.stage, told.clock, made.answer["workshop"], told.facilitator)
        other.do(running.start)
        other.moves_to("ideas")
        idea = other.posts(other.joins("citizen"), "idea", "Ring people the day after")
        other.moves_to("vote")
        other.reveals()
        opened = other.room().last_round
        assert opened is not None
        number: int = other.do(promote, idea_id=idea, round_id=opened.id).answer["item"]
        return number

    def scores(self, likely: int = 70) -> None:
        """Three people score the item alone."""
        for standing in ("citizen", "staff", "leader"):
            self.room.do(
                assessments.assess,
                item_id=self.item,
                assessor_id=self.invites(f"link-{standing}", standing),
                scores=scores(likely - 10, likely, likely + 10),
                risks=risks(),
                still=risks(3, 4),
            )

    def is_scored(self, likely: int = 70) -> None:
        """Three people score the item, the first round closes, and the numbers are worked out."""
        self.scores(likely)
        self.moves("alone", "talk")
        appraisals.work_out(self.room.told.stage)

    def moves(self, was: str, to: str) -> None:
        """Move the scoring of the item on."""
        self.room.do(scoring.move_scoring, item_id=self.item, was=was, to=to)


def panel(desk: Desk, **wishes: Any) -> Panel:
    """A revealed vote on this product's database, its first idea in the backlog."""
    room = revealed(desk.product.store, **wishes)
    return Panel(desk, room, room.promotes())


def sheet(low: int = 60, likely: int = 70, high: int = 80) -> dict[str, Any]:
    """A whole scoring form, every question answered alike."""
    fields: dict[str, Any] = {}
    for key in RANKED:
        fields |= {
            f"reward_{key}-low": low,
            f"reward_{key}-likely": likely,
            f"reward_{key}-high": high,
            f"reward_{key}-why": "It helped next door.",
        }
    for kind in ("risk", "still"):
        for key in FACTORS:
            fields |= {
                f"{kind}_{key}-band": 2,
                f"{kind}_{key}-impact": 3,
                f"{kind}_{key}-bearers": ["citizen", "staff"],
            }
    return fields
