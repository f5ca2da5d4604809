"""The demonstration's party organization: one committee, eight cells, ninety-six members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.accounts import cast, passwords
from studyhub.accounts.models import User
from studyhub.demonstration.texts import Person, roster
from studyhub.kernel.actor import Actor, Post
from studyhub.org import service
from studyhub.org.models import Standing, Unit, UnitKind

FOUNDED = date(2015, 1, 5)
TERM = date(2025, 6, 1)
ORGANIZATION = "Đảng bộ Sở Thông tin và Truyền thông (minh họa)"
SHORT = "Đảng bộ Sở TT&TT"
OFFICER, ADMINISTRATOR, OVERSEER = 6, 12, 3
POSTS = {
    "Bí thư chi bộ": Post.SECRETARY,
    "Phó bí thư chi bộ": Post.DEPUTY,
    "Chi ủy viên": Post.COMMITTEE_MEMBER,
}


@dataclass(frozen=True)
class Town:
    """Who and what there is, by the numbers of the roster."""

    root: Unit
    cells: Mapping[str, Unit]
    people: Mapping[int, User]
    lines: Mapping[int, Person]

    def actor(self, db: Session, number: int, today: date) -> Actor:
        """That member as the law sees them."""
        return actor_of(db, self.people[number].id, today)

    def numbers_of(self, cell: str) -> Sequence[int]:
        """The members of that cell."""
        return [number for number, line in self.lines.items() if line.cell == cell]

    def leader_of(self, cell: str, post: str) -> int:
        """Who holds that post in that cell."""
        return next(n for n in self.numbers_of(cell) if self.lines[n].post.startswith(post))


def found(db: Session, *, now: datetime) -> Town:
    """Lay the tree and admit everyone, in the words of the roster."""
    root = service.found_unit(
        db, None, kind=UnitKind.PARTY_ORG, name=ORGANIZATION, short_name=SHORT,
        since=FOUNDED, by=None, now=now,
    )  # fmt: skip
    lines = {line.number: line for line in roster()}
    cells = {name: _cell(db, root, name, now) for name in dict.fromkeys(_cells(lines))}
    people = {number: _admit(db, cells[line.cell], line, now) for number, line in lines.items()}
    town = Town(root, cells, people, lines)
    _give_posts(db, town, now)
    _let_in(town)
    db.flush()
    return town


def _cells(lines: Mapping[int, Person]) -> list[str]:
    return [line.cell for line in lines.values()]


def _cell(db: Session, root: Unit, name: str, now: datetime) -> Unit:
    return service.found_unit(
        db, root, kind=UnitKind.CELL, name=name, since=FOUNDED, by=None, now=now
    )


def _admit(db: Session, cell: Unit, line: Person, now: datetime) -> User:
    newcomer = service.add_member(
        db,
        cell,
        service.Particulars(
            full_name=line.name,
            born_on=line.born,
            card_number=line.card,
            email=line.email or None,
            phone=line.phone,
        ),
        standing=Standing.OFFICIAL if line.official else Standing.PROBATIONARY,
        since=max(FOUNDED, line.admitted),
        give_password=False,
        by=None,
        now=now,
    )
    user = newcomer.membership.user
    if line.exempt_since:
        service.exempt(
            db, user, since=line.exempt_since, reason="Tuổi cao, sức khỏe yếu",
            basis="Quyết định số 12-QĐ/ĐU (mẫu)", by=None, now=now,
        )  # fmt: skip
    return user


def _give_posts(db: Session, town: Town, now: datetime) -> None:
    for number, line in town.lines.items():
        post = next((post for title, post in POSTS.items() if line.post.startswith(title)), None)
        if post:
            _appoint(db, town, number, town.cells[line.cell], post, now)
    for number, post in (
        (OFFICER, Post.OFFICER),
        (ADMINISTRATOR, Post.ADMIN),
        (OVERSEER, Post.OVERSEER),
    ):
        _appoint(db, town, number, town.root, post, now)


def _appoint(db: Session, town: Town, number: int, unit: Unit, post: Post, now: datetime) -> None:
    service.appoint(
        db, town.people[number], unit, post, since=TERM,
        basis="Quyết định số 07-QĐ/ĐU (mẫu)", by=None, now=now,
    )  # fmt: skip


def _let_in(town: Town) -> None:
    """Everybody has the one password that is shown; whoever is not shown has it too."""
    password_hash = passwords.hashed(cast.PASSWORD)
    for user in town.people.values():
        user.password_hash, user.must_change_password = password_hash, False
