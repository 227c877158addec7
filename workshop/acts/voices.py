"""Who is speaking, as the facilitator taps it: a group, never a person, and for how long."""

from __future__ import annotations

from sqlalchemy.orm import Session

from workshop.acts.room import enter, record, running
from workshop.acts.stage import Change
from workshop.rules.refusals import Refused
from workshop.rules.roles import VOICES
from workshop.storage.models import Speaking, Workshop


def set_speaker(db: Session, *, now: int, workshop_id: int, group: str) -> Change:
    """From now on somebody of `group` is speaking, or nobody where it is empty."""
    room = enter(db, workshop_id)
    running(room)
    if group and group not in VOICES:
        raise Refused("unknown_choice")
    if group != (room.speaker or ""):
        hush(db, room, now)
        if group:
            room.speaker, room.speaking_since = group, now
    return Change(room.id, record(db, room, "voice.moved", now))


def hush(db: Session, room: Workshop, now: int) -> None:
    """Whoever is speaking stops, and their group's time is kept."""
    if room.speaker and room.speaking_since is not None:
        key = {"workshop_id": room.id, "group": room.speaker}
        kept = db.get(Speaking, key, populate_existing=True)
        if kept is None:
            kept = Speaking(**key, ms=0)
            db.add(kept)
        kept.ms += max(0, now - room.speaking_since)
    room.speaker = room.speaking_since = None
