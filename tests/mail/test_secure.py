"""Secure connections: made with a server whose certificate is known, and with no other."""

import logging
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from studyhub.jobs.work import Tools
from studyhub.letters import composing
from studyhub.mail.models import Fate
from tests.mail.conftest import Change
from tests.mail.receiver import PASSWORD, USER, Receiver, only_with_password, receiving
from tests.mail.test_sending import letter, write
from tests.world import World

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="makes its certificate so")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of 127.0.0.1, signed by itself, with its key."""
    file = tmp_path_factory.mktemp("certificate") / "server.pem"
    made = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 -keyout {file} -out {file}.crt"
    about = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    subprocess.run([*made.split(), *about], check=True, capture_output=True)
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


@pytest.fixture
def secure(certificate: Path) -> ssl.SSLContext:
    """The server's side."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


def test_with_starttls_and_a_login_a_letter_leaves(
    tools: Tools,
    village: World,
    with_settings: Change,
    secure: ssl.SSLContext,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    written = write(tools, village.an)

    with receiving(
        Receiver(), tls_context=secure, require_starttls=True, authenticator=only_with_password
    ) as receiver:
        login = {"smtp_user": USER, "smtp_password": PASSWORD}
        composing.send(with_settings(smtp_port=receiver.port, smtp_security="starttls", **login))

    assert letter(tools, written).fate is Fate.SENT
    assert len(receiver.letters) == 1


def test_a_server_that_is_secure_from_the_start(
    tools: Tools,
    village: World,
    with_settings: Change,
    secure: ssl.SSLContext,
    certificate: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    written = write(tools, village.an)

    with receiving(Receiver(), secure=secure) as receiver:
        composing.send(with_settings(smtp_port=receiver.port, smtp_security="tls"))

    assert letter(tools, written).fate is Fate.SENT


def test_a_certificate_that_nobody_knows_gets_nothing(
    tools: Tools, village: World, with_settings: Change, secure: ssl.SSLContext
) -> None:
    logging.getLogger("studyhub.mail").setLevel(logging.CRITICAL)
    written = write(tools, village.an)

    with receiving(Receiver(), tls_context=secure, require_starttls=True) as receiver:
        composing.send(with_settings(smtp_port=receiver.port, smtp_security="starttls"))

    assert receiver.letters == []
    assert (letter(tools, written).fate, letter(tools, written).error) == (
        Fate.WAITING,
        "insecure",
    )
