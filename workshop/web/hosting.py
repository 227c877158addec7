"""Two links that work once: one makes a co-facilitator, the other makes a phone a remote."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from workshop.acts import hosts as acts
from workshop.reads import identity, rooms
from workshop.reads.hosts import link_room
from workshop.reads.rooms import RoomCard
from workshop.rules.hosting import MAY_HOST
from workshop.rules.refusals import Refused
from workshop.web.carried import remember_account
from workshop.web.errors import words
from workshop.web.forms import Form
from workshop.web.house import house, who
from workshop.web.signing import AccountForm, hashed


def hang(pages: Blueprint) -> None:
    """Give the door these routes."""
    pages.add_url_rule("/host/<token>", view_func=become_host, methods=["GET", "POST"])
    pages.add_url_rule("/remote/<token>", view_func=open_remote, methods=["GET", "POST"])


def _room_of(kind: str, token: str) -> RoomCard:
    """The room that a link is for.

    Raises:
        Refused: `pass_used`.
    """
    with house().store.read() as db:
        number = link_room(db, kind, token, house().now())
        found = rooms.by_id(db, number) if number is not None else None
    if found is None:
        raise Refused("pass_used")
    return found


def become_host(token: str) -> ResponseReturnValue:
    """Help to run a room: with one's account, or with one that is made here.

    Opening the page uses nothing up; its button does.
    """
    here, account = _room_of("cohost", token), who().account
    known = account if account and account.role in MAY_HOST else None
    if request.method == "POST" and known:
        house().stage.perform(acts.accept, token=token, account_id=known.id)
        return redirect(url_for("facilitator.control", slug=here.slug), 303)
    form, status = AccountForm(), 200
    if request.method == "POST":
        if form.validate():
            try:
                return _made(token, form, here)
            except Refused as refusal:
                form.email.errors = [words(refusal)]
        status = 422
    return render_template("door/host.html", room=here, form=form, known=known), status


def _made(token: str, form: AccountForm, here: RoomCard) -> ResponseReturnValue:
    """Make the account, sign it in, and go to the room."""
    change = house().stage.perform(
        acts.accept_anew,
        token=token,
        email=form.email.data or "",
        name=form.name.data or "",
        password_hash=hashed(form.password.data or ""),
    )
    remember_account(int(change.answer["account"]), 0)
    return redirect(url_for("facilitator.control", slug=here.slug), 303)


def open_remote(token: str) -> ResponseReturnValue:
    """Make this phone the remote of one room: it may control that room and nothing else.

    A phone that may do so already needs no link, and leaves it for another.
    """
    here = _room_of("remote", token)
    with house().store.read() as db:
        hosts = identity.find(db, session, here).hosts
    if request.method == "POST" and not hosts:
        change = house().stage.perform(acts.use_remote, token=token)
        remember_account(change.answer["account"], change.answer["epoch"])
        session["remote"] = change.answer["slug"]
    if request.method == "POST" or hosts:
        return redirect(url_for("facilitator.remote", slug=here.slug), 303)
    return render_template("door/remote.html", room=here, form=Form())
