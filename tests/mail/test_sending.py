"""A letter leaves at least once, under one name, and is never lost."""

import logging
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.letters import composing
from studyhub.mail import sending, service
from studyhub.mail.models import Fate, Kind, Letter
from tests.mail.conftest import Change
from tests.mail.receiver import Receiver
from tests.world import World


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("studyhub.mail").setLevel(logging.CRITICAL)


def write(tools: Tools, person: User, kind: Kind = Kind.TEST) -> UUID:
    with tools.writing() as db:
        letter = service.write(db, person.id, person.email or "", kind, now=tools.now())
        assert letter is not None
        return letter.id


def letter(tools: Tools, letter_id: UUID) -> Letter:
    with tools.reading() as db:
        return db.get_one(Letter, letter_id)


def test_a_letter_leaves_once(tools: Tools, village: World, receiver: Receiver) -> None:
    written = write(tools, village.an)

    composing.send(tools)
    composing.send(tools)

    assert len(receiver.letters) == 1
    assert letter(tools, written).fate is Fate.SENT


def test_what_is_refused_sends_no_letter(tools: Tools, village: World, receiver: Receiver) -> None:
    def deed() -> None:
        with tools.writing() as db:
            service.write(db, village.an.id, "an@example.vn", Kind.TEST, now=tools.now())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        deed()
    composing.send(tools)

    assert receiver.letters == []


def test_a_letter_is_not_sent_before_it_is_due(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    later = tools.now() + timedelta(minutes=10)
    with tools.writing() as db:
        service.write(db, village.an.id, "an@example.vn", Kind.TEST, now=tools.now(), due_at=later)

    composing.send(tools)
    early = len(receiver.letters)
    hour.advance(minutes=11)
    composing.send(tools)

    assert (early, len(receiver.letters)) == (0, 1)


def test_with_no_server_no_letter_is_written(
    tools: Tools, village: World, with_settings: Change
) -> None:
    engine = tools.engine.execution_options(**{service.MAIL: False})
    with tools.writing() as db:
        db.bind = engine
        assert service.write(db, village.an.id, "x@example.vn", Kind.TEST, now=tools.now()) is None
    assert sending.send_due(with_settings(smtp_host=""), lambda *_: None) == 0


def test_killed_between_sending_and_saying_so_it_comes_again_under_the_same_name(
    tools: Tools,
    village: World,
    receiver: Receiver,
    hour: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def die(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    written = write(tools, village.an)
    with monkeypatch.context() as patch:
        patch.setattr(service, "sent", die)
        with pytest.raises(KeyboardInterrupt):
            composing.send(tools)
    composing.send(tools)
    held = len(receiver.letters)
    hour.advance(minutes=11)
    composing.send(tools)

    assert held == 1
    first, again = receiver.letters
    assert first["Message-ID"] == again["Message-ID"] == f"<{written}@example.vn>"
    assert first["Date"] == again["Date"]
    assert letter(tools, written).fate is Fate.SENT


def test_whoever_held_it_too_long_no_longer_says_how_it_ended(
    tools: Tools, village: World, hour: StoppedClock
) -> None:
    written = write(tools, village.an)
    with tools.writing() as db:
        slow = service.take(db, now=tools.now())
    hour.advance(minutes=11)
    with tools.writing() as db:
        quick = service.take(db, now=tools.now())
    assert slow is not None
    assert quick is not None

    with tools.writing() as db:
        slow.attempts = 1
        assert not service.failed(db, slow, "odd", for_good=True, now=tools.now())
        assert service.sent(db, quick, now=tools.now())

    assert letter(tools, written).fate is Fate.SENT


def test_long_after_only_what_failed_is_on_record(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    receiver.refused[str(village.an.email)] = "550 No such user here"
    bad, _good = write(tools, village.an), write(tools, village.lan)
    composing.send(tools)
    hour.advance(days=91)

    service.forget(tools)

    with tools.reading() as db:
        assert list(db.scalars(select(Letter.id))) == [bad]


def test_when_the_server_is_taken_out_of_the_settings_nothing_waits_for_ever(
    tools: Tools, village: World, receiver: Receiver, with_settings: Change
) -> None:
    written = write(tools, village.an)

    composing.send(with_settings(smtp_host=""))

    assert letter(tools, written).fate is Fate.FAILED
    assert letter(tools, written).error == "switched_off"
