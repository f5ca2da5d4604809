"""Who is how far: always read from the counters and marks, never computed per page."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from studyhub.accounts.models import User
from studyhub.completion.models import Carried, Progress, Tally
from studyhub.kernel.ids import RoundId, UnitId, UserId
from studyhub.org.succession import Succession
from studyhub.rounds.models import StudyRound, Summons


def history(
    db: Session, unit_id: UnitId, *, visible: ColumnElement[bool], and_whether: Select[RoundId]
) -> tuple[Sequence[Tally], bool | None]:
    """The figures of a unit, and of those it has succeeded, in each round; the newest first.

    Asked along in the same query: whether there is anything of `and_whether`
    (None: not known, there are no figures).
    """
    rows = db.execute(
        select(Tally, and_whether.exists())
        .join(Tally.round)
        .where(visible, of_unit(unit_id))
        .options(contains_eager(Tally.round))
        .order_by(StudyRound.opened_at.desc())
    ).all()
    return [tally for tally, _ in rows], rows[0][1] if rows else None


def tallies_below(db: Session, round_id: RoundId, path: str) -> Sequence[Tally]:
    """The figures of the units one step below `path` of the round, in the order of its tree."""
    return db.scalars(
        select(Tally)
        .where(Tally.round_id == round_id, Tally.parent_path == path, has_people())
        .order_by(Tally.path)
    ).all()


def tallies_of_year(db: Session, round_ids: Sequence[RoundId], unit_id: UnitId) -> Sequence[Tally]:
    """The figures, in several rounds, of a unit and of those one step below it in each round."""
    whole = aliased(Tally)
    of_unit = (whole.round_id == Tally.round_id) & (whole.unit_id == unit_id)
    return db.scalars(
        select(Tally)
        .join(whole, of_unit & ((Tally.parent_path == whole.path) | (Tally.path == whole.path)))
        .where(Tally.round_id.in_(round_ids), has_people())
        .order_by(Tally.path)
    ).all()


def members_of_cell(db: Session, round_id: RoundId, cell_id: UnitId) -> Sequence[Progress]:
    """Everyone of the cell on the list of the round, sorted by name."""
    return db.scalars(_by_name(round_id).where(Summons.cell_id == cell_id)).all()


def summoned_in(db: Session, round_id: RoundId, cell_ids: Iterable[UnitId]) -> Sequence[Progress]:
    """Everyone who is counted in these cells or was, before being carried over, sorted by name."""
    cells = list(cell_ids)
    first = select(Carried.summons_id).where(Carried.step == 0, Carried.cell_id.in_(cells))
    wanted = Summons.cell_id.in_(cells) | Summons.id.in_(first)
    return db.scalars(_by_name(round_id).where(wanted)).all()


def of_person(db: Session, user_id: UserId | UUID) -> Sequence[Progress]:
    """The person's own marks in every round, the nearest deadline first."""
    return db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.round)
        .where(Summons.user_id == user_id)
        .options(contains_eager(Progress.summons).contains_eager(Summons.round))
        .order_by(StudyRound.closes_at)
    ).all()


def of_unit(unit_id: UnitId) -> ColumnElement[bool]:
    """Tallies of a unit, and of those whose place it has taken."""
    before = select(Succession.predecessor_id).where(Succession.successor_id == unit_id)
    return or_(Tally.unit_id == unit_id, Tally.unit_id.in_(before))


def has_people() -> ColumnElement[bool]:
    """Tallies of which somebody is on the list; not those whose people were all carried away."""
    listed = select(Summons.id).where(
        Summons.round_id == Tally.round_id, Summons.cell_path.startswith(Tally.path)
    )
    return or_(Tally.required > 0, Tally.exempt > 0, listed.exists())


def _by_name(round_id: RoundId) -> Select[Progress]:
    return (
        select(Progress)
        .join(Progress.summons)
        .join(Summons.user)
        .join(Summons.round)
        .where(Summons.round_id == round_id)
        .options(
            contains_eager(Progress.summons).options(
                contains_eager(Summons.user), contains_eager(Summons.round)
            )
        )
        .order_by(User.name_order, User.born_on)
    )
