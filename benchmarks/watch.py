"""The most memory that processes hold while something is measured."""

import threading
from dataclasses import dataclass, field

from benchmarks import processes


@dataclass
class Watch(threading.Thread):
    """Looks at the memory twenty times a second, and keeps the most."""

    roots: tuple[int, ...]
    most: float = 0.0
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
            self.most = max(self.most, processes.memory(self.roots))
