"""How often a letter is tried, and how long the pauses are. Pure."""

from datetime import timedelta

PAUSES = tuple(
    timedelta(**pause)
    for pause in (
        {"minutes": 1}, {"minutes": 5}, {"minutes": 15}, {"hours": 1}, {"hours": 3},
        {"hours": 6}, {"hours": 12}, {"hours": 24},
    )
)  # fmt: skip
"""After the first attempt that failed, the second, and so on; after the ninth it is given up."""

ATTEMPTS = len(PAUSES) + 1

HELD = timedelta(minutes=10)
"""How long whoever took a letter may be silent before others take it."""


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; None when there have been enough."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
