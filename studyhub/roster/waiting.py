"""The files between the steps of an import: kept apart from documents, and only for a day.

They hold more about people than StudyHub keeps; whoever uploads the next one sweeps them out.
"""

import json
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from studyhub.kernel.words import N_
from studyhub.roster.errors import Unreadable
from studyhub.storage.files import FileStore

KEPT_FOR = timedelta(days=1)
GONE = N_("The list is no longer kept. Choose the file again.")


@dataclass(frozen=True)
class Waiting:
    """Where they wait."""

    store: FileStore

    @classmethod
    def beside(cls, files: FileStore) -> "Waiting":
        """In a folder of their own below the files of the installation."""
        return cls(FileStore(files.root / "rosters"))

    def keep(self, data: bytes, *, now: datetime) -> str:
        """Keep this file, let go of those of yesterday; returns its key."""
        self._sweep(now - KEPT_FOR)
        key = self.store.keep(data)
        moment = now.timestamp()
        os.utime(self.store.root / key[:2] / key, (moment, moment))
        return key

    def read(self, key: str) -> bytes:
        """The file again; `Unreadable` when it is gone."""
        try:
            return self.store.read(key)
        except OSError as error:
            raise Unreadable(GONE) from error

    def size(self, key: str) -> int:
        """How large the file is; `Unreadable` when it is gone."""
        try:
            return (self.store.root / key[:2] / key).stat().st_size
        except OSError as error:
            raise Unreadable(GONE) from error

    def note(self, work: UUID, what: str, said: Any, *, now: datetime) -> None:
        """Keep beside the files what became of a piece of work, or how far it is."""
        path = self._noted(work, what)
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_suffix(f".{os.getpid()}")
        aside.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        os.utime(aside, (now.timestamp(), now.timestamp()))
        os.replace(aside, path)

    def noted(self, work: UUID, what: str) -> Any:
        """What was noted last; None when nothing was, or not any more."""
        try:
            return json.loads(self._noted(work, what).read_text("utf-8"))
        except OSError:
            return None

    def _noted(self, work: UUID, what: str) -> Path:
        return self.store.root / "notes" / f"{work}-{what}"

    def _sweep(self, before: datetime) -> None:
        old = [path for path in self.store.root.glob("*/*") if _is_older(path, before)]
        for path in old:
            path.unlink(missing_ok=True)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except OSError:
        return False  # somebody else has swept it out
