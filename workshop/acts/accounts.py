"""Accounts: one-time passes, making an account, signing out everywhere.

Passwords are hashed by the door, outside every transaction: argon2 is slow on purpose.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from workshop.acts.stage import Change
from workshop.rules.receipts import token_hash
from workshop.rules.refusals import Refused
from workshop.rules.roles import ACCOUNT_ROLES
from workshop.rules.wording import LIMITS, clean
from workshop.storage.models import Account, Pass

DAY_MS: Final = 24 * 60 * 60 * 1000
PASS_DAYS: Final = {"setup": 1, "invite": 14, "robot": 1}


def make_pass(db: Session, *, now: int, kind: str, role: str, token: str) -> Change:
    """Keep the hash of a one-time link that makes, or signs in, an account with `role`."""
    if role not in ACCOUNT_ROLES:
        raise Refused("unknown_choice")
    db.add(
        Pass(
            kind=kind,
            role=role,
            token_hash=token_hash(token),
            expires_at=now + PASS_DAYS[kind] * DAY_MS,
        )
    )
    return Change()


def use_pass(
    db: Session, *, now: int, kind: str, token: str, email: str, name: str, password_hash: str
) -> Change:
    """Make an account with a one-time link, which then works no more.

    Raises:
        Refused: `pass_used` for a link that is unknown, used or too old, `email_taken`.
    """
    spent = db.execute(
        update(Pass)
        .where(Pass.token_hash == token_hash(token), Pass.kind == kind)
        .where(Pass.used_at.is_(None), Pass.expires_at > now)
        .values(used_at=now)
        .returning(Pass.role)
    ).first()
    if spent is None:
        raise Refused("pass_used")
    account = new_account(db, now, spent.role, email, name, password_hash)
    return Change(answer={"account": account.id})


def new_account(
    db: Session, now: int, role: str, email: str, name: str, password_hash: str
) -> Account:
    """Somebody who can sign in from now on.

    Raises:
        Refused: `bad_email`, `email_taken`, or what is wrong with the name.
    """
    address = clean(email, LIMITS["email"]).lower()
    if "@" not in address:
        raise Refused("bad_email")
    if db.scalar(select(Account.id).where(Account.email == address)) is not None:
        raise Refused("email_taken")
    account = Account(
        email=address,
        name=clean(name, LIMITS["name"]),
        role=role,
        password_hash=password_hash,
        created_at=now,
    )
    db.add(account)
    db.flush()
    return account


def sign_out_everywhere(db: Session, *, now: int, account_id: int) -> Change:  # noqa: ARG001 - every act takes the time
    """Make every cookie of this account worthless at once."""
    db.execute(update(Account).where(Account.id == account_id).values(epoch=Account.epoch + 1))
    return Change(gone_accounts=(account_id,))
