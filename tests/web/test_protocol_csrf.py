"""No form of any page is taken without its hidden token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.personas import ROLES, world

STALE = "http://localhost/the-page-it-was-on"
FORM = {"text": "words", "csrf_token": "not the one"}


def test_every_form_of_every_page_needs_its_token(tmp_path: Path) -> None:
    """With every persona's own cookie, so that nothing but the token can be what is missing."""
    here = world(tmp_path)
    app = here.product.app
    posted = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(posted) > 30
    named = {"slug": here.here.told.room().slug, "kind": "test"}
    before, taken = here.version(), []
    for persona in ("seat", "facilitator of this room", "leader", "administrator", "assessor"):
        assert persona in ROLES
        client = here.browser(persona)
        for rule in posted:
            given: dict[str, Any] = {name: named.get(name, "1") for name in rule.arguments}
            with app.test_request_context():
                address = app.url_for(rule.endpoint, **given)
            answer = client.post(address, data=FORM, headers={"Referer": STALE})
            # Sent back to the page they came from, to send it again from a fresh one.
            if (answer.status_code, answer.location) != (302, STALE):
                taken.append((persona, rule.endpoint, answer.status_code))
    assert taken == []
    assert here.version() == before
    here.close()
