"""The people of a demo: who can sign in, with passwords made by chance for this database alone."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from argon2 import PasswordHasher

from workshop.acts.accounts import make_pass, use_pass
from workshop.acts.stage import Stage
from workshop.reads import identity
from workshop.seeding.reading import names, read
from workshop.seeding.teller import Cast
from workshop.seeding.telling import tell

FILE: Final = "longtable.demo.json"
NAMES: Final = {"facilitator": "Ines", "leader": "Dele", "administrator": "Sam"}


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody who can sign in to the demo."""

    role: str
    name: str
    email: str
    password: str


def people(folder: Path) -> list[DemoPerson]:
    """Who was written down in `folder` when its demo was first told; nobody before that."""
    path = folder / FILE
    if not path.exists():
        return []
    return [DemoPerson(**row) for row in json.loads(path.read_text(encoding="utf-8"))]


def tell_stories(stage: Stage, folder: Path, stories: Iterable[str] | None = None) -> list[int]:
    """Tell these stories, or all there are, and return the numbers of their workshops.

    Raises:
        BadStory: one of them cannot be read; nothing was told.
        Refused: an act turned down what a story asks for.
    """
    read_first = [read(name) for name in (stories if stories is not None else names())]
    ids = _accounts(stage, folder)
    cast = Cast(facilitator=ids["facilitator"], leader=ids["leader"])
    return [tell(stage, story, cast) for story in read_first]


def _accounts(stage: Stage, folder: Path) -> dict[str, int]:
    """Role -> account, made now where this database does not have them yet."""
    found = people(folder)
    with stage.store.read() as db:
        known = {one.role: identity.login(db, one.email) for one in found}
    if found and all(known.values()):
        return {role: login.account_id for role, login in known.items() if login}
    made = [_invented(role) for role in NAMES]
    numbers = {one.role: _account(stage, one) for one in made}
    _keep(folder, made)
    return numbers


def _invented(role: str) -> DemoPerson:
    """Somebody with a random address, so that no demo's password opens another database."""
    email = f"{role}-{secrets.token_hex(3)}@demo.invalid"
    return DemoPerson(role, NAMES[role], email, secrets.token_urlsafe(12))


def _account(stage: Stage, one: DemoPerson) -> int:
    hashed, token = PasswordHasher().hash(one.password), secrets.token_urlsafe(24)
    stage.perform(make_pass, kind="invite", role=one.role, token=token)
    made = stage.perform(
        use_pass, kind="invite", token=token, email=one.email, name=one.name, password_hash=hashed
    )
    return int(made.answer["account"])


def _keep(folder: Path, made: list[DemoPerson]) -> None:
    """Write the passwords down where only the owner of the database can read them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump([asdict(one) for one in made], file, indent=1)
