"""What processes have cost so far, as Linux tells it."""

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _ENDED = 1, 11, 14
"""Places in /proc/…/stat, counted behind the name: user, system, and both of ended children."""


@dataclass
class Watch(threading.Thread):
    """Looks at the memory twenty times a second, and keeps the most."""

    roots: tuple[int, ...]
    most: float = 0.0
    """Megabytes of all of them together."""
    largest: float = 0.0
    """Megabytes of one of them."""
    ends: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        """A thread that ends with the program."""
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        """As every thread."""
        return id(self)

    def run(self) -> None:
        """Until told to stop."""
        while not self.ends.wait(0.05):
            shares = [_share(process) / 1024 for process in family(self.roots)]
            self.most = max(self.most, sum(shares))
            self.largest = max(self.largest, *shares)


def cpu_seconds(roots: Iterable[int]) -> float:
    """Seconds of CPU that these processes and all below them have used, also those that ended."""
    used = 0
    for process in family(roots):
        facts = _stat(process)
        used += sum(map(int, facts[_USER : _ENDED + 1]))
    return used / TICKS


def memory(roots: Iterable[int]) -> float:
    """Megabytes they hold; what several share is counted once (PSS)."""
    return sum(_share(process) for process in family(roots)) / 1024


def family(roots: Iterable[int]) -> set[int]:
    """These processes with their children, and the children of those."""
    found = set(roots)
    parents = {pid: parent for pid in _all() if (parent := _parent(pid)) is not None}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _all() -> list[int]:
    return [int(entry.name) for entry in PROC.iterdir() if entry.name.isdigit()]


def _parent(process: int) -> int | None:
    facts = _stat(process)
    return int(facts[_PARENT]) if facts else None


def _stat(process: int) -> list[str]:
    """Empty when it has just ended."""
    try:
        return (PROC / str(process) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _share(process: int) -> int:
    try:
        lines = (PROC / str(process) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
