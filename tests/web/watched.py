"""A SQLite file that is watched: whether anything was written, and back to how it was."""

import sqlite3
from typing import Self


class Watched:
    """The file as it was when the watch began."""

    def __init__(self, path: str) -> None:
        self._file = sqlite3.connect(path)
        self._before = sqlite3.connect(":memory:")
        self._file.backup(self._before)
        self._seen = self._version()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()
        self._before.close()

    @property
    def is_written(self) -> bool:
        """Whether somebody else has committed a change since."""
        return self._version() != self._seen

    def restore(self) -> None:
        """Every row as it was."""
        self._before.backup(self._file)
        self._seen = self._version()

    def _version(self) -> int:
        return int(self._file.execute("PRAGMA data_version").fetchone()[0])
