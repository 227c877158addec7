"""`longtable invite`: a link that makes one account."""

from __future__ import annotations

import secrets
from typing import Any

from workshop.cli.asking import Asked, Start, in_sentences


def add(commands: Any) -> None:  # noqa: ANN401 - argparse keeps the class to itself
    """Hang `invite` on the command line."""
    from workshop.rules.roles import ACCOUNT_ROLES

    about = "print a link with which one person makes an account"
    command = commands.add_parser("invite", help=about, description=about)
    command.add_argument("--role", choices=list(ACCOUNT_ROLES), default="facilitator")
    command.set_defaults(run=_invite)


def _invite(asked: Asked, _start: Start) -> int:
    with in_sentences():
        from workshop.acts.accounts import PASS_DAYS, make_pass
        from workshop.cli.opening import opened

        token = secrets.token_urlsafe(24)
        with opened() as (settings, stage):
            stage.perform(make_pass, kind="invite", role=asked.role, token=token)
    print(f"{settings.public_url}/invitation/{token}")
    print(f"It works once, within {PASS_DAYS['invite']} days, and makes a {asked.role}.")
    return 0
