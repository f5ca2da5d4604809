"""The list of a bridge point, and all bridge points of a session with their counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.bridges.models import BridgeMark, BridgePoint, ExpectedCell
from studyhub.kernel.vietnamese import fold
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.rounds.models import Call, Summons
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.repetitions import expects
from studyhub.study.rules import PRESENT

MOST_FOUND = 12


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A person on the list of a bridge point."""

    summons: Summons
    here: bool
    presence: Presence | None
    elsewhere: str = ""
    """The hall of another bridge point at which they are marked."""

    @property
    def is_online(self) -> bool:
        """Whether they have checked in by themselves, from wherever they are."""
        return not self.here and self.presence in PRESENT


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The people of one cell at a bridge point. `expected`: or they came without being expected."""

    cell: Unit
    seats: Sequence[Seat]
    expected: bool

    @property
    def here(self) -> int:
        """How many are marked."""
        return sum(seat.here for seat in self.seats)


def benches(db: Session, point: BridgePoint) -> Sequence[Bench]:
    """The list of a bridge point, cell by cell; of other cells only who is marked. Two queries."""
    expected = set(point.cell_ids)
    marked = select(BridgeMark.user_id).where(BridgeMark.point_id == point.id)
    seats = _seats(db, point, or_(Summons.cell_id.in_(expected), Summons.user_id.in_(marked)))
    found: dict[Unit, list[Seat]] = {}
    for seat in seats:
        if seat.here or seat.summons.cell_id in expected:
            found.setdefault(seat.summons.cell, []).append(seat)
    return sorted(
        (
            Bench(cell=cell, seats=here, expected=cell.id in expected)
            for cell, here in found.items()
        ),
        key=lambda bench: (not bench.expected, order(bench.cell.path)),
    )


def found_elsewhere(db: Session, point: BridgePoint, words: str) -> Sequence[Seat]:
    """People on the list of the round, of any cell, whose name has these words; a few."""
    pieces = fold(words).split()
    if len(pieces) < 2:  # one word of a Vietnamese name is everybody's
        return []
    named = and_(*(User.name_folded.contains(piece, autoescape=True) for piece in pieces))
    return _seats(db, point, named, most=MOST_FOUND)


def _seats(
    db: Session, point: BridgePoint, which: ColumnElement[bool], *, most: int | None = None
) -> list[Seat]:
    here = and_(BridgeMark.point_id == point.id, BridgeMark.user_id == Summons.user_id)
    recorded = and_(
        Attendance.session_id == point.session_id, Attendance.user_id == Summons.user_id
    )
    rows = db.execute(
        select(Summons, BridgeMark.point_id, Attendance.presence)
        .join(Summons.user)
        .outerjoin(BridgeMark, here)
        .outerjoin(Attendance, recorded)
        .where(Summons.round_id == point.session.round_id, Summons.call != Call.RELEASED, which)
        .where(or_(expects(point.session), BridgeMark.point_id.is_not(None)))
        .options(contains_eager(Summons.user), joinedload(Summons.cell))
        .order_by(User.name_order, User.born_on, Summons.id)
        .limit(most)
    ).all()
    others = _other_halls(db, point, [summons.user_id for summons, _, _ in rows])
    return [
        Seat(
            summons=summons, here=mark is not None, presence=presence,
            elsewhere=others.get(summons.user_id, ""),
        )
        for summons, mark, presence in rows
    ]  # fmt: skip


def _other_halls(db: Session, point: BridgePoint, users: Sequence[UUID]) -> Mapping[UUID, str]:
    rows = db.execute(
        select(BridgeMark.user_id, BridgePoint.hall)
        .join(BridgePoint, BridgePoint.id == BridgeMark.point_id)
        .where(
            BridgeMark.session_id == point.session_id,
            BridgeMark.point_id != point.id,
            BridgeMark.user_id.in_(users),
        )
    )
    return dict(rows.all())


@dataclass(frozen=True, kw_only=True)
class PointFigures:
    """A bridge point, how many it expects, and how many are marked."""

    point: BridgePoint
    expected: int
    marked: int


def points_of(
    db: Session, session: StudySession, *, visible: ColumnElement[bool]
) -> Sequence[PointFigures]:
    """The bridge points of a session with their counts, by the name of the hall.

    Counted here, not kept: a hall is no unit, and its figures are for this page alone.
    """
    points = db.scalars(
        select(BridgePoint)
        .where(BridgePoint.session_id == session.id, visible)
        .options(joinedload(BridgePoint.keeper), joinedload(BridgePoint.unit))
        .order_by(BridgePoint.hall, BridgePoint.id)
    ).unique().all()  # fmt: skip
    ids = [point.id for point in points]
    marked = _counted(db, select(BridgeMark.point_id, func.count()).where(
        BridgeMark.point_id.in_(ids)).group_by(BridgeMark.point_id))  # fmt: skip
    expected = _counted(
        db,
        select(ExpectedCell.point_id, func.count())
        .join(Summons, Summons.cell_id == ExpectedCell.unit_id)
        .where(
            ExpectedCell.point_id.in_(ids),
            Summons.round_id == session.round_id,
            Summons.call == Call.REQUIRED,
            expects(session),
        )
        .group_by(ExpectedCell.point_id),
    )
    return [
        PointFigures(
            point=point, expected=expected.get(point.id, 0), marked=marked.get(point.id, 0)
        )
        for point in points
    ]


def marked_twice(db: Session, session: StudySession) -> Sequence[User]:
    """Those who are marked at more than one bridge point of the session, by name."""
    twice = (
        select(BridgeMark.user_id)
        .where(BridgeMark.session_id == session.id)
        .group_by(BridgeMark.user_id)
        .having(func.count() > 1)
    )
    return db.scalars(select(User).where(User.id.in_(twice)).order_by(User.name_order)).all()


def kept_by(db: Session, session: StudySession, user_id: UUID) -> Sequence[BridgePoint]:
    """The bridge points of a session that this person is in charge of."""
    return db.scalars(
        select(BridgePoint)
        .where(BridgePoint.session_id == session.id, BridgePoint.keeper_id == user_id)
        .order_by(BridgePoint.hall)
    ).all()


def _counted(db: Session, counts: object) -> Mapping[UUID, int]:
    return dict(db.execute(counts).all())  # type: ignore[call-overload]  # a select of two columns
