"""What is written at once is what the deeds would have written one by one."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from studyhub.accounts import service as accounts
from studyhub.accounts.models import NameTurn, User
from studyhub.audit.models import AuditEntry
from studyhub.kernel.database import Base
from studyhub.org import service as org
from studyhub.org.models import Appointment, Exemption, Membership, Unit, UnitKind
from studyhub.roster import service
from studyhub.roster.plan import Plan, Step
from studyhub.roster.preparing import Stamp, arrival, particulars
from tests.roster.lists import plan_of
from tests.roster.makers import person
from tests.world import NOW, World

TABLES: tuple[type[Base], ...] = (
    Unit, User, NameTurn, Membership, Exemption, Appointment, AuditEntry,
)  # fmt: skip
NEW = (
    person("Đặng  Văn Mới", cell="Chi bộ Mới", post="Bí thư chi bộ", email="Moi@Example.VN "),
    person(
        "Hồ Thị Dự", "1/2/1999", "0000 0000 0002", "Chi bộ Mới", official="", phone=" 0901234567 "
    ),
    person("Lý Cao Tuổi", "1/2/1941", "000000000003", status="Miễn  sinh hoạt", status_on="1/3/21"),
    person("Ủy Viên Hai", "1/2/1971", "000000000004", post="Phó bí thư, Chi ủy viên"),
)  # fmt: skip


def everything(db: Session) -> dict[str, list[str]]:
    """All rows, with names for ids: ids and their order are by chance."""
    db.flush()
    db.expire_all()
    names = {str(user.id): user.full_name for user in db.scalars(select(User))}
    names |= {str(unit.id): unit.name for unit in db.scalars(select(Unit))}

    def said(row: Base) -> str:
        values = {key: getattr(row, key) for key in inspect(type(row)).c.keys()}  # noqa: SIM118
        of = str(values.get("user_id", values.get("full_name", "")))
        kept = {key: one for key, one in values.items() if key not in ("id", "subject_id")}
        words = f"{names.get(of, of)} {kept}"
        for id_, name in names.items():
            words = words.replace(id_, name)
        return words

    return {
        table.__tablename__: sorted(said(row) for row in db.scalars(select(table)))
        for table in TABLES
    }


def by_the_deeds(world: World, plan: Plan) -> None:
    """As it was done before: cell by cell, person by person."""
    db, stamp = world.db, Stamp(world.actor(world.em), NOW)
    cells: dict[str, Unit] = {}
    for cell in plan.founded:
        cells[cell.name] = org.found_unit(
            db, world.district, kind=UnitKind.CELL, name=cell.name, since=plan.as_of, **vars(stamp)
        )
    for step in plan.new:
        home = cells.get(step.place.name) or db.get_one(Unit, step.place.id)
        new = dict(vars(arrival(step, home)))
        added = org.add_member(
            db, new.pop("cell"), new.pop("who"), **new, give_password=False, **vars(stamp)
        )
        _posts(db, added.membership.user, home, step, stamp)
    for step in plan.changed:
        user = db.get_one(User, step.person.id if step.person else None)
        accounts.change_person(db, user, **particulars(step), by=stamp.by, now=stamp.now)


def _posts(db: Session, user: User, cell: Unit, step: Step, stamp: Stamp) -> None:
    if step.exempt_since:
        org.exempt(db, user, since=step.exempt_since, reason=step.line.exempt_words, **vars(stamp))
    for post in step.posts:
        org.appoint(db, user, cell, post, since=step.since, **vars(stamp))


def both_ways(
    world: World, make: Callable[[], Plan]
) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """What stands there after the bulk, and after the deeds."""
    db = world.db
    db.flush()
    with db.begin_nested() as tried:
        service.carry_out(db, world.district, make(), by=world.actor(world.em), now=NOW)
        at_once = everything(db)
        tried.rollback()
    db.expire_all()
    by_the_deeds(world, make())
    slowly = everything(db)
    at_once["audit_entry"] = [one for one in at_once["audit_entry"] if "roster." not in one]
    return at_once, slowly


def test_new_members_cells_posts_and_exemptions_are_the_same(world: World) -> None:
    at_once, slowly = both_ways(world, lambda: plan_of(world, *NEW))

    assert at_once == slowly
    assert any("Đặng Văn Mới" in row for row in at_once["name_turn"])
    assert any("moi@example.vn" in row for row in at_once["user_account"])


@pytest.mark.parametrize("changes", [{"name": "Nguyễn Văn Ân"}, {"name": "Lương Thị Hòa"},
                                     {"born": "3/4/1971"}, {"email": "An.Moi@example.vn"},
                                     {"phone": "0909 999 999"}])  # fmt: skip
def test_corrections_are_the_same(world: World, changes: dict[str, str]) -> None:
    told: dict[str, Any] = {"name": world.an.full_name, "born": "", **changes}
    world.an.email, world.an.has_no_email = None, True

    at_once, slowly = both_ways(
        world, lambda: plan_of(world, person(card=world.an.card_number, **told))
    )

    assert at_once == slowly
    assert sum("person.changed" in row for row in at_once["audit_entry"]) == 1


def test_whoever_confirmed_an_address_is_told_that_it_is_replaced(world: World) -> None:
    """That needs the deed: it writes a letter."""
    world.an.email_confirmed_at = NOW
    row = person(world.an.full_name, "", world.an.card_number, email="an.moi@example.vn")

    at_once, slowly = both_ways(world, lambda: plan_of(world, row))

    assert at_once == slowly
    assert world.an.email_confirmed_at is None
