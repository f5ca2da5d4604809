"""Questions about the requests of cells: which wait, which were answered, which are about whom."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from studyhub.kernel.ids import UserId
from studyhub.org.petitions import Petition, PetitionState

MOST_ANSWERED = 30


def waiting(db: Session, *, visible: ColumnElement[bool]) -> Sequence[Petition]:
    """The requests that wait for an answer, the oldest first."""
    asked = _petitions(visible).where(Petition.state == PetitionState.ASKED)
    return db.scalars(asked.order_by(Petition.asked_at, Petition.id)).all()


def answered(
    db: Session, *, visible: ColumnElement[bool], most: int = MOST_ANSWERED
) -> Sequence[Petition]:
    """The requests that were answered or withdrawn, the latest first."""
    settled = _petitions(visible).where(Petition.state != PetitionState.ASKED)
    return db.scalars(settled.order_by(Petition.decided_at.desc(), Petition.id).limit(most)).all()


def about(
    db: Session, user_id: UserId | UUID, *, visible: ColumnElement[bool]
) -> Sequence[Petition]:
    """The requests about one person that wait for an answer."""
    asked = _petitions(visible).where(
        Petition.user_id == user_id, Petition.state == PetitionState.ASKED
    )
    return db.scalars(asked.order_by(Petition.asked_at)).all()


def _petitions(visible: ColumnElement[bool]) -> Select[Petition]:
    return (
        select(Petition)
        .where(visible)
        .options(joinedload(Petition.user), joinedload(Petition.cell))
    )
