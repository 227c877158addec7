"""The front end's files: sent small where a browser takes it, kept for ever, nothing beside."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.visitors import place
from workshop.assets import Manifest

PHONE_LIMIT = 60_000


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return place(tmp_path).longtable.app.test_client()


def fetched(client: FlaskClient, address: str, encoding: str) -> TestResponse:
    """An answer read to its end and closed."""
    with client.get(address, headers={"Accept-Encoding": encoding}, buffered=True) as answer:
        return answer


def test_a_browser_that_takes_gzip_gets_the_small_file(client: FlaskClient) -> None:
    address = Manifest()("app.css")
    packed = fetched(client, address, "gzip")
    plain = fetched(client, address, "identity")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_type == plain.content_type
    assert "max-age=31536000" in packed.headers["Cache-Control"]


def test_a_first_page_for_a_phone_is_small(client: FlaskClient) -> None:
    page = fetched(client, "/", "gzip").data
    scripts = [path.name for path in Path("static/dist").glob("chunk-*.js")]
    names = ["app.css", "phone.js", "icons.svg", "favicon.svg"]
    addresses = [Manifest()(name) for name in names] + [f"/static/dist/{s}" for s in scripts]
    sizes = [len(fetched(client, address, "gzip").data) for address in addresses]
    assert len(page) + sum(sizes) < PHONE_LIMIT


@pytest.mark.parametrize("path", ["src/js/phone.js", "../pyproject.toml", "build.mjs"])
def test_nothing_but_what_was_built_can_be_fetched(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
    assert client.get(f"/static/dist/{path}").status_code == 404
