"""The front end's files: sent small where a browser takes it, kept for ever, nothing beside."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug import Response

from tests.served import ROOT
from tests.web.visitors import place
from workshop.assets import Manifest

PHONE_LIMIT = 60_000
DIST = ROOT / "static/dist"
TEMPLATES = ROOT / "templates"
OF_A_PHONE = ("door/*.html", "participant/*.html", "phases/*.html", "ballots/*.html")


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return place(tmp_path).longtable.app.test_client()


def fetched(client: FlaskClient, address: str, encoding: str) -> Response:
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


def _with_what_it_imports(name: str) -> set[str]:
    """A built script, and all that it cannot run without."""
    beside = re.findall(r'(?:from|import)"\./([\w-]+\.js)"', (DIST / name).read_text())
    return {name}.union(*map(_with_what_it_imports, beside))


def test_a_first_page_for_a_phone_is_small(client: FlaskClient) -> None:
    page = fetched(client, "/", "gzip").data
    built = [Manifest("")(name) for name in ("app.css", "icons.svg", "favicon.svg")]
    names = [*built, *_with_what_it_imports(Manifest("")("phone.js"))]
    assert len(names) > len(built) + 1
    sizes = [len(fetched(client, f"/static/dist/{name}", "gzip").data) for name in names]
    assert len(page) + sum(sizes) < PHONE_LIMIT


def test_a_phone_needs_no_icon_of_a_desk() -> None:
    said = "".join(path.read_text() for part in OF_A_PHONE for path in TEMPLATES.glob(part))
    named = set(re.findall(r'icon\("([a-z-]+)"', said))
    desk = Manifest("")("icons-desk.svg")
    assert named
    assert not {name for name in named if Manifest("")(f"#{name}").startswith(desk)}


@pytest.mark.parametrize("path", ["src/js/phone.js", "../pyproject.toml", "build.mjs"])
def test_nothing_but_what_was_built_can_be_fetched(client: FlaskClient, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404
    assert client.get(f"/static/dist/{path}").status_code == 404
