"""Essays that the cell handed in for somebody who has not said yet whether they are theirs."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from studyhub.essays.models import Answer, Essay, Version
from studyhub.kernel.ids import UserId
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound


def unconfirmed(db: Session, author: UserId) -> Sequence[Version]:
    """The last versions of this person's essays that wait for their answer, in open rounds."""
    last = (
        select(func.max(Version.number))
        .where(Version.essay_id == Essay.id)
        .correlate(Essay)
        .scalar_subquery()
    )
    return db.scalars(
        select(Version)
        .join(Version.essay)
        .join(Essay.round)
        .outerjoin(Version.answer)
        .where(Essay.author_id == author, StudyRound.state == RoundState.OPEN)
        .where(Version.number == last, Version.on_behalf_by.is_not(None))
        .where(Answer.version_id.is_(None))
        .options(contains_eager(Version.essay).contains_eager(Essay.round))
        .options(joinedload(Version.typist))
        .order_by(StudyRound.closes_at)
    ).all()
