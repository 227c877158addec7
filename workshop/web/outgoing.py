"""Where letters leave: through a mail server, or as files that somebody sends by hand."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Collection
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Final

from workshop.rules.hearing import letter_tag
from workshop.settings import Settings
from workshop.settings.key import folder_of

SECONDS: Final = 20.0
"""How long a mail server may keep us waiting."""

FOLDER: Final = "outbox"


def outbox(settings: Settings) -> Path:
    """The folder for letters where there is no mail server."""
    return folder_of(settings.database_url) / FOLDER


def deliver(settings: Settings, name: str, message: EmailMessage) -> None:
    """Hand a letter over. It may take seconds: never in a transaction, and never in a room’s path.

    Raises:
        OSError: where it did not leave; what `smtplib` raises is one of these.
    """
    if settings.smtp_host:
        _by_server(settings, message)
    else:
        _by_file(outbox(settings), name, message)


def _by_server(settings: Settings, message: EmailMessage) -> None:
    sealed = settings.smtp_tls == "tls"
    host, port = settings.smtp_host, settings.smtp_port
    opened = (
        smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
        if sealed
        else smtplib.SMTP(host, port, timeout=SECONDS)
    )
    with opened as server:
        if settings.smtp_tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
        server.send_message(message)


def _by_file(folder: Path, name: str, message: EmailMessage) -> None:
    """Write the letter whole or not at all; only the owner of the folder may read it."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    passing = folder / f"{name}.part"
    with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(message.as_bytes(policy=SMTP))
        file.flush()
        os.fsync(file.fileno())
    passing.replace(folder / f"{name}.eml")


def tidy(settings: Settings, salts: Collection[str]) -> int:
    """Delete letters that lie in the folder for addresses that were taken back; how many."""
    kept, gone = {letter_tag(salt) for salt in salts}, 0
    for file in outbox(settings).glob("*-*.*"):
        if file.name.partition("-")[0] not in kept:
            with suppress(FileNotFoundError):
                file.unlink()
                gone += 1
    return gone
