"""The first page: what is due, and to whom nothing is."""

from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, StudyRound, Summons
from tests.web.conftest import SignIn
from tests.world import World


def exempt(town: World, round_: StudyRound) -> None:
    """An is on the list, and free to take part."""
    wanted = select(Summons).where(Summons.round_id == round_.id, Summons.user_id == town.an.id)
    summons = town.db.scalars(wanted).one()
    summons.call, summons.reason = Call.EXEMPT, "tuổi cao"
    town.db.commit()


def test_whoever_is_exempt_owes_nothing(town: World, as_: SignIn) -> None:
    exempt(town, town.round())

    home = as_(town.an).visit("/").text

    assert "You are exempt from the open rounds." in home
    assert "something left to do" not in home
    assert "Essay due" not in home


def test_an_exempt_member_is_told_so_before_writing(town: World, as_: SignIn) -> None:
    round_ = town.round()
    exempt(town, round_)

    page = as_(town.an).visit(f"/essays/new/{round_.id}")

    assert "You are exempt from this round." in page.text
    assert "You are exempt" not in as_(town.lan).visit(f"/essays/new/{round_.id}").text


def test_a_round_that_is_over_is_counted_for_those_who_owed_it(town: World, as_: SignIn) -> None:
    round_ = town.round()
    exempt(town, round_)
    round_.state = RoundState.CLOSED
    town.db.commit()

    assert "of 1 completed" not in as_(town.an).visit("/").text
    lan = as_(town.lan).visit("/").text

    assert "0 of 1 completed" in lan
    assert "Overdue" in lan


def test_a_deadline_that_is_met_does_not_lie_ahead(town: World, as_: SignIn) -> None:
    town.essay(town.an, state=State.SUBMITTED)
    town.db.commit()

    assert "Essay due" not in as_(town.an).visit("/").text
    assert "Essay due" in as_(town.lan).visit("/").text
