"""Files that arrive in pieces, until they are whole: beside the store, under their own names."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True)
class Arriving:
    """The folder they lie in. What is here is nobody's yet, and may be thrown away."""

    root: Path

    def write(self, which: UUID, at: int, piece: bytes) -> None:
        """Put a piece at its place, durably; whatever stood behind it is cut off."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.path(which), os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            file.seek(at)
            file.write(piece)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())

    def read(self, which: UUID) -> bytes:
        """What has arrived; FileNotFoundError when nothing has."""
        return self.path(which).read_bytes()

    def path(self, which: UUID) -> Path:
        """Where it lies, to be read piece by piece."""
        return self.root / str(which)

    def drop(self, which: UUID) -> None:
        """It is not needed any more."""
        self.path(which).unlink(missing_ok=True)

    def left(self, before: datetime) -> set[UUID]:
        """Those that nothing was added to since then."""
        if not self.root.exists():
            return set()
        limit = before.timestamp()
        return {UUID(one.name) for one in self.root.iterdir() if one.stat().st_mtime < limit}
