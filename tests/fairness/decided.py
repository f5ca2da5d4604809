"""Essays that were decided, and a sample of them."""

from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.fairness.models import Reread, Sample
from studyhub.fairness.sampling import Wanted, draw
from studyhub.review import service
from studyhub.review.models import Outcome
from studyhub.rounds.models import StudyRound
from tests.world import NOW, World


def decided(db: Session, world: World, round_: StudyRound | None = None) -> list[Essay]:
    """An's and Lan's accepted by Binh, Hoa's accepted by Chi."""
    round_ = round_ or world.round()
    found = []
    for author, judge in ((world.an, "binh"), (world.lan, "binh"), (world.hoa, "chi")):
        essay = world.essay(author, round_=round_, state=State.SUBMITTED)
        by = world.actor(getattr(world, judge))
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="Tốt.", by=by, now=NOW
        )
        found.append(essay)
    return found


def sample_of(
    db: Session, world: World, round_: StudyRound, *, seed: int = 123_456, number: int = 3
) -> Sample:
    """Drawn by Dung in the district."""
    by = world.actor(world.dung)
    return draw(db, round_, world.district, Wanted(number=number), by=by, now=NOW, seed=seed)


def reread_of(sample: Sample, essay: Essay) -> Reread:
    """The row of this essay."""
    return next(one for one in sample.rereads if one.essay_id == essay.id)
