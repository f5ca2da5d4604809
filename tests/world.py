"""The small world every test lives in.

    1/      the district   Dung is its officer, Em its administrator, Phuc an overseer
    1/1/    cell one       An and Lan are members, Binh is its secretary, Giang its deputy
    1/2/    cell two       Chi is its secretary, Hoa a member

The same people in every test, so that "Chi may not read it" needs no comment.
"""

import zlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.accounts.models import User
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Appointment, Membership, Standing, Unit, UnitKind
from tests.things import NOW, TODAY, Things

__all__ = ["LONG_AGO", "NOW", "PASSWORD", "TODAY", "World"]

LONG_AGO = date(2020, 1, 1)
PASSWORD = "sen nở đầu hè"
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$hWaIKtwvqTO5sOzQiVLEUg$hOmHg5lxHZdag7y536OqZgX3DPJ1IIJetQ/SeadF5BI"
)
"""A cheap hash of it, so that signing in takes no time."""


class World(Things):
    """The cast, and quick ways to give them something to do."""

    def __init__(self, db: Session) -> None:
        self.db = db
        self.district = self._unit("1/", UnitKind.PARTY_ORG, "Đảng bộ Sở Mẫu", None)
        self.cell = self._unit("1/1/", UnitKind.CELL, "Chi bộ Văn phòng", self.district)
        self.other_cell = self._unit("1/2/", UnitKind.CELL, "Chi bộ Thanh tra", self.district)
        self.district.children_ever = 2
        self.an = self.person("Nguyễn Văn An", self.cell)
        self.lan = self.person("Trần Thị Lan", self.cell)
        self.binh = self.person("Lê Quang Bình", self.cell, Post.SECRETARY)
        self.giang = self.person("Phạm Hương Giang", self.cell, Post.DEPUTY)
        self.chi = self.person("Đỗ Kim Chi", self.other_cell, Post.SECRETARY)
        self.hoa = self.person("Vũ Thị Hoa", self.other_cell)
        self.dung = self.person("Hoàng Tiến Dũng", None, Post.OFFICER)
        self.em = self.person("Bùi Văn Em", None, Post.ADMIN)
        self.phuc = self.person("Ngô Hạnh Phúc", None, Post.OVERSEER)
        db.flush()

    @property
    def everyone(self) -> tuple[User, ...]:
        """The whole cast."""
        return (
            self.an, self.lan, self.binh, self.giang, self.chi, self.hoa, self.dung, self.em,
            self.phuc,
        )  # fmt: skip

    def see(self, thing: object) -> None:
        """Look again at a row that the application may have changed."""
        self.db.rollback()
        self.db.refresh(thing)

    def actor(self, person: User) -> Actor:
        """The person as the law sees them today."""
        self.db.flush()
        return actor_of(self.db, person.id, TODAY)

    def person(
        self,
        name: str,
        cell: Unit | None,
        post: Post | None = None,
        *,
        standing: Standing = Standing.OFFICIAL,
    ) -> User:
        """Somebody of the cell, perhaps with a post on it (on the district if of no cell)."""
        number = f"{len(name):04}{zlib.crc32(name.encode()) % 10**8:08}"
        user = User(
            id=new_uuid(),
            full_name=name,
            card_number=number,
            email=f"{number}@example.vn",
            password_hash=PASSWORD_HASH,
            must_change_password=False,
        )
        self.db.add(user)
        if cell:
            self.db.add(Membership(user=user, cell=cell, standing=standing, since=LONG_AGO))
        if post:
            unit = cell or self.district
            self.db.add(Appointment(user=user, unit=unit, post=post, since=LONG_AGO))
        return user

    def cell_of(self, person: User) -> Unit:
        """Where the person belongs."""
        self.db.flush()
        membership = select(Membership).where(Membership.user_id == person.id)
        return self.db.scalars(membership).one().cell

    def members(self) -> Sequence[User]:
        """Everyone who belongs to a cell."""
        return self.db.scalars(select(User).join(Membership)).all()

    def _unit(self, path: str, kind: UnitKind, name: str, parent: Unit | None) -> Unit:
        unit = Unit(id=new_uuid(), path=path, kind=kind, name=name, parent=parent, since=LONG_AGO)
        self.db.add(unit)
        return unit
