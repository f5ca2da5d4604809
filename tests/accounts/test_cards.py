"""Sign-in cards: one code at most a person, good once, for thirty days."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.accounts import cards, passwords, service
from studyhub.accounts.models import SignInCode, User
from studyhub.audit.models import AuditEntry
from tests.world import NOW, PASSWORD, World

LATER = NOW + timedelta(days=3)


def made(world: World, *people: User) -> list[str]:
    """The codes on a fresh sheet for these people."""
    seed = cards.new_seed()
    cards.make(world.db, people, seed=seed, place=world.cell.id, by=world.actor(world.em), now=NOW)
    world.db.flush()
    kept = cards.cards_of(world.db, [person.id for person in people])
    codes = cards.codes(kept, people, seed=seed)
    return [codes[person.id] for person in people]


def test_each_gets_a_code_of_their_own_that_no_vietnamese_keyboard_spoils(world: World) -> None:
    codes = made(world, world.an, world.lan)

    assert len({*codes}) == 2
    assert all(len(code) == 12 for code in codes)
    assert not {*"".join(codes)} & {*"AEIOUYDW01"}


def test_the_code_itself_is_kept_nowhere(world: World) -> None:
    (code,) = made(world, world.an)

    row = world.db.scalars(select(SignInCode)).one()
    entries = world.db.scalars(select(AuditEntry)).all()
    assert code not in row.code_digest.upper()
    assert not [entry for entry in entries if code in str(entry.facts)]


def test_a_code_lets_in_once_and_asks_for_a_password(world: World) -> None:
    (code,) = made(world, world.an)
    before = world.an.generation

    assert cards.let_in(world.db, code, now=LATER) is world.an
    assert world.an.must_change_password
    assert world.an.generation == before + 1
    assert cards.let_in(world.db, code, now=LATER) is None


def test_a_code_ends_after_thirty_days(world: World) -> None:
    (code,) = made(world, world.an)

    assert cards.let_in(world.db, code, now=NOW + timedelta(days=30)) is None
    assert cards.let_in(world.db, code, now=NOW + timedelta(days=30, seconds=-1)) is world.an


def test_a_closed_account_is_not_opened_by_a_card(world: World) -> None:
    (code,) = made(world, world.an)
    world.an.closed_at = NOW

    assert cards.let_in(world.db, code, now=LATER) is None


def test_a_reprint_voids_the_former_code_of_those_on_it_and_of_nobody_else(world: World) -> None:
    of_an, of_lan = made(world, world.an, world.lan)

    (newer,) = made(world, world.an)

    assert cards.let_in(world.db, of_an, now=LATER) is None
    assert cards.let_in(world.db, of_lan, now=LATER) is world.lan
    assert cards.let_in(world.db, newer, now=LATER) is world.an


def test_a_first_password_not_used_is_void_and_one_that_was_chosen_stays(world: World) -> None:
    first = service.give_first_password(world.db, world.an, by=None, now=NOW)

    made(world, world.an, world.lan)

    assert not passwords.matches(world.an.password_hash, first)
    assert passwords.matches(world.lan.password_hash, PASSWORD)
    assert not world.lan.must_change_password


@pytest.mark.parametrize("how", ["chosen", "first"])
def test_a_new_password_voids_the_card(world: World, how: str) -> None:
    (code,) = made(world, world.an)

    if how == "chosen":
        an = world.actor(world.an)
        service.choose_password(world.db, world.an, "một câu ngắn", by=an, now=LATER)
    else:
        service.give_first_password(world.db, world.an, by=None, now=LATER)

    assert cards.let_in(world.db, code, now=LATER) is None


def test_a_sheet_is_in_the_log_with_its_figure_and_each_card_on_it(world: World) -> None:
    made(world, world.an, world.lan)
    made(world, world.an)

    entries = world.db.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    sheets = [entry for entry in entries if entry.deed == "account.sign_in_cards_made"]
    each = [entry.subject_id for entry in entries if entry.deed == "account.sign_in_card_made"]
    assert [entry.facts for entry in sheets] == [{"cards": 2}, {"cards": 1}]
    assert {entry.subject_id for entry in sheets} == {world.cell.id}
    assert {entry.actor_id for entry in sheets} == {world.em.id}
    assert Counter(each) == {world.an.id: 2, world.lan.id: 1}


@pytest.mark.parametrize("typed", ["bcfg 2345 hjkl", " BCFG-2345-HJKL ", "bcfg2345hjkl"])
def test_a_code_is_typed_as_one_likes(typed: str) -> None:
    assert cards.normalised(typed) == "BCFG2345HJKL"
    assert cards.in_fours("BCFG2345HJKL") == "BCFG 2345 HJKL"
