"""The guests of a cell in a round: how far they are, apart from the figures of the cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.accounts.models import User
from studyhub.completion.models import Progress
from studyhub.org.models import Unit
from studyhub.org.stays import Stay
from studyhub.rounds.models import Call, StudyRound, Summons


@dataclass(frozen=True)
class GuestRow:
    """A guest with marks and stay; the essay itself stays with the official cell."""

    progress: Progress
    stay: Stay


def guests_of(db: Session, round_: StudyRound, host: Unit, day: date) -> Sequence[GuestRow]:
    """The members of other cells on the list of the round who are with this cell on that day."""
    rows = db.execute(
        select(Progress, Stay)
        .join(Progress.summons)
        .join(Summons.user)
        .join(Stay, Stay.user_id == Summons.user_id)
        .where(
            Summons.round_id == round_.id,
            Summons.call != Call.RELEASED,
            Summons.cell_id != host.id,
            Stay.host_id == host.id,
            Stay.holds(day),
        )
        .options(
            contains_eager(Progress.summons).options(
                contains_eager(Summons.user), joinedload(Summons.cell)
            )
        )
        .order_by(User.name_order, User.born_on, User.id)
    )
    return [GuestRow(progress, stay) for progress, stay in rows]
