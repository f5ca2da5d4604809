"""The way to the mail server of the settings: one visit, many letters."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from studyhub.mail.troubles import at_the_letter, on_the_way
from studyhub.settings import Settings

PATIENCE = 20.0
"""Seconds a server may take for each answer."""


@contextmanager
def visit(settings: Settings, *, patience: float = PATIENCE) -> Iterator[smtplib.SMTP]:
    """A server that is ready to take letters; `Trouble` when it is not."""
    try:
        server = _connected(settings, patience)
    except (OSError, ValueError) as why:
        raise on_the_way(why) from None
    try:
        yield server
    finally:
        _leave(server)


def hand_over(server: smtplib.SMTP, message: EmailMessage) -> None:
    """Give it one letter; `Trouble` when it does not take it.

    After a refusal the server begins anew, so that the next letter can be given.
    """
    try:
        server.send_message(message)
    except (OSError, ValueError) as why:
        raise at_the_letter(why) from None


def _connected(settings: Settings, patience: float) -> smtplib.SMTP:
    where, how = (settings.smtp_host, settings.smtp_port), settings.smtp_security
    if how == "tls":
        context = ssl.create_default_context()
        server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=patience, context=context)
    else:
        server = smtplib.SMTP(*where, timeout=patience)
    try:
        if how == "starttls":
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, settings.smtp_password)
    except BaseException:
        server.close()
        raise
    return server


def _leave(server: smtplib.SMTP) -> None:
    """Say good-bye; a server that has hung up already does not mind."""
    try:
        server.quit()
    except (OSError, ValueError):
        server.close()
