"""What is kept of where people and units stood in a round, before an act carried them over."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion.models import Carried, CarriedPlace, Progress
from studyhub.rounds.models import StudyRound


def keep_people(db: Session, people: Sequence[Progress], reorganization_id: UUID) -> None:
    """Remember where these are counted now; of two changes by one act, the first is kept."""
    rows = db.execute(
        select(Carried.summons_id, Carried.step, Carried.reorganization_id).where(
            Carried.summons_id.in_([progress.summons_id for progress in people])
        )
    ).all()
    kept = {summons_id for summons_id, _, act in rows if act == reorganization_id}
    steps = dict.fromkeys((progress.summons_id for progress in people), 0)
    for summons_id, step, _ in rows:
        steps[summons_id] = max(steps[summons_id], step + 1)
    db.add_all(
        Carried(
            summons_id=progress.summons_id,
            reorganization_id=reorganization_id,
            step=steps[progress.summons_id],
            cell_id=progress.summons.cell_id,
            cell_path=progress.summons.cell_path,
        )
        for progress in people
        if progress.summons_id not in kept
    )
    db.flush()


def keep_place(
    db: Session,
    round_: StudyRound,
    unit_id: UUID,
    reorganization_id: UUID,
    *,
    path: str | None,
    name: str,
) -> None:
    """Remember what the tally of a unit says; no path: there has been none. The first is kept."""
    if db.get(CarriedPlace, (round_.id, unit_id, reorganization_id)) is not None:
        return
    last = db.scalar(select(func.max(CarriedPlace.step)).where(CarriedPlace.round_id == round_.id))
    db.add(
        CarriedPlace(
            round_id=round_.id,
            unit_id=unit_id,
            reorganization_id=reorganization_id,
            step=0 if last is None else last + 1,
            path=path,
            name=name,
        )
    )
    db.flush()
