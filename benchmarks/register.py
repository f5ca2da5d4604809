"""`./dev bench --register`: the list of members taken over, searches, and the tree, by size.

The pages are measured as all others are; the import by itself, in this process
and the database's: reading the workbook in its fence, the dry run, applying it.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import xlsxwriter
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from benchmarks import processes, province
from benchmarks.databases import Database
from benchmarks.deeds import Deed, look
from benchmarks.province import Size
from benchmarks.scene import NAME, Sight
from benchmarks.town.rows import Rows
from benchmarks.town.words import name
from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.org.models import Appointment, Unit, UnitKind
from studyhub.org.units import found_unit
from studyhub.roster import sandbox, service
from studyhub.roster.outcome import Reading, Wish
from studyhub.roster.plan import Plan
from studyhub.roster.preparing import Stamp, prepare

HEADER = (
    "STT", "Họ và tên (*)", "Sinh ngày (*)", "Số thẻ Đảng (*)",
    "Tổ chức Đảng đang sinh hoạt (*)", "Ngày chính thức (*)", "Thư điện tử",
)  # fmt: skip
BORN, OFFICIAL = date(1980, 5, 19), date(2011, 1, 1)

PAGES = (
    ("tree", "tree page", "/org/"),
    ("branch", "tree of a commune", "/org/units/{commune}/tree"),
    ("past", "tree of a past day", "/org/?on=2022-01-01"),
    ("whole", "whole tree to print", "/org/?whole=1"),
    ("unit", "page of the root", "/org/units/{root}"),
    ("given", "search: hanh", "/org/?q=hanh"),
    ("common", "search: nguyen", "/org/?q=nguyen"),
    ("letter", "search: n", "/org/?q=n"),
    ("full", "search: le thi lan", "/org/?q=le+thi+lan"),
    ("two", "search: nguyen thi", "/org/?q=nguyen+thi"),
    ("rare", "search: quoc", "/org/?q=quoc"),
    ("number", "search: 000052", "/org/?q=000052"),
    ("named", "search: thon 12", "/org/?q=thon+12"),
)
SEARCHED = (
    "hanh", "quoc", "nguyen", "thi", "nguyen thi", "le thi lan", "n", "000052", "52", "thon 12",
)  # fmt: skip
"""By somebody with a part of the province: rare, common and two common words, numbers, a cell."""


@dataclass(frozen=True)
class Cost:
    """Seconds of CPU that a step of the import took."""

    step: str
    seconds: float


def cast(engine: Engine) -> list[str]:
    """The sign-in names of the administrator, and of the officers of 1, 6 and 20 communes."""
    with Session(engine) as db:
        officers = [_officer(db, many) for many in (1, *province.SEVERAL)]
        return [_holder(db, Post.ADMIN), *filter(None, officers)]


def deeds(engine: Engine, names: list[str]) -> Iterator[Deed]:
    """Every page as the administrator of the province sees it; searches of the officers, too."""
    admin, *officers = names
    with Session(engine) as db:
        root = db.scalars(select(Unit.id).where(Unit.parent_id.is_(None))).one()
        commune = db.scalars(select(Unit.id).where(Unit.parent_id == root).limit(1)).one()
    for key, label, path in PAGES:
        yield _looking(key, label, Sight(admin, path.format(root=root, commune=commune)))
    for many, officer in zip((1, *province.SEVERAL), officers, strict=False):
        for words in SEARCHED:
            sight = Sight(officer, f"/org/?q={words.replace(' ', '+')}")
            yield _looking(f"{words}-in-{many}", f"in {many} communes: {words}", sight)


def _looking(key: str, label: str, sight: Sight) -> Deed:
    goal = "≤ 50 ms CPU" if "q=" in sight.path else ""
    return Deed(
        key, label, lambda _scene, visitors, clients: look([sight], visitors, clients), goal
    )


def _holder(db: Session, post: Post) -> str:
    held = select(NAME).join(Appointment, Appointment.user_id == User.id)
    return db.scalars(held.where(Appointment.post == post).limit(1)).one()


def _officer(db: Session, many: int) -> str | None:
    """Who is officer of so many communes."""
    held = select(NAME).join(Appointment, Appointment.user_id == User.id)
    of_many = held.where(Appointment.post == Post.OFFICER).group_by(User.id)
    return db.scalars(of_many.having(func.count() == many).limit(1)).first()


def imports(database: Database, size: Size) -> Iterator[Cost]:
    """Take a list of so many members over into an empty organization, as the job does."""
    data, roots = workbook(size), [os.getpid(), *filter(None, [database.process])]
    now = SystemClock().now()
    with database.engine() as engine:
        with _writing(engine) as db:
            unit = found_unit(
                db, None, kind=UnitKind.PARTY_ORG, name="Đảng bộ", since=OFFICIAL, by=None, now=now
            )
        began = processes.cpu_seconds(roots)
        sheet = sandbox.read_safely(data)
        with Session(engine, expire_on_commit=False) as db:
            wish = Wish("", "", now.date())
            reading = Reading(db, unit, sheet, wish)
            plan = _clean(reading.outcome(db).plan)
            compared = processes.cpu_seconds(roots)
            yield Cost(f"dry run of {len(plan.new):,} rows", compared - began)
            by = Actor(user_id=unit.id, today=now.date(), territories={Post.ADMIN: ("1/",)})
            prepared = prepare(db, db.get_one(Unit, unit.id), plan, Stamp(by, now))
        in_line = processes.cpu_seconds(roots)
        with _writing(engine) as db:
            if reading.comparing is None or reading.comparing.has_moved(db):
                raise RuntimeError("nobody else is here, and yet the register has moved")
            service.write(db, db.get_one(Unit, unit.id), prepared, Stamp(by, now))
        ended = processes.cpu_seconds(roots)
        yield Cost("applying it", ended - compared)
        yield Cost("of it in the writers' line", ended - in_line)


@contextmanager
def _writing(engine: Engine) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as db, db.begin():
        db.connection(execution_options={WRITES: True})
        yield db


def _clean(plan: Plan | None) -> Plan:
    if plan is None or plan.faults:
        raise RuntimeError("the list is not clean")
    return plan


def workbook(size: Size) -> bytes:
    """A list of so many members of so many cells."""
    kept, dice = io.BytesIO(), Rows().dice
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    page.write_row(0, 0, HEADER)
    for n in range(size.members):
        cell = f"Chi bộ số {n % size.cells + 1}"
        page.write_number(n + 1, 0, n + 1)
        page.write_string(n + 1, 1, name(dice))
        page.write_datetime(n + 1, 2, BORN, day)
        page.write_string(n + 1, 3, f"{n + 1:012}")
        page.write_string(n + 1, 4, cell)
        page.write_datetime(n + 1, 5, OFFICIAL, day)
        page.write_string(n + 1, 6, f"m{n}@example.vn")
    book.close()
    return kept.getvalue()
