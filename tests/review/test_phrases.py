"""Phrases kept for reuse: one's own, and those a committee shares."""

import pytest
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit
from studyhub.review.phrases import Phrase, at_hand, keep_phrase, remove_phrase
from tests.world import NOW, World


def keep(
    db: Session, world: World, text: str = "Nêu số liệu.", letters: str = "sl", **more: object
) -> Phrase:
    return keep_phrase(db, text, letters, by=world.actor(world.binh), now=NOW, **more)  # type: ignore[arg-type]


def found(db: Session, by: Actor) -> list[str]:
    paths = [path for held in by.territories.values() for path in held]
    return [phrase.text for phrase in at_hand(db, by, paths)]


def test_ones_own_are_nobody_elses(db: Session, world: World) -> None:
    keep(db, world)

    assert found(db, world.actor(world.binh)) == ["Nêu số liệu."]
    assert found(db, world.actor(world.giang)) == []


def test_those_of_a_committee_are_at_hand_for_all_who_judge_below_it(
    db: Session, world: World
) -> None:
    dung = world.actor(world.dung)
    keep_phrase(db, "Gửi cả chi bộ.", "", by=dung, now=NOW, unit=world.district)

    for who in (world.binh, world.giang, world.chi, world.dung):
        assert found(db, world.actor(who)) == ["Gửi cả chi bộ."]
    assert found(db, world.actor(world.an)) == []


def test_the_same_again_is_one_and_letters_stand_for_one_phrase(db: Session, world: World) -> None:
    phrase = keep(db, world, letters="/SL")

    assert phrase.letters == "sl"
    assert keep(db, world) is phrase
    with pytest.raises(Conflict):
        keep(db, world, "Số liệu khác.")


@pytest.mark.parametrize(
    ("text", "letters"), [("  ", "a"), ("x" * 501, "a"), ("ổn", "a b"), ("ổn", "a" * 13)]
)
def test_what_does_not_fit_is_refused(db: Session, world: World, text: str, letters: str) -> None:
    with pytest.raises(Unfit):
        keep(db, world, text, letters)


def test_a_phrase_can_be_removed(db: Session, world: World) -> None:
    remove_phrase(db, keep(db, world), by=world.actor(world.binh), now=NOW)

    assert found(db, world.actor(world.binh)) == []
