"""Open rounds go over to the successors, and drafts summon them: what an act means for rounds."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studyhub.completion import carrying
from studyhub.completion.models import Carried, Tally
from studyhub.essays.models import Essay
from studyhub.kernel.ids import RoundId, UserId
from studyhub.org import collective
from studyhub.org.models import Unit
from studyhub.org.succession import Reorganization
from studyhub.org.tree import is_within
from studyhub.reorganization.plan import Way, plan_of
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound, Summons

Heirs = Callable[[Unit], Sequence[Unit]]


def open_rounds(db: Session, units: Iterable[Unit]) -> Sequence[StudyRound]:
    """The open rounds that count people in these units, by their deadline."""
    ids = [unit.id for unit in units]
    counted = select(Tally.round_id).where(Tally.unit_id.in_(ids))
    return db.scalars(
        select(StudyRound)
        .where(StudyRound.id.in_(counted), StudyRound.state == RoundState.OPEN)
        .order_by(StudyRound.closes_at, StudyRound.id)
    ).all()


def can_go_over(round_: StudyRound, places: Iterable[str]) -> bool:
    """Whether all these paths lie in the unit that holds the round: else its figures would not."""
    return all(is_within(path, round_.unit.path) for path in places)


def carry_members(
    db: Session, act: Reorganization, units: Sequence[Unit], heirs: Heirs, *, now: datetime
) -> None:
    """In each open round chosen, people count where they went; their essays go along."""
    plan, targets = plan_of(act), collective.targets_of(db, act.id)
    for round_ in _in_order(open_rounds(db, units)):
        moves = _moves(db, round_, units, targets, heirs)
        over = plan.way_of(round_.id) is Way.CARRY
        if moves and over and can_go_over(round_, {to.path for to in moves.values()}):
            carrying.carry(db, round_, moves, reorganization_id=act.id, now=now)
            _move_essays(db, round_.id, list(moves))


def carry_branches(
    db: Session, act: Reorganization, branches: Sequence[Unit], *, now: datetime
) -> None:
    """In each open round chosen, the branches stand where they stand now."""
    plan = plan_of(act)
    for round_ in _in_order(open_rounds(db, branches)):
        over = plan.way_of(round_.id) is Way.CARRY
        for unit in branches if over else ():
            if can_go_over(round_, [unit.path]):
                carrying.carry_branch(db, round_, unit, reorganization_id=act.id, now=now)


def carry_back(db: Session, act: Reorganization, *, now: datetime) -> None:
    """Everybody counts again where they counted before the act, and their essays with them."""
    went = db.execute(
        select(Summons.round_id, Summons.user_id)
        .join(Carried, Carried.summons_id == Summons.id)
        .where(Carried.reorganization_id == act.id)
    ).all()
    carrying.carry_back(db, act.id, now=now)
    for round_id in {round_id for round_id, _ in went}:
        _move_essays(db, round_id, [user for id_, user in went if id_ == round_id])


def replace_audience(
    db: Session, ending: Iterable[Unit], heirs: Heirs
) -> list[list[str | list[str]]]:
    """Drafts that would summon a unit that ends summon its successors. Tells what was changed."""
    changed: list[list[str | list[str]]] = []
    for unit in ending:
        for entry in _audience_of(db, unit):
            round_ = db.get_one(StudyRound, entry.round_id)
            known = {one.unit_id for one in round_.audience}
            added = [heir for heir in heirs(unit) if heir.id not in known]
            round_.audience.remove(entry)
            round_.audience += [AudienceUnit(unit=heir) for heir in added]
            db.flush()
            changed.append([str(round_.id), str(unit.id), [str(heir.id) for heir in added]])
    return changed


def audience_back(db: Session, changed: Iterable[Sequence[str | list[str]]]) -> None:
    """The drafts summon the old units again; those opened since stay as they are."""
    for round_id, unit_id, added in changed:
        round_ = db.get(StudyRound, UUID(str(round_id)))
        if round_ is None or round_.state is not RoundState.DRAFT:
            continue
        for entry in [one for one in round_.audience if str(one.unit_id) in added]:
            round_.audience.remove(entry)
        round_.audience.append(AudienceUnit(unit=db.get_one(Unit, UUID(str(unit_id)))))
        db.flush()


def _in_order(rounds: Sequence[StudyRound]) -> list[StudyRound]:
    """Always held in the same order, or two acts could wait for each other in a circle."""
    return sorted(rounds, key=lambda round_: round_.id)


def _moves(
    db: Session,
    round_: StudyRound,
    units: Sequence[Unit],
    targets: Mapping[UserId, Unit],
    heirs: Heirs,
) -> dict[UserId, Unit]:
    """Where each person on the list goes: with their membership, else where their unit went."""
    main = {unit.id: heirs(unit)[0] for unit in units if unit.until is not None and heirs(unit)}
    listed = db.execute(
        select(Summons.user_id, Summons.cell_id)
        .where(Summons.round_id == round_.id, Summons.cell_id.in_([unit.id for unit in units]))
        .order_by(Summons.user_id)
    )
    places = {user: targets.get(user) or main.get(cell) for user, cell in listed}
    return {user: to for user, to in places.items() if to is not None}


def _audience_of(db: Session, unit: Unit) -> Sequence[AudienceUnit]:
    return db.scalars(
        select(AudienceUnit)
        .join(StudyRound, StudyRound.id == AudienceUnit.round_id)
        .where(AudienceUnit.unit_id == unit.id, StudyRound.state == RoundState.DRAFT)
    ).all()


def _move_essays(db: Session, round_id: RoundId, user_ids: Sequence[UserId]) -> None:
    """An essay lies in the cell its author counts in."""
    cell = (
        select(Summons.cell_id)
        .where(Summons.round_id == Essay.round_id, Summons.user_id == Essay.author_id)
        .scalar_subquery()
    )
    for start in range(0, len(user_ids), 500):
        some = user_ids[start : start + 500]
        db.execute(
            update(Essay)
            .where(Essay.round_id == round_id, Essay.author_id.in_(some))
            .values(cell_id=cell)
            .execution_options(synchronize_session="fetch")
        )
