"""The member confirms what was entered for them, or objects."""

import pytest
from sqlalchemy.orm import Session

from studyhub.completion.rules import EssayMark
from studyhub.essays import on_behalf
from studyhub.essays.lifecycle import State
from studyhub.kernel.errors import Forbidden, Unfit, Untimely
from studyhub.notices.models import Kind
from tests.essays.paper import hand_in, mark, told, typed
from tests.world import NOW, World


def test_the_member_confirms_and_whoever_typed_is_told(db: Session, world: World) -> None:
    version = hand_in(db, world, typed(db, world, world.round()))

    on_behalf.answer(db, version, agrees=True, words="", by=world.actor(world.an), now=NOW)

    assert version.answer
    assert version.answer.agrees
    assert not version.is_contested
    assert told(db, world.binh) == [Kind.ESSAY_CONFIRMED]
    assert told(db, world.dung) == []


def test_an_objection_is_told_to_the_cell_and_the_committee_and_deletes_nothing(
    db: Session, world: World
) -> None:
    transcript = typed(db, world, world.round())
    version = hand_in(db, world, transcript)
    by = world.actor(world.an)

    with pytest.raises(Unfit):
        on_behalf.answer(db, version, agrees=False, words=" ", by=by, now=NOW)
    on_behalf.answer(db, version, agrees=False, words="Thiếu trang cuối.", by=by, now=NOW)

    assert version.is_contested
    assert transcript.essay.state is State.SUBMITTED
    assert mark(db, transcript.essay) == (EssayMark.SUBMITTED, False)
    for person in (world.binh, world.giang, world.dung):
        assert told(db, person) == [Kind.ESSAY_CONTESTED]


def test_nobody_answers_for_the_member_or_about_what_they_handed_in_themselves(
    db: Session, world: World
) -> None:
    version = hand_in(db, world, typed(db, world, world.round()))
    own = world.essay(world.lan, state=State.SUBMITTED).versions[0]

    with pytest.raises(Forbidden):
        on_behalf.answer(db, version, agrees=True, words="", by=world.actor(world.binh), now=NOW)
    with pytest.raises(Untimely):
        on_behalf.answer(db, own, agrees=True, words="", by=world.actor(world.lan), now=NOW)
