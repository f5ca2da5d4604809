"""What can go wrong between us and a mail server, sorted: whose fault, and whether to try again."""

import smtplib
import ssl
from enum import StrEnum


class Error(StrEnum):
    """The kinds of failure. Kept with the letter; the page has a sentence for each."""

    UNREACHABLE = "unreachable"
    INSECURE = "insecure"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    BUSY = "busy"
    ODD = "odd"
    SWITCHED_OFF = "switched_off"


OF_THE_SERVER = frozenset({Error.UNREACHABLE, Error.INSECURE, Error.LOGIN, Error.SENDER})
"""What would be the same with the next letter: no other is tried now."""


class Trouble(Exception):
    """Why a letter did not leave; `for_good` when trying again would change nothing."""

    def __init__(self, error: Error, *, for_good: bool = False) -> None:
        super().__init__(error.value)
        self.error, self.for_good = error, for_good

    @property
    def is_of_the_server(self) -> bool:
        """Whether the next letter would fare the same."""
        return self.error in OF_THE_SERVER


_BY_KIND: tuple[tuple[type[Exception], Error], ...] = (
    (ssl.SSLError, Error.INSECURE),
    (smtplib.SMTPAuthenticationError, Error.LOGIN),
    (smtplib.SMTPSenderRefused, Error.SENDER),
    (smtplib.SMTPConnectError, Error.UNREACHABLE),
    (smtplib.SMTPHeloError, Error.UNREACHABLE),
    (smtplib.SMTPServerDisconnected, Error.UNREACHABLE),
)


def on_the_way(why: Exception) -> Trouble:
    """The trouble behind what was raised before the server was ready to take a letter."""
    if isinstance(why, smtplib.SMTPNotSupportedError):
        return Trouble(Error.INSECURE)
    if isinstance(why, UnicodeError):  # smtplib logs in with ASCII only
        return Trouble(Error.LOGIN)
    return _by_kind(why) or Trouble(_else(why, Error.LOGIN))


def at_the_letter(why: Exception) -> Trouble:
    """The trouble behind what was raised while it was taking one."""
    if isinstance(why, smtplib.SMTPRecipientsRefused):
        return _answered(Error.RECIPIENT, next(iter(why.recipients.values()))[0])
    if isinstance(why, smtplib.SMTPNotSupportedError):  # letters in the address it cannot write
        return Trouble(Error.RECIPIENT, for_good=True)
    if isinstance(why, smtplib.SMTPDataError):
        return _answered(Error.CONTENT, why.smtp_code)
    return _by_kind(why) or Trouble(_else(why, Error.ODD))


def _by_kind(why: Exception) -> Trouble | None:
    return next((Trouble(error) for kind, error in _BY_KIND if isinstance(why, kind)), None)


def _else(why: Exception, odd: Error) -> Error:
    """Of what smtplib calls an OSError too, only the others are the network."""
    return odd if isinstance(why, smtplib.SMTPException) else Error.UNREACHABLE


def _answered(error: Error, code: int) -> Trouble:
    """5xx is a no; 4xx says: later."""
    return Trouble(error, for_good=True) if code >= 500 else Trouble(Error.BUSY)
