"""Every file is shown to the virus scanner first, where there is one."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from studyhub.kernel.errors import Unfit
from studyhub.papers import scanning


@contextmanager
def clamd(answer: bytes, folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """A scanner that answers this, and what it was sent."""
    address, heard = str(folder / "clamd"), list[bytes]()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(address)
        server.listen()
        server.settimeout(10)
        thread = threading.Thread(target=_answer, args=(server, answer, heard))
        thread.start()
        yield address, heard
        thread.join(10)


def _answer(server: socket.socket, answer: bytes, heard: list[bytes]) -> None:
    line, _ = server.accept()
    with line, line.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        while size := struct.unpack("!I", stream.read(4))[0]:
            heard.append(stream.read(size))
        line.sendall(answer)


def test_a_scanner_that_finds_nothing_lets_it_pass(tmp_path: Path) -> None:
    data = b"x" * 200_000
    with clamd(b"stream: OK\0", tmp_path) as (address, heard):
        scanning.expect_harmless(data, address)

    assert b"".join(heard) == data


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (b"stream: Eicar-Test-Signature FOUND\0", scanning.INFECTED),
        (b"INSTREAM size limit exceeded. ERROR\0", scanning.UNREACHABLE),
        (b"", scanning.UNREACHABLE),
    ],
)
def test_anything_else_is_refused(tmp_path: Path, answer: bytes, says: str) -> None:
    with clamd(answer, tmp_path) as (address, _), pytest.raises(Unfit) as refusal:
        scanning.expect_harmless(b"x", address)

    assert refusal.value.message == says


@pytest.mark.parametrize("address", ["/nowhere/clamd", "127.0.0.1:1", "nonsense"])
def test_a_scanner_out_of_reach_refuses(address: str) -> None:
    with pytest.raises(Unfit) as refusal:
        scanning.expect_harmless(b"x", address)

    assert refusal.value.message == scanning.UNREACHABLE
