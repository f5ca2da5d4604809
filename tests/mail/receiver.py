"""A real SMTP server that keeps what it is sent, and can be told to refuse."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword

HOST = "127.0.0.1"
USER, PASSWORD = "studyhub", "mat-khau-thu"


class Receiver:
    """What has come, and what is refused: an address, or whatever stands for a word."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.refused: dict[str, str] = {}
        self.refuses_all = ""
        self.port = 0

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls it by
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """Take the address, or say why not."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        """Keep the letter, or say why not."""
        if self.refuses_all:
            return self.refuses_all
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"

    def last(self) -> EmailMessage:
        """The letter that came last."""
        return self.letters[-1]


def text_of(letter: EmailMessage, kind: str = "plain") -> str:
    """What it says, as plain text or as HTML."""
    body = letter.get_body((kind,))
    assert body is not None
    said: str = body.get_content()
    return said


def link_in(letter: EmailMessage) -> str:
    """Where it leads: the path behind the address of the installation."""
    words = text_of(letter).split()
    url = next(word for word in words if word.startswith("http"))
    return "/" + url.split("/", 3)[3]


@contextmanager
def receiving(
    receiver: Receiver, port: int = 0, *, secure: ssl.SSLContext | None = None, **options: Any
) -> Iterator[Receiver]:
    """The receiver listens, for as long as the block lasts; `secure` from the first byte on."""
    controller = Controller(
        receiver, hostname=HOST, port=port or free_port(), ssl_context=secure, **options
    )
    controller.start()
    receiver.port = controller.port
    try:
        yield receiver
    finally:
        controller.stop(no_assert=True)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    return port


def only_with_password(
    _server: Any, _session: Any, _envelope: Any, mechanism: str, data: Any
) -> AuthResult:
    """The one login there is."""
    fits = (
        mechanism in {"LOGIN", "PLAIN"}
        and isinstance(data, LoginPassword)
        and data == LoginPassword(USER.encode(), PASSWORD.encode())
    )
    return AuthResult(success=fits, handled=False)
