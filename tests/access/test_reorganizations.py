"""The two tellings of the law on reorganizations agree; whoever keeps all units changes one."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment, UnitKind
from studyhub.org.succession import Act, Reorganization
from tests.reorganization.office import decide
from tests.world import LONG_AGO, World


def test_whoever_sees_a_unit_sees_what_is_done_to_it(db: Session, world: World) -> None:
    third = world._unit("1/3/", UnitKind.CELL, "Chi bộ Ba", world.district)
    newcomer = world.person("Mai Văn Mới", third)
    db.flush()
    acts = [
        decide(world, Act.MERGE, world.other_cell, to=world.cell),
        decide(world, Act.RENAME, third, name="Chi bộ Thứ Ba"),
    ]

    for person in (*world.everyone, newcomer):
        actor = world.actor(person)
        told = {act.id for act in acts if policy.see_reorganization(actor, act)}
        rows = select(Reorganization.id).where(scope.visible_reorganizations(actor))
        assert set(db.scalars(rows)) == told, person.full_name
    assert policy.see_reorganization(world.actor(newcomer), acts[1])
    assert not policy.see_reorganization(world.actor(newcomer), acts[0])


def test_it_is_changed_by_whoever_keeps_all_its_units(db: Session, world: World) -> None:
    db.add(Appointment(user=world.phuc, unit=world.cell, post=Post.OFFICER, since=LONG_AGO))
    both = decide(world, Act.MERGE, world.other_cell, to=world.cell)
    phuc, dung, binh = (world.actor(one) for one in (world.phuc, world.dung, world.binh))

    assert policy.change_reorganization(dung, both)
    assert not policy.change_reorganization(phuc, both)
    assert not policy.change_reorganization(binh, both)


def test_what_concerns_ones_own_unit_alone_one_changes_alone(db: Session, world: World) -> None:
    db.add(Appointment(user=world.phuc, unit=world.cell, post=Post.OFFICER, since=LONG_AGO))
    own = decide(world, Act.RENAME, world.cell, name="Chi bộ Tổng hợp")

    assert policy.change_reorganization(world.actor(world.phuc), own)
