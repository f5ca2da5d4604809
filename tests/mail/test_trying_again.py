"""Servers that are down, refuse, or are busy: letters wait with growing pauses, or are given up."""

import logging
from itertools import pairwise
from typing import Any

import pytest

from studyhub.jobs.work import Tools
from studyhub.kernel.clock import StoppedClock
from studyhub.letters import composing
from studyhub.mail import queries, service
from studyhub.mail.models import Fate, Kind, Letter
from studyhub.mail.rules import ATTEMPTS, PAUSES
from tests.mail.conftest import Change
from tests.mail.receiver import PASSWORD, USER, Receiver, only_with_password, receiving
from tests.mail.test_sending import letter, write
from tests.world import World


@pytest.fixture(autouse=True)
def _quiet() -> None:
    logging.getLogger("studyhub.mail").setLevel(logging.CRITICAL)


def test_while_the_server_is_down_letters_wait_and_leave_when_it_is_back(
    tools: Tools, village: World, with_settings: Change, hour: StoppedClock
) -> None:
    late = Receiver()
    with receiving(late):
        pass
    tools = with_settings(smtp_port=late.port)
    first, second = write(tools, village.an), write(tools, village.lan)

    composing.send(tools)
    down = letter(tools, first)
    with receiving(late, late.port):
        hour.advance(minutes=2)
        composing.send(tools)

    assert (down.fate, down.error, down.attempts) == (Fate.WAITING, "unreachable", 1)
    assert {one["To"].addresses[0].addr_spec for one in late.letters} == {
        village.an.email, village.lan.email,
    }  # fmt: skip
    assert letter(tools, second).attempts == 1


def test_pauses_grow_and_after_the_last_attempt_it_is_given_up(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    receiver.refuses_all = "451 Not now"
    written = write(tools, village.an)
    due = [tools.now()]
    while (now := letter(tools, written)).fate is Fate.WAITING:
        hour.moment = max(hour.moment, now.due_at)
        composing.send(tools)
        due.append(letter(tools, written).due_at)

    ended = letter(tools, written)

    assert ended.fate is Fate.FAILED
    assert (ended.error, ended.attempts) == ("busy", ATTEMPTS)
    pauses = [after - before for before, after in pairwise(due)][: len(PAUSES)]
    assert pauses == list(PAUSES)


def test_a_refused_recipient_is_given_up_at_once_and_keeps_nobody_waiting(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    receiver.refused[str(village.an.email)] = "550 No such user here"
    bad, good = write(tools, village.an), write(tools, village.lan)

    composing.send(tools)

    assert (letter(tools, bad).fate, letter(tools, bad).error) == (Fate.FAILED, "recipient")
    assert letter(tools, good).fate is Fate.SENT
    with tools.reading() as db:
        assert [one.id for one in queries.failed(db)] == [bad]


def test_a_recipient_who_is_refused_for_now_is_tried_again(
    tools: Tools, village: World, receiver: Receiver, hour: StoppedClock
) -> None:
    receiver.refused[str(village.an.email)] = "450 Mailbox busy"
    written = write(tools, village.an)
    composing.send(tools)
    busy = letter(tools, written)
    receiver.refused.clear()
    hour.advance(minutes=2)

    composing.send(tools)

    assert (busy.fate, busy.error) == (Fate.WAITING, "busy")
    assert letter(tools, written).fate is Fate.SENT


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_refused_login_stops_the_round_and_loses_nothing(
    tools: Tools, village: World, with_settings: Change, hour: StoppedClock
) -> None:
    strict = Receiver()
    options: dict[str, Any] = {"auth_required": True, "auth_require_tls": False}
    with receiving(strict, authenticator=only_with_password, **options):
        told = {"smtp_port": strict.port, "smtp_user": USER}
        wrong = with_settings(**told, smtp_password="wrong")
        first, second = write(tools, village.an), write(tools, village.lan)
        composing.send(wrong)
        refused = letter(tools, first), letter(tools, second)
        hour.advance(minutes=2)
        composing.send(with_settings(**told, smtp_password=PASSWORD))

    assert sorted((one.error, one.attempts) for one in refused) == [("", 0), ("login", 1)]
    assert len(strict.letters) == 2


def test_a_server_without_starttls_gets_nothing(
    tools: Tools, village: World, with_settings: Change, receiver: Receiver
) -> None:
    written = write(tools, village.an)

    composing.send(with_settings(smtp_security="starttls"))

    assert receiver.letters == []
    assert letter(tools, written).error == "insecure"


def test_a_letter_that_cannot_be_put_into_words_keeps_the_others_not_waiting(
    tools: Tools, village: World, receiver: Receiver
) -> None:
    bad, good = write(tools, village.an, Kind.RECEIPT), write(tools, village.lan)

    composing.send(tools)

    assert (letter(tools, bad).fate, letter(tools, bad).error) == (Fate.WAITING, "odd")
    assert letter(tools, good).fate is Fate.SENT


def test_one_given_up_is_sent_again(tools: Tools, village: World, receiver: Receiver) -> None:
    receiver.refused[str(village.an.email)] = "550 No such user here"
    written = write(tools, village.an)
    composing.send(tools)
    receiver.refused.clear()

    with tools.writing() as db:
        again = db.get_one(Letter, written)
        service.send_again(db, again, by=village.actor(village.em), now=tools.now())
    composing.send(tools)

    assert letter(tools, written).fate is Fate.SENT
    assert len(receiver.letters) == 1
