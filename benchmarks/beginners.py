"""Where few are writing, those who have not begun begin: through the deeds of StudyHub itself."""

from itertools import islice

from sqlalchemy import Engine, Select, exists, select
from sqlalchemy.orm import Session

from benchmarks.scene import nearest_round, whole_essay
from studyhub.access.actors import actor_of
from studyhub.essays import service
from studyhub.essays.models import Essay
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.rounds.models import Call, StudyRound, Summons


def let_begin(engine: Engine, *, at_most: int) -> None:
    """Let so many people write in the round that ends first."""
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        round_ = db.scalars(nearest_round()).one()
        for summons in islice(db.scalars(_idle(round_)).all(), at_most):
            _begin(db, round_, summons)
        db.commit()


def _idle(round_: StudyRound) -> Select[Summons]:
    written = exists().where(Essay.round_id == round_.id, Essay.author_id == Summons.user_id)
    return select(Summons).where(
        Summons.round_id == round_.id, Summons.call != Call.RELEASED, ~written
    )


def _begin(db: Session, round_: StudyRound, summons: Summons) -> None:
    now = SystemClock().now()
    by = actor_of(db, summons.user_id, now.date())
    essay = service.begin(db, round_, by=by, now=now)
    texts = whole_essay({str(question.id): "" for question in round_.questions})
    service.keep_draft(db, essay, texts, revision=essay.draft_revision, now=now)
