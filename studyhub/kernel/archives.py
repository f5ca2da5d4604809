"""Looks into a zip archive before anything in it is unpacked: documents and sheets are archives."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from studyhub.kernel.sandbox import MEGABYTE

FAULTS = (
    zipfile.BadZipFile,
    NotImplementedError,  # a way of packing that zipfile does not know
    EOFError,
    ValueError,
    OSError,
    RuntimeError,
)
"""Everything that zipfile raises over a damaged archive."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How large an archive may become: entries, bytes unpacked, and bytes for each one packed."""

    entries: int
    unpacked: int
    ratio: int

    def are_broken_by(self, archive: zipfile.ZipFile, packed: int) -> bool:
        """Whether it is a bomb, or near enough; `packed` is the size of the file itself."""
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        swollen = unpacked > MEGABYTE and unpacked > self.ratio * packed
        return len(entries) > self.entries or unpacked > self.unpacked or swollen


@contextmanager
def opened(data: bytes, *, damaged: Exception) -> Iterator[zipfile.ZipFile]:
    """The archive for looking into; `damaged` is raised when it cannot be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except FAULTS as error:
        raise damaged from error


def is_locked(archive: zipfile.ZipFile) -> bool:
    """Whether an entry needs a password."""
    return any(entry.flag_bits & 1 for entry in archive.infolist())
