"""Sends what is due: takes a letter, has it put into words, hands it over, says how it ended.

Between taking and saying nobody stands in line for it. Whoever dies in between leaves a
letter that is taken again, and bears the same Message-ID then. When the fault is the
server's (out of reach, login refused), the others are not tried: they wait with it.
"""

import logging
import smtplib
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from email.message import EmailMessage

from sqlalchemy.orm import Session

from studyhub.jobs.work import Tools
from studyhub.mail import queries, service
from studyhub.mail.models import Letter
from studyhub.mail.server import hand_over, visit
from studyhub.mail.troubles import Error, Trouble

log = logging.getLogger("studyhub.mail")

Compose = Callable[[Session, Letter], EmailMessage | None]
"""Puts a letter into words; None when there is nothing to say any more."""

LONGEST = 45.0
"""Seconds of one round of sending: other work waits as long."""


def send_due(tools: Tools, compose: Compose) -> int:
    """Send what is due; how many letters left."""
    if not tools.settings.sends_mail:
        _give_up_what_waits(tools)
        return 0
    until, left = time.monotonic() + LONGEST, 0
    with _server(tools) as server:
        while time.monotonic() < until and (letter := _taken(tools)) is not None:
            try:
                left += _send(tools, letter, compose, server)
            except Trouble as trouble:
                _note(tools, letter, trouble)
                if trouble.is_of_the_server:
                    break
    return left


def _give_up_what_waits(tools: Tools) -> None:
    """The server was taken out of the settings: nothing waits for ever, and all of it is seen."""
    with tools.reading() as db:
        if not queries.anything_waits(db):
            return
    with tools.writing() as db:
        service.give_up_all(db, Error.SWITCHED_OFF.value, now=tools.now())


@contextmanager
def _server(tools: Tools) -> Iterator[Callable[[], smtplib.SMTP]]:
    """The server, visited when the first letter is ready for it, and left at the end."""
    with ExitStack() as stack:
        visited: list[smtplib.SMTP] = []

        def server() -> smtplib.SMTP:
            if not visited:
                visited.append(stack.enter_context(visit(tools.settings)))
            return visited[0]

        yield server


def _taken(tools: Tools) -> Letter | None:
    with tools.writing() as db:
        return service.take(db, now=tools.now())


def _send(
    tools: Tools, letter: Letter, compose: Compose, server: Callable[[], smtplib.SMTP]
) -> bool:
    with tools.reading() as db:
        message = _composed(db, letter, compose)
    if message is None:
        with tools.writing() as db:
            service.not_needed(db, letter, now=tools.now())
        return False
    hand_over(server(), message)
    with tools.writing() as db:
        service.sent(db, letter, now=tools.now())
    return True


def _composed(db: Session, letter: Letter, compose: Compose) -> EmailMessage | None:
    try:
        return compose(db, letter)
    except Exception:
        log.exception("a letter could not be put into words", extra={"facts": _facts(letter)})
        raise Trouble(Error.ODD) from None


def _note(tools: Tools, letter: Letter, trouble: Trouble) -> None:
    facts = {**_facts(letter), "error": trouble.error.value}
    log.warning("a letter did not leave", extra={"facts": facts})
    with tools.writing() as db:
        service.failed(db, letter, trouble.error.value, for_good=trouble.for_good, now=tools.now())


def _facts(letter: Letter) -> dict[str, str | int]:
    return {"letter": str(letter.id), "kind": letter.kind, "attempt": letter.attempts}
