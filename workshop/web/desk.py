"""The head that all pages at a desk share: where somebody can go, by what they may do."""

from __future__ import annotations

from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from workshop.rules.roles import ACCOUNT_ROLES
from workshop.web.house import who


def desk() -> dict[str, Any]:
    """What `templates/home/_nav.html` needs: the links, and the name and role of the reader."""
    if "who" not in g:
        # The request was turned away before anybody looked who sent it; the page only says so.
        return {}
    roles = who().roles
    links = [("changes", url_for("public.changes"), _("Published changes"))]
    if roles & {"facilitator", "leader"}:
        links.insert(0, ("just", url_for("leader.just_do"), _("Just do it")))
        links.insert(0, ("offers", url_for("leader.offers"), _("Offers and needs")))
        links.insert(0, ("backlog", url_for("leader.backlog"), _("Backlog")))
    if roles & {"facilitator", "cofacilitator"}:
        links.insert(0, ("workshops", url_for("home.workshops"), _("Workshops")))
    if "administrator" in roles:
        links.append(("people", url_for("home.accounts"), _("People")))
    account = who().account
    return {
        "desk_links": links,
        "desk_name": account.name if account else "",
        "desk_role": _(ACCOUNT_ROLES[account.role]) if account and "remote" not in roles else "",
    }
