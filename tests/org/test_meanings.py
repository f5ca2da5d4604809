"""What words mean: units by either name, one person by a full name or a whole number."""

import pytest
from sqlalchemy import ColumnElement, select, true
from sqlalchemy.orm import Session

from studyhub.access import scope
from studyhub.accounts.models import User
from studyhub.kernel.vietnamese import fold, sort_key, sort_keys
from studyhub.org import finding, meanings, service
from studyhub.org.models import Unit, UnitKind
from tests.org.test_finding import anybody
from tests.statements import counted
from tests.world import NOW, TODAY, World


def test_units_are_found_by_words_of_either_name(db: Session, world: World) -> None:
    world.other_cell.short_name = "TTra"
    db.flush()

    def found(words: str, visible: ColumnElement[bool]) -> list[Unit]:
        return list(finding.units(db, words, visible=visible).units)

    assert found("van phong", true()) == [world.cell]
    assert found("ttra", true()) == [world.other_cell]
    assert found("hong", true()) == []
    assert found("chi bo", scope.visible_units(world.actor(world.binh))) == [world.cell]
    assert finding.units(db, "chi bo", visible=true(), limit=1).more == 1


def test_units_that_have_ended_come_last(db: Session, world: World) -> None:
    world.cell.until = TODAY
    new = service.found_unit(
        db, world.district, kind=UnitKind.CELL, name="Chi bộ Văn phòng Sở mới", since=TODAY,
        by=None, now=NOW,
    )  # fmt: skip
    db.flush()

    assert finding.units(db, "van phong", visible=true()).units == [new, world.cell]


def test_a_search_asks_a_constant_number_of_questions(db: Session, world: World) -> None:
    db.flush()
    asked: dict[str, int] = {}

    def ask(words: str) -> None:
        db.expunge_all()
        with counted(db) as sent:
            finding.search(db, words, by=anybody())
        asked[words] = len(sent)

    for words in ("n", "thi lan", "zzz", "0"):
        ask(words)

    assert set(asked.values()) == {3}


@pytest.mark.parametrize("typed", ["Trần Thị Lan", "tran thi lan"])
def test_a_full_name_means_somebody_one_may_see(db: Session, world: World, typed: str) -> None:
    secretary = scope.visible_members(world.actor(world.binh))
    other = scope.visible_members(world.actor(world.chi))

    assert finding.meant_by(db, typed, visible=secretary) == [world.lan]
    assert finding.meant_by(db, typed, visible=other) == []


def test_a_whole_card_number_means_its_bearer_wherever_they_belong(
    db: Session, world: World
) -> None:
    visible = scope.visible_members(world.actor(world.chi))

    assert finding.meant_by(db, world.dung.card_number or "", visible=visible) == [world.dung]
    assert finding.meant_by(db, (world.an.card_number or "")[:6], visible=visible) == []


def test_called_finds_by_words_and_by_whole_number(db: Session, world: World) -> None:
    def who(words: str) -> list[User]:
        return list(db.scalars(select(User).where(meanings.called(words))))

    db.flush()
    assert who("tran lan") == [world.lan]
    assert who(world.an.card_number or "") == [world.an]
    assert world.an not in who((world.an.card_number or "")[:6])


@pytest.mark.parametrize("given", ["Hạnh", "Hằng", "Đường", "Dương", "Ước", "Ý", "Nguyện", "Yến"])
def test_the_register_is_entered_at_every_spelling_of_a_word(given: str) -> None:
    for end in range(1, len(given) + 1):
        assert any(sort_key(f"Lê {given}").startswith(key) for key in sort_keys(fold(given)[:end]))
