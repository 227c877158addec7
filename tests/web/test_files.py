"""The front end's files: compressed where a browser takes it, kept for ever, nothing beside them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.visitors import place
from workshop.assets import Manifest


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return place(tmp_path).longtable.app.test_client()


def test_a_browser_that_takes_gzip_gets_the_small_file(client: FlaskClient) -> None:
    address = Manifest()("app.css")
    packed = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert packed.content_type == plain.content_type
    assert "max-age=31536000" in packed.headers["Cache-Control"]


def test_a_first_page_for_a_phone_is_small(client: FlaskClient) -> None:
    page = client.get("/").data
    files = ("app.css", "phone.js", "icons.svg", "favicon.svg")
    sizes = [
        len(client.get(Manifest()(name), headers={"Accept-Encoding": "gzip"}).data)
        for name in files
    ]
    assert len(page) + sum(sizes) < 60_000


@pytest.mark.parametrize("path", ["src/js/phone.js", "../pyproject.toml", "build.mjs"])
def test_nothing_but_what_was_built_can_be_fetched(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
    assert client.get(f"/static/dist/{path}").status_code == 404
