"""How far the marking of a version is, as one person may know it. A question."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.essays.models import Essay, Version
from studyhub.review import appeals, markers
from studyhub.review.marks import Appeal, Mark, Turn
from studyhub.review.models import Decision
from studyhub.rounds.grading import Grading


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What has been given, of how many; before the decision nobody sees another's number."""

    needed: int
    given: int
    """How many have marked towards the decision that is waited for."""
    mine: Mark | None
    """The reader's own mark towards it."""
    marks: Sequence[Mark]
    """All of them, once there is a decision."""
    appeal: Appeal | None
    appeal_until: datetime | None
    """Until when the author may ask for another reading; None when they cannot (any more)."""

    @property
    def is_appealed(self) -> bool:
        """Whether another reading has been asked for and is still to come."""
        return self.appeal is not None and self.appeal.settled_at is None

    @property
    def waits_for_third(self) -> bool:
        """Whether two have marked and differ too much."""
        return not self.is_appealed and self.given >= self.needed > 1 and not self.marks


def standing(
    db: Session,
    essay: Essay,
    version: Version,
    decision: Decision | None,
    *,
    reader_id: UUID,
    now: datetime,
) -> Standing:
    """One question where the round has numbers, another where it knows appeals; else none."""
    round_ = essay.round
    marks = markers.marks_on(db, version) if round_.grading is Grading.POINTS else []
    appeal = markers.appeal_of(db, version) if round_.appeal_days else None
    towards = [one for one in marks if (one.turn is Turn.APPEAL) == (appeal is not None)]
    refusal = appeals.why_not(essay, decision, appeal, now=now)
    is_open = decision is not None and refusal is None and essay.latest is version
    return Standing(
        needed=1 if appeal else round_.markers,
        given=len(towards),
        mine=next((one for one in towards if one.marker_id == reader_id), None),
        marks=marks if decision else [],
        appeal=appeal,
        appeal_until=appeals.until(essay, decision) if decision and is_open else None,
    )
