"""The manners of files that come in pieces: one after the other, without gaps, each whole."""

import zlib
from typing import Protocol

from studyhub.kernel.errors import Conflict, Unfit
from studyhub.kernel.words import N_

OUT_OF_TURN = N_("This piece does not follow what has arrived.")


class Incoming(Protocol):
    """A file on its way, as far as this needs to know it."""

    received: int
    size: int


def expect_next(file: Incoming, at: int, piece: bytes, *, largest: int) -> None:
    """Refuse a piece that leaves a gap, goes beyond the end, or is none."""
    if at != file.received or file.received == file.size:
        raise Conflict(OUT_OF_TURN)
    if not 0 < len(piece) <= min(largest, file.size - at):
        raise Unfit(OUT_OF_TURN)


def expect_undamaged(piece: bytes, mark: str) -> None:
    """Refuse a piece that is not what its CRC-32 (8 hex digits) says: it is to be sent again."""
    if f"{zlib.crc32(piece):08x}" != mark:
        raise Conflict(OUT_OF_TURN)
