"""Cover sheets: what their code says, and for whom they are printed."""

import pytest
from sqlalchemy.orm import Session

from studyhub.papers import cover_sheets
from studyhub.papers.cover_sheets import HEAD, Slip
from studyhub.rounds.models import Call, StudyRound
from tests.world import World

KEY = "a key of the tests"


@pytest.fixture
def round_(world: World) -> StudyRound:
    """One that takes handwriting."""
    return world.round(takes_handwriting=True)


def test_a_token_is_read_back_and_a_forged_one_is_not(round_: StudyRound, world: World) -> None:
    slip = Slip(round_.id, world.an.id)
    token = cover_sheets.token(KEY, slip)

    assert cover_sheets.read(KEY, token) == slip
    assert cover_sheets.read("another key", token) is None
    assert cover_sheets.read(KEY, token[:-3] + "AAA") is None
    assert cover_sheets.read(KEY, HEAD + "nothing of ours!") is None
    assert world.an.full_name not in token


def test_the_list_leaves_out_who_is_released_and_other_cells(
    db: Session, round_: StudyRound, world: World
) -> None:
    listed = cover_sheets.listed(db, round_, world.cell)
    assert [one.user for one in listed] == [world.an, world.binh, world.giang, world.lan]

    listed[0].call, listed[0].reason = Call.RELEASED, "Chuyển đi"
    db.flush()

    assert world.an not in [one.user for one in cover_sheets.listed(db, round_, world.cell)]
