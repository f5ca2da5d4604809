"""The only place that asks the machine what time it is."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

ONE_DAY = timedelta(days=1)


class Clock(Protocol):
    """Whatever can tell the present moment."""

    def now(self) -> datetime:
        """The present moment, always aware, always UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment by this machine."""
        return datetime.now(UTC)  # noqa: TID251 - this is the one allowed call


@dataclass
class StoppedClock:
    """A clock for tests: stands still until it is told to move."""

    moment: datetime

    def now(self) -> datetime:
        """The moment it was stopped at."""
        return self.moment

    def advance(self, **by: float) -> None:
        """Move on, e.g. `clock.advance(minutes=5)`."""
        self.moment += timedelta(**by)
