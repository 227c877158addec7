"""A room and the people who run it, seen through the real pages: `with Desk(folder, ...)`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.story import Story, facilitator, story
from tests.tables import laid
from workshop.acts.stage import Stage
from workshop.factory import Longtable, build
from workshop.reads.rooms import RoomCard
from workshop.settings import Settings


@dataclass
class Desk:
    """The whole product on an empty database, without assets and without tokens on forms."""

    product: Longtable

    @property
    def stage(self) -> Stage:
        return self.product.stage

    def story(self, **wishes: Any) -> Story:
        """A room, told on this product's database."""
        return story(self.product.store, **wishes)

    def account(self, role: str) -> int:
        """Somebody who can sign in."""
        return facilitator(self.stage, f"{role}@example.org", role)

    def visitor(self, account: int | None = None) -> FlaskClient:
        """A browser, with `account` signed in on it."""
        client = self.product.app.test_client()
        if account is not None:
            with client.session_transaction() as cookie:
                cookie.update(account=account, epoch=0, sid="a browser")
        return client


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The product on a fresh SQLite file."""
    url = laid(tmp_path / "desk.sqlite3")
    product = build(
        Settings(
            database_url=url,
            secret_key="k" * 40,
            public_url="https://table.example",
            engine="threading",
        )
    )
    product.app.config["WTF_CSRF_ENABLED"] = False
    product.app.jinja_env.globals["asset"] = lambda name: f"/static/{name}"
    yield Desk(product)
    product.store.close()


def press(client: FlaskClient, room: RoomCard, ending: str, **fields: Any) -> TestResponse:
    """Send one of the control room's small forms, as a page without JavaScript does."""
    return client.post(f"/workshops/{room.slug}/{ending}", data=fields)
