"""What comes out of the darkroom."""

from dataclasses import dataclass

from studyhub.essays.flaws import Flaw


@dataclass(frozen=True)
class Developed:
    """One page, ready to be kept."""

    jpeg: bytes
    width: int
    height: int
    flaw: Flaw
