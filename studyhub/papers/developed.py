"""What comes out of the darkroom."""

from dataclasses import dataclass

from studyhub.essays.flaws import Flaw


@dataclass(frozen=True)
class Developed:
    """One page, ready to be kept; and the same made straight, where that was needed and sure."""

    jpeg: bytes
    width: int
    height: int
    flaw: Flaw
    straight: "Developed | None" = None
