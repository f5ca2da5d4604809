"""Files by the hash of their content, on local disk."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from studyhub.storage.arriving import Arriving


@dataclass(frozen=True)
class FileStore:
    """Keeps bytes under their SHA-256: the same content is kept once, and never changes."""

    root: Path

    def keep(self, data: bytes) -> str:
        """Store `data` durably; return its key (64 hex digits)."""
        key = hashlib.sha256(data).hexdigest()
        path = self._path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, data)
        return key

    def read(self, key: str) -> bytes:
        """The bytes under `key`; FileNotFoundError when there are none."""
        return self._path(key).read_bytes()

    @property
    def arriving(self) -> Arriving:
        """Files that are not whole yet."""
        return Arriving(self.root / "arriving")

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / key


def _write_durably(path: Path, data: bytes) -> None:
    """Whole or not at all: written aside, flushed to the disk, then given its name."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(data)
        aside.flush()
        os.fsync(aside.fileno())
    os.replace(aside.name, path)
