"""A round that takes what is written by hand."""

import pytest

from studyhub.rounds.models import StudyRound
from tests.world import World


@pytest.fixture
def round_(world: World) -> StudyRound:
    """It asks for a hundred words, of which nobody counts those on paper."""
    return world.round(takes_handwriting=True, min_syllables=100)
