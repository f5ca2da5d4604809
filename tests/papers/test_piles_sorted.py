"""A pile is sorted by hand, turned, and thrown away."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.on_behalf import Paper
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.papers import piles
from studyhub.papers.pages import Kept
from studyhub.papers.pile_models import Pile, PilePage, PileState
from studyhub.rounds.models import StudyRound
from tests.papers.test_piles import PAPER, brought, sorting
from tests.world import NOW, TODAY, World


def test_pages_go_to_nobody_of_another_cell_and_nothing_moves_afterwards(
    db: Session, world: World, round_: StudyRound
) -> None:
    pile, pages = sorting(db, world, round_, world.an)
    with pytest.raises(Missing):
        piles.assign(pile, [pages[0].id], world.hoa.id, among={world.lan.id})
    piles.hand_in(db, pile, PAPER, by=world.actor(world.binh), now=NOW)

    with pytest.raises(Untimely):
        piles.leave_out(pile, [pages[0].id])


def test_one_bad_day_hands_in_nothing(db: Session, world: World, round_: StudyRound) -> None:
    pile, _ = sorting(db, world, round_, world.an)
    wrong = Paper(received_on=TODAY + timedelta(days=1), kept_where="Tủ", zone=PAPER.zone)

    with pytest.raises(Unfit):
        piles.hand_in(db, pile, wrong, by=world.actor(world.binh), now=NOW)

    assert pile.state is PileState.SORTING


def test_pages_are_turned_by_hand_until_the_pile_is_handed_in(
    db: Session, world: World, round_: StudyRound
) -> None:
    pile, pages = sorting(db, world, round_, world.an, world.lan)
    assert piles.chosen(pile, [pages[0].id]) == {pages[0].id: "0" * 64}

    piles.turn(db, pile, {pages[0].id: Kept("t" * 64, 14, 10)})

    assert [(page.file_key[0], page.width, page.height) for page in pages] == [
        ("t", 14, 10),
        ("1", 10, 14),
    ]
    piles.hand_in(db, pile, PAPER, by=world.actor(world.binh), now=NOW)
    with pytest.raises(Untimely):
        piles.turn(db, pile, {pages[0].id: Kept("u" * 64, 10, 14)})


def test_a_pile_is_thrown_away_and_its_file_can_come_anew(
    db: Session, world: World, round_: StudyRound
) -> None:
    pile, _ = sorting(db, world, round_, world.an, None)
    gone = pile.id

    piles.throw_away(db, pile, by=world.actor(world.binh), now=NOW)

    assert db.get(Pile, gone) is None
    assert db.scalars(select(PilePage)).all() == []
    assert brought(db, world, round_).id != gone


def test_what_is_handed_in_is_not_thrown_away(
    db: Session, world: World, round_: StudyRound
) -> None:
    pile, _ = sorting(db, world, round_, world.an)
    piles.hand_in(db, pile, PAPER, by=world.actor(world.binh), now=NOW)

    with pytest.raises(Untimely):
        piles.throw_away(db, pile, by=world.actor(world.binh), now=NOW)

    assert db.get(Pile, pile.id) is pile
