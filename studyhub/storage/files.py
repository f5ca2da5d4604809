"""Files by the hash of their content, on local disk."""

import hashlib
import os
import shutil
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
        path = self.path(key)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_durably(path, data)
        return key

    def key_of(self, file: Path) -> str:
        """The key this file would have, however large it is; it is on the disk by then."""
        with file.open("rb") as data:
            key = hashlib.file_digest(data, "sha256").hexdigest()
            os.fsync(data.fileno())
        return key

    def take_in(self, file: Path, key: str = "") -> str:
        """Make a whole file our own, however large; return its key. It is gone where it was."""
        key = key or self.key_of(file)
        path = self.path(key)
        if path.exists():
            file.unlink()
            return key
        path.parent.mkdir(parents=True, exist_ok=True)
        _move_durably(file, path)
        return key

    def read(self, key: str) -> bytes:
        """The bytes under `key`; FileNotFoundError when there are none."""
        return self.path(key).read_bytes()

    def path(self, key: str) -> Path:
        """Where the bytes under `key` lie, to be read piece by piece; perhaps there are none."""
        return self.root / key[:2] / key

    def drop(self, key: str) -> None:
        """Throw the bytes away. That nothing else stands on them is for who keeps the key."""
        self.path(key).unlink(missing_ok=True)

    @property
    def free(self) -> int:
        """So many bytes still find room."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free

    @property
    def arriving(self) -> Arriving:
        """Files that are not whole yet."""
        return Arriving(self.root / "arriving")


def _write_durably(path: Path, data: bytes) -> None:
    """Whole or not at all: written aside, flushed to the disk, then given its name."""
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as aside:
        aside.write(data)
        aside.flush()
        os.fsync(aside.fileno())
    os.replace(aside.name, path)


def _move_durably(file: Path, path: Path) -> None:
    """By its name alone on the same disk; from another disk it is copied beside its place first."""
    try:
        os.replace(file, path)
    except OSError:
        aside = path.with_name(f"{path.name}.aside")
        with file.open("rb") as data, aside.open("wb") as copy:
            shutil.copyfileobj(data, copy, 1024 * 1024)
            copy.flush()
            os.fsync(copy.fileno())
        os.replace(aside, path)
        file.unlink()
