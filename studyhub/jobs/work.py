"""What whoever works in the background is given: the database in short steps, the clock, files.

Nothing is written outside a `writing` block, and nothing slow is done inside
one: on SQLite everybody who writes stands in one line.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from studyhub.jobs.rules import Every
from studyhub.kernel import sqlite
from studyhub.kernel.clock import Clock
from studyhub.settings import Settings
from studyhub.storage.files import FileStore


@dataclass(frozen=True, kw_only=True)
class Tools:
    """The installation, as far as background work needs it."""

    engine: Engine
    clock: Clock
    zone: ZoneInfo
    files: FileStore
    settings: Settings

    def now(self) -> datetime:
        """The present moment."""
        return self.clock.now()

    def today(self) -> date:
        """The day where StudyHub stands."""
        return self.now().astimezone(self.zone).date()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Look something up; keeps nobody waiting."""
        with Session(self.engine, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """One short transaction, kept when the block ends well."""
        with Session(self.engine, expire_on_commit=False) as db, db.begin():
            db.connection(execution_options={sqlite.WRITES: True})
            yield db


@dataclass(frozen=True, kw_only=True)
class Task:
    """A job as its handler gets it, taken for the `attempt`-th time."""

    id: UUID
    kind: str
    subject_id: UUID | None
    payload: Mapping[str, Any]
    attempt: int
    tools: Tools
    progress: Callable[[int], None] = field(repr=False)
    """Say how far it is, 0 to 100, and that it goes on: the lease begins anew."""


@dataclass(frozen=True, kw_only=True)
class Handler:
    """Who does the jobs of one kind. A job may be done twice: `run` must not mind.

    `lease` is how long it may be silent before it is taken for dead.
    """

    kind: str
    run: Callable[[Task], None]
    lease: timedelta = timedelta(minutes=5)
    lengthy: bool = False
    """Whether one may take an hour: such jobs have a line of their own, and hold up no other."""
    computes: bool = False
    """Whether it computes for long: not among the threads of a web server (`studyhub.apart`)."""


@dataclass(frozen=True, kw_only=True)
class Chore:
    """Something that falls due by the clock. It may be done twice: `run` must not mind."""

    name: str
    run: Callable[[Tools], None]
    every: Every
    at: time = time(2)
    """The time of day of a daily chore, where StudyHub stands."""
    lease: timedelta = timedelta(minutes=10)
