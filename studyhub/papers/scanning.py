"""Asks clamd whether a file is known to be harmful: its INSTREAM protocol, over its socket."""

import socket
import struct

from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_

SECONDS = 20.0
_PIECE = 64 * 1024

INFECTED = N_("The virus scanner found something harmful in this file. It was not kept.")
UNREACHABLE = N_(
    "The virus scanner does not answer, so no file can be taken now. Try again later, or type "
    "the text."
)


def expect_harmless(data: bytes, address: str) -> None:
    """Refuse what clamd knows, and everything while it does not answer; no address, no question.

    `address` is a path («/run/clamav/clamd.ctl») or a host and port («127.0.0.1:3310»).
    """
    if not address:
        return
    try:
        said = _ask(data, address)
    except (OSError, ValueError) as error:
        raise Unfit(UNREACHABLE) from error
    if said.endswith(b"OK"):
        return
    raise Unfit(INFECTED if said.endswith(b"FOUND") else UNREACHABLE)


def _ask(data: bytes, address: str) -> bytes:
    with _connected(address) as line:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        return _answer(line)


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)


def _answer(line: socket.socket) -> bytes:
    said = b""
    while b"\0" not in said and len(said) < 4096 and (piece := line.recv(4096)):
        said += piece
    return said.rstrip(b"\0 \r\n")
