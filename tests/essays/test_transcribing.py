"""Typing for a member: nothing that was typed is lost."""

import pytest
from sqlalchemy.orm import Session

from studyhub.essays import transcribing
from studyhub.kernel.errors import Conflict, Forbidden, Missing, Unfit
from tests.essays.paper import TEXT, begun, typed
from tests.world import NOW, World


def test_nobody_types_for_themselves_or_for_another_cell(db: Session, world: World) -> None:
    round_ = world.round()

    with pytest.raises(Forbidden):
        begun(db, world, round_, world.binh)
    with pytest.raises(Missing):
        begun(db, world, round_, world.hoa)


def test_a_window_that_is_behind_overwrites_nothing(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())
    key = next(iter(transcript.draft))

    with pytest.raises(Conflict):
        transcribing.keep(db, transcript, {key: "khác"}, revision=0, now=NOW)

    assert transcript.draft[key] == TEXT


def test_both_texts_stay_when_two_windows_are_settled(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())
    key = next(iter(transcript.draft))

    transcribing.settle(
        db, transcript, {key: "chọn"}, revision=1, given_up={key: "máy kia"}, now=NOW
    )
    db.flush()

    kept = {one.draft[key] for one in transcribing.kept_texts(db, transcript)}
    assert kept == {TEXT, "máy kia"}
    assert transcript.draft[key] == "chọn"


def test_scans_need_a_round_that_takes_handwriting(db: Session, world: World) -> None:
    transcript = begun(db, world, world.round())

    with pytest.raises(Unfit):
        transcribing.set_pages(db, transcript, [{"key": "a"}], by=world.actor(world.binh), now=NOW)


def test_a_file_is_put_behind_what_is_typed(db: Session, world: World) -> None:
    transcript = typed(db, world, world.round())
    first, second = transcript.draft

    transcribing.append(db, transcript, {first: "thêm"}, by=world.actor(world.binh), now=NOW)

    assert transcript.draft == {first: f"{TEXT}\n\nthêm", second: TEXT}
