"""The tables. Importing this package makes every table known to `Base.metadata`."""

from workshop.storage.models.assessment import (
    Appraisal,
    Assessment,
    Assessor,
    Reason,
    RiskScore,
    Score,
    Scoring,
)
from workshop.storage.models.backlog import Decision, Item, ItemMoment, Outcome
from workshop.storage.models.base import Base
from workshop.storage.models.care import Deed, Report
from workshop.storage.models.exposures import BallotOrder, Exposure
from workshop.storage.models.hearing import Follower
from workshop.storage.models.hosts import Host, HostLink
from workshop.storage.models.imports import Imported
from workshop.storage.models.journeys import Leg
from workshop.storage.models.just_do import Guardrail, SmallChange
from workshop.storage.models.ledger import Line
from workshop.storage.models.offers import Adoption, Contact, Guest, Match, Need, Offer
from workshop.storage.models.pairs import Pair
from workshop.storage.models.paper import HandCount, Sheet
from workshop.storage.models.patterns import Decided, DecidedSeat
from workshop.storage.models.people import Account, Pass, Seat
from workshop.storage.models.plans import SavedPlan
from workshop.storage.models.posts import (
    Contribution,
    Picture,
    PledgeAnswer,
    Post,
    QuestionSource,
    SetAside,
    Theme,
)
from workshop.storage.models.programmes import Programme
from workshop.storage.models.progress import DeskNote, Evidence, StageMove, Trial
from workshop.storage.models.rehearsals import Rehearsal
from workshop.storage.models.secret import Elector, SecretBallot
from workshop.storage.models.voting import Mark, MarkDevice, Purse, Round, Verdict
from workshop.storage.models.workshops import Command, Moment, Speaking, Step, Workshop
from workshop.storage.models.yardsticks import PortfolioRun, Yardstick

__all__ = [
    "Account",
    "Adoption",
    "Appraisal",
    "Assessment",
    "Assessor",
    "BallotOrder",
    "Base",
    "Command",
    "Contact",
    "Contribution",
    "Decided",
    "DecidedSeat",
    "Decision",
    "Deed",
    "DeskNote",
    "Elector",
    "Evidence",
    "Exposure",
    "Follower",
    "Guardrail",
    "Guest",
    "HandCount",
    "Host",
    "HostLink",
    "Imported",
    "Item",
    "ItemMoment",
    "Leg",
    "Line",
    "Mark",
    "MarkDevice",
    "Match",
    "Moment",
    "Need",
    "Offer",
    "Outcome",
    "Pair",
    "Pass",
    "Picture",
    "PledgeAnswer",
    "PortfolioRun",
    "Post",
    "Programme",
    "Purse",
    "QuestionSource",
    "Reason",
    "Rehearsal",
    "Report",
    "RiskScore",
    "Round",
    "SavedPlan",
    "Score",
    "Scoring",
    "Seat",
    "SecretBallot",
    "SetAside",
    "Sheet",
    "SmallChange",
    "Speaking",
    "StageMove",
    "Step",
    "Theme",
    "Trial",
    "Verdict",
    "Workshop",
    "Yardstick",
]
