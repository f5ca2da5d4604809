"""A round that asks for a quiz."""

import pytest

from studyhub.rounds.models import StudyRound
from tests.world import World


@pytest.fixture
def round_(world: World) -> StudyRound:
    """A round that asks for a quiz and nothing else."""
    return world.round(
        asks_for_quiz=True, asks_to_read=False, asks_to_attend=False, asks_for_essay=False
    )
