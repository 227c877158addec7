"""Letters leave once, through a mail server or as files, and failures are told and tried again."""

from __future__ import annotations

import email
import itertools
import smtplib
from dataclasses import replace
from email.policy import default

import pytest

from tests.web.desk import Desk, desk
from tests.web.hearing import GRACE, Place, Sink
from tests.web.panel import panel
from workshop.acts import hearing
from workshop.rules.hearing import BACK_OFF_MS
from workshop.web.postman import Postman

__all__ = ["desk"]


@pytest.fixture
def place(desk: Desk) -> Place:
    return Place(panel(desk))


def test_what_cannot_be_sent_is_tried_again_later_and_given_up_loudly(
    place: Place, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[int] = []

    def refuses(*_given: object) -> None:
        tried.append(place.clock.now)
        raise smtplib.SMTPRecipientsRefused({GRACE: (550, b"no such person: " + GRACE.encode())})

    monkeypatch.setattr("workshop.web.postman.deliver", refuses)
    place.leaves()
    place.answers()
    with caplog.at_level("INFO", logger="longtable"):
        for _ in range(60 * 24):
            place.passes(11)
            if not place.rows()[0].due_at:
                break
    waits = [(later - sooner) // 60_000 for sooner, later in itertools.pairwise(tried)]
    assert len(tried) == len(BACK_OFF_MS) + 1
    assert waits == sorted(waits)
    outcomes = [record.told["outcome"] for record in caplog.records if hasattr(record, "told")]
    assert outcomes.count("failed") == len(BACK_OFF_MS)
    assert outcomes[-1] == "given_up"
    assert caplog.records[-1].levelname == "ERROR"
    assert "grace" not in str([vars(record) for record in caplog.records]).lower()


def test_several_processes_send_one_letter(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str] = []
    other = Postman(place.here.desk.product.app, place.stage, place.here.desk.product.settings)

    def slow(_settings: object, name: str, _message: object) -> None:
        sent.append(name)
        if len(sent) == 1:
            assert other.round() == 0, "the letter is out with somebody"

    monkeypatch.setattr("workshop.web.postman.deliver", slow)
    place.leaves()
    place.answers()
    assert place.passes() == 1
    assert other.round() == 0
    assert len(sent) == 1


def test_a_process_that_dies_leaves_the_letter_to_another(place: Place) -> None:
    place.leaves()
    place.answers()
    place.clock.pass_minutes(11)
    place.postman._write()
    (row,) = place.rows()
    taken = place.stage.perform(hearing.claim_letter, follower_id=row.id, due_at=row.due_at)
    assert taken.answer["claimed"]
    assert place.passes(1) == 0
    assert place.passes(6) == 1


def test_a_letter_goes_through_a_mail_server(place: Place) -> None:
    with Sink() as sink:
        settings = replace(
            place.here.desk.product.settings,
            smtp_host="127.0.0.1",
            smtp_port=sink.port,
            smtp_tls="none",
            mail_from="table@example.org",
        )
        place.postman = Postman(place.here.desk.product.app, place.stage, settings)
        place.leaves()
        place.answers()
        assert place.passes() == 1
    assert sink.envelope == ["mail FROM:<table@example.org>", f"rcpt TO:<{GRACE}>"]
    message = email.message_from_bytes(sink.data.encode("latin-1"), policy=default)
    assert "A leader answered it" in str(message.get_content())
    assert place.letters() == []
