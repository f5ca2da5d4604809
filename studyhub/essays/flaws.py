"""What makes a handwritten page hard to read."""

from enum import StrEnum


class Flaw(StrEnum):
    """As far as a machine can tell."""

    NONE = "none"
    BLURRED = "blurred"
    DARK = "dark"
