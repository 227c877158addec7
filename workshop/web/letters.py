"""A letter to somebody who wants to hear back, in their language, as plain text.

It holds the titles of ideas and what happened to them, and nothing else that anybody wrote. Its
link leads to the person’s own page and carries no code: the page knows them by their device.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, url_for
from flask_babel import force_locale, format_date, gettext

from workshop.reads.hearing import Waiting
from workshop.rules.backlog import ANSWERS, STAGES
from workshop.rules.erasing import RUBBED_OUT
from workshop.rules.hearing import HEARD, LATE, MERGED, letter_tag, stop_token
from workshop.settings import Settings
from workshop.web.languages import READ

WHAT: Final = {**ANSWERS, **STAGES}
"""What an answer or a stage is called, by its key."""


def composed(app: Flask, settings: Settings, letter: Waiting, now: int) -> EmailMessage:
    """The letter, addressed. Made twice it is the same letter, with the same id."""
    root = settings.public_url.rstrip("/")
    token = stop_token(settings.secret_key, letter.id, letter.salt)
    with app.test_request_context(base_url=root), force_locale(_language(letter)):
        page = root + url_for("participant.mine", slug=letter.slug)
        stop = root + url_for("public.stop_letters", token=token)
        subject, text = gettext("What you said has moved"), "\n".join(_lines(letter, page, stop))
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender(settings)
    message["To"] = letter.address
    message["Date"] = formatdate(now / 1000)
    message["Message-ID"] = f"<{name_of(letter)}@{_host(settings)}>"
    message["List-Unsubscribe"] = f"<{stop}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text, cte="quoted-printable")
    return message


def name_of(letter: Waiting) -> str:
    """What names this letter, in a file and in its id, however often it is tried."""
    return f"{letter_tag(letter.salt)}-{letter.letter['until']}"


def sender(settings: Settings) -> str:
    """The address that letters come from."""
    return settings.mail_from or f"longtable@{_host(settings)}"


def _host(settings: Settings) -> str:
    return urlsplit(settings.public_url).hostname or "localhost"


def _language(letter: Waiting) -> str:
    return letter.language if letter.language in READ else "en"


def _lines(letter: Waiting, page: str, stop: str) -> Iterator[str]:
    yield gettext("Hello,")
    yield ""
    yield gettext("something you said has moved since we last wrote.")
    yield ""
    yield from _items(letter)
    if letter.letter["merged"]:
        yield from (f"* {gettext(MERGED)}", "")
    yield gettext("Read it in full on your own page:")
    yield page
    yield gettext("It opens on the device you used. On another one, type your code there.")
    yield ""
    yield gettext("We write once a day at most. To take your address back, open this:")
    yield stop


def _items(letter: Waiting) -> Iterator[str]:
    happened = letter.letter["items"]
    for number in sorted({*map(int, happened), *letter.letter["late"]}):
        title = letter.titles.get(number, "")
        yield f"* {gettext(title) if title == RUBBED_OUT else title}"
        for kind, what in happened.get(str(number), ()):
            said = gettext(WHAT[what]) if what in WHAT else ""
            yield f"  {gettext(HEARD[kind]) % {'what': said}}"
        if number in letter.letter["late"] and number in letter.promised:
            day = format_date(date.fromisoformat(letter.promised[number]), "d MMMM y")
            yield f"  {gettext(LATE) % {'day': day}}"
        yield ""
