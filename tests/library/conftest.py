"""A real resolution to read, where there is one beside the project; else one of our own."""

from pathlib import Path

import pytest

from studyhub.library.outline import Outline, parse

PROJECT = Path(__file__).parents[2]
REAL = PROJECT.parent / "shared/data/nghi-quyet-03-nq-cp-2025.md"
OURS = PROJECT / "studyhub/demonstration/documents/round-3.md"


@pytest.fixture(scope="session")
def resolution() -> str:
    """The text of a whole resolution."""
    return (REAL if REAL.exists() else OURS).read_text("utf-8")


@pytest.fixture(scope="session")
def lines(resolution: str) -> list[str]:
    """Its lines, as a person would type them into Word."""
    return [line.strip() for line in resolution.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def outline(resolution: str) -> Outline:
    """Its outline."""
    return parse(resolution)
