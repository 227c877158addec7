"""Signing in and out, and the three links that work once: set-up, invitation, replay."""

from __future__ import annotations

import secrets
from functools import cache
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from wtforms import EmailField, PasswordField
from wtforms.validators import DataRequired, Length

from workshop.acts import accounts
from workshop.logs import event
from workshop.reads import identity
from workshop.rules.refusals import REFUSALS, Refused
from workshop.rules.wording import LIMITS
from workshop.web.carried import remember_account
from workshop.web.errors import STATUS, words
from workshop.web.forms import Form
from workshop.web.forms import words as words_field
from workshop.web.house import house, who
from workshop.web.throttle import Guesses

SHORTEST: Final = 12
LONGEST: Final = 256
"""Letters of a password: long enough to be hard to guess, short enough to be cheap to hash."""

WRONG_PASSWORDS: Final = Guesses(limit=10)

_hasher: Final = PasswordHasher()
_needed: Final = DataRequired(lazy_gettext(REFUSALS["empty"]))


class SignInForm(Form):
    """An email address and a password."""

    email = EmailField(
        lazy_gettext("Work email"), validators=[_needed], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[_needed],
        render_kw={"autocomplete": "current-password"},
    )


class AccountForm(Form):
    """What a new account is made of."""

    name = words_field(lazy_gettext("Your name"), "name", required=True, autocomplete="name")
    email = EmailField(
        lazy_gettext("Work email"),
        validators=[_needed, Length(max=LIMITS["email"])],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        lazy_gettext("Password"),
        validators=[
            _needed,
            Length(SHORTEST, LONGEST, lazy_gettext(REFUSALS["short_password"], least=SHORTEST)),
        ],
        render_kw={"autocomplete": "new-password", "minlength": SHORTEST},
    )


def hang(pages: Blueprint) -> None:
    """Give the door these routes."""
    pages.add_url_rule("/sign-in", view_func=sign_in, methods=["GET", "POST"])
    pages.add_url_rule("/sign-out", view_func=sign_out, methods=["POST"])
    pages.add_url_rule("/setup/<token>", view_func=set_up, methods=["GET", "POST"])
    pages.add_url_rule("/invitation/<token>", view_func=accept_invitation, methods=["GET", "POST"])
    pages.add_url_rule("/robot/<token>", view_func=robot, methods=["GET", "POST"])


def unsafe(path: str | None) -> bool:
    """Whether `path` could lead a browser away from here, or is no path at all."""
    return not path or not path.startswith("/") or path.startswith("//") or "\\" in path


def sign_in() -> ResponseReturnValue:
    """Sign in by email and password."""
    form = SignInForm()
    if request.method == "GET":
        return render_template("door/sign_in.html", form=form)
    if not form.validate():
        return render_template("door/sign_in.html", form=form), 422
    try:
        found = _checked(form.email.data or "", form.password.data or "")
    except Refused as refusal:
        event("sign_in_refused", refusal=refusal.code)
        form.password.errors = [words(refusal)]
        return render_template("door/sign_in.html", form=form), STATUS.get(refusal.code, 409)
    return _welcome(found.account_id, found.epoch, request.args.get("next"))


def _checked(email: str, password: str) -> identity.Login:
    """The account that both belong to. An unknown email takes as long as a wrong password.

    Raises:
        Refused: `bad_sign_in`, or `too_fast` after many wrong tries from one address.
    """
    guesser, now = f"{request.remote_addr} {email.strip().lower()}", house().now()
    if WRONG_PASSWORDS.too_many(guesser, now) or len(password) > LONGEST:
        raise Refused("too_fast" if len(password) <= LONGEST else "bad_sign_in")
    with house().store.read() as db:
        found = identity.login(db, email)
    stored = found.password_hash if found else _nobodys_hash()
    if not house().offload(_matches, stored, password) or found is None:
        raise WRONG_PASSWORDS.wrong(guesser, now, Refused("bad_sign_in"))
    return found


@cache
def _nobodys_hash() -> str:
    """The hash of a password that nobody has."""
    return _hasher.hash(secrets.token_urlsafe(16))


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _welcome(account_id: int, epoch: int, wanted: str | None = None) -> ResponseReturnValue:
    """Sign somebody in and lead them to where their work is."""
    remember_account(account_id, epoch)
    if wanted and not unsafe(wanted):
        return redirect(wanted, 303)
    with house().store.read() as db:
        card = identity.account(db, account_id, epoch)
    leads = card is not None and card.role == "leader"
    return redirect(url_for("leader.backlog" if leads else "home.workshops"), 303)


def sign_out() -> ResponseReturnValue:
    """Sign out on every device. The seats this browser remembers stay."""
    account = who().account
    if account is not None:
        house().stage.perform(accounts.sign_out_everywhere, account_id=account.id)
    for name in ("account", "epoch"):
        session.pop(name, None)
    return redirect(url_for("door.landing"), 303)


def set_up(token: str) -> ResponseReturnValue:
    """Make the first administrator, by the link that the command printed."""
    return _new_account("setup", token)


def accept_invitation(token: str) -> ResponseReturnValue:
    """Make an account, by a link that an administrator sent."""
    return _new_account("invite", token)


def _role_of(kind: str, token: str) -> str:
    """What a link still gives.

    Raises:
        Refused: `pass_used`.
    """
    with house().store.read() as db:
        role = identity.pass_role(db, kind, token, house().now())
    if role is None:
        raise Refused("pass_used")
    return role


def _new_account(kind: str, token: str) -> ResponseReturnValue:
    role, form = _role_of(kind, token), AccountForm()
    status = 200
    if request.method == "POST":
        if form.validate():
            try:
                made = _made(kind, token, form)
            except Refused as refusal:
                form.email.errors = [words(refusal)]
            else:
                return _welcome(made, 0)
        status = 422
    return render_template("door/new_account.html", form=form, role=role, kind=kind), status


def _made(kind: str, token: str, form: AccountForm) -> int:
    """The number of the account that the form and the link make."""
    change = house().stage.perform(
        accounts.use_pass,
        kind=kind,
        token=token,
        email=form.email.data or "",
        name=form.name.data or "",
        password_hash=hashed(form.password.data or ""),
    )
    return int(change.answer["account"])


def hashed(password: str) -> str:
    """What is kept of a password; worked out where that holds up nobody."""
    return str(house().offload(_hasher.hash, password))


def robot(token: str) -> ResponseReturnValue:
    """Sign in a fresh facilitator without a password, for a replay on the same machine.

    Opening the page uses nothing up; its button does.
    """
    _role_of("robot", token)
    if request.method == "GET":
        return render_template("door/robot.html", form=Form())
    change = house().stage.perform(
        accounts.use_pass,
        kind="robot",
        token=token,
        email=f"replay-{secrets.token_hex(8)}@longtable.invalid",
        name="Replay",
        password_hash="!",  # noqa: S106 - no password matches this: it is no hash
    )
    return _welcome(int(change.answer["account"]), 0)
