"""What processes have cost so far, as Linux tells it."""

import os
from collections.abc import Iterable
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
_PARENT, _USER, _SYSTEM = 1, 11, 12
"""Places in /proc/…/stat, counted behind the name."""


def cpu_seconds(roots: Iterable[int]) -> float:
    """Seconds of CPU that these processes and all below them have used."""
    used = 0
    for process in family(roots):
        facts = _stat(process)
        used += int(facts[_USER]) + int(facts[_SYSTEM]) if facts else 0
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
