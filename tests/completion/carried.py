"""A round with everything in it, and what must hold of it whatever is carried."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress
from studyhub.essays.lifecycle import State
from studyhub.kernel.ids import UserId
from studyhub.org.models import Unit, UnitKind
from studyhub.reconciliation.service import differences
from studyhub.rounds.models import StudyRound, Summons
from studyhub.study import calling, roll_call
from studyhub.study.models import Presence
from tests.completion.acts import Office, children_add_up
from tests.world import NOW, World


def busy_round(world: World) -> StudyRound:
    """A round with everything in it: all kinds of essays, attendance, exempt and released."""
    round_ = world.round()
    session = world.session(round_)
    by = world.actor(world.dung)
    for person, state in (
        (world.an, State.DRAFT), (world.lan, State.SUBMITTED), (world.binh, State.RETURNED),
        (world.chi, State.ACCEPTED),
    ):  # fmt: skip
        world.essay(person, round_=round_, state=state)
    entry = roll_call.Entry(presence=Presence.ON_SITE)
    present = {world.an.id: entry, world.lan.id: entry}
    roll_call.call_roll(world.db, session, world.cell, present, by=by, now=NOW)
    for person, deed in ((world.giang, calling.exempt), (world.hoa, calling.release)):
        deed(world.db, summons_of(world, round_, person), reason="Theo QĐ", by=by, now=NOW)
    assert differences(world.db, round_) == []
    return round_


def summons_of(world: World, round_: StudyRound, person: object) -> Summons:
    return world.db.scalars(
        select(Summons).where(
            Summons.round_id == round_.id,
            Summons.user_id == person.id,  # type: ignore[attr-defined]
        )
    ).one()


def moves(office: Office, *cells: Unit, to: Unit) -> dict[UserId, Unit]:
    return {person.id: to for cell in cells for person in office.members(cell)}


def marks(db: Session) -> dict[object, object]:
    found = db.scalars(select(Progress).execution_options(populate_existing=True))
    return {one.summons_id: (one.marks, one.done) for one in found}


def sound(db: Session, round_: StudyRound) -> bool:
    return differences(db, round_) == [] and children_add_up(db, round_)


def branches(office: Office, world: World) -> tuple[Unit, Unit, Unit]:
    """Two sections, and a cell with An and Lan's neighbours in the first."""
    one = office.found(world.district, "Bộ phận Một", UnitKind.SECTION)
    two = office.found(world.district, "Bộ phận Hai", UnitKind.SECTION)
    cell = office.found(one, "Chi bộ Ba")
    return one, two, cell


def round_of(world: World, people: list[object]) -> StudyRound:
    return world.round(summoned=[*people, world.an, world.chi])  # type: ignore[list-item]
