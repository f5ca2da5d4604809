"""Questions about the list of a round and the library."""

from sqlalchemy import true
from sqlalchemy.orm import Session

from studyhub.rounds import queries
from tests.world import World


def test_the_list_stands_by_cell_and_given_name(db: Session, world: World) -> None:
    names = [s.user.given_name for s in queries.on_the_list(db, world.round())]

    assert names == ["An", "Bình", "Giang", "Lan", "Chi", "Hoa"]


def test_a_name_is_found_without_its_marks(db: Session, world: World) -> None:
    found = queries.on_the_list(db, world.round(), search="do kim")

    assert [summons.user_id for summons in found] == [world.chi.id]


def test_a_word_of_the_name_is_found_by_its_beginning(db: Session, world: World) -> None:
    found = queries.on_the_list(db, world.round(), search="an")

    assert [summons.user_id for summons in found] == [world.an.id]


def test_only_those_not_on_the_list_can_be_added(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an])

    found = queries.not_on_the_list(db, round_, search="lan", members=true())
    again = queries.not_on_the_list(db, round_, search="nguyen van an", members=true())
    nobody = queries.not_on_the_list(db, round_, search=" ", members=true())

    assert ([user.id for user in found], again, nobody) == ([world.lan.id], [], ())


def test_a_card_number_finds_its_bearer(db: Session, world: World) -> None:
    round_ = world.round(summoned=[world.an])

    found = queries.not_on_the_list(db, round_, search=f" {world.lan.card_number} ", members=true())

    listed = queries.on_the_list(db, round_, search=world.an.card_number or "")
    assert [user.id for user in found] == [world.lan.id]
    assert [summons.user_id for summons in listed] == [world.an.id]


def test_chosen_documents_stay_in_sight_when_searching(db: Session, world: World) -> None:
    chosen, other = world.document("về chuyển đổi số"), world.document("về đất đai")
    world.document("về biển đảo")

    found = queries.documents_to_choose(db, search="dat dai", chosen=[chosen.id])

    assert [document.id for document in found] == [chosen.id, other.id]
