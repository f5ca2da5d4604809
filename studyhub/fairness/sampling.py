"""The deed of drawing a sample, and of closing it with a word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.fairness.drawing import drawn, in_order, new_seed, share_of
from studyhub.fairness.models import Reread, Sample
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import EssayId, UnitId, UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.review.blind import DECIDED
from studyhub.review.marks import Appeal, Mark
from studyhub.review.models import Decision
from studyhub.rounds.models import StudyRound

MOST = 500
"""So many are read again in one sample."""

LONGEST = 4000


@dataclass(frozen=True)
class Wanted:
    """How many are to be read again: a share in percent, or a number."""

    share: int | None = None
    number: int | None = None

    def of(self, count: int) -> int:
        """How many that is."""
        if (self.share is None) == (self.number is None):
            raise Unfit(N_("Say either which share or how many."), about="share")
        if self.share is not None:
            if not 1 <= self.share <= 100:
                raise Unfit(N_("From 1 to 100 percent."), about="share")
            return self._fit(share_of(count, self.share), "share")
        return self._fit(min(self.number or 0, count), "number")

    @staticmethod
    def _fit(number: int, about: str) -> int:
        if number < 1:
            raise Unfit(N_("At least one essay."), about=about)
        if number > MOST:
            raise Unfit(N_("At most %(most)d essays in one sample."), about=about, most=MOST)
        return number


def draw(
    db: Session,
    round_: StudyRound,
    unit: Unit,
    wanted: Wanted,
    *,
    by: Actor,
    now: datetime,
    sample_id: UUID | None = None,
    seed: int | None = None,
) -> Sample:
    """Draw from all essays of the branch that are decided now. Nobody chooses the seed.

    Every drawing is kept and logged: whoever draws until they like the result is seen. The id
    comes from the page, so that pressing twice draws once.
    """
    known = db.get(Sample, sample_id) if sample_id else None
    if known and (known.round_id, known.unit_id) == (round_.id, unit.id):
        return known
    rows = {
        code: (essay_id, decision, cell_id)
        for code, essay_id, decision, cell_id in db.execute(decided(round_, unit))
    }
    if not rows:
        raise Untimely(N_("Nothing has been decided there yet."))
    number = wanted.of(len(rows))
    made = Sample(
        id=sample_id if sample_id and not known else new_uuid(), round_id=round_.id,
        unit_id=UnitId(unit.id), share=wanted.share,
        seed=new_seed() if seed is None else seed, codes=in_order(rows),
        drawn_by=UserId(by.user_id), drawn_at=now, conclusion="",
    )  # fmt: skip
    db.add(made)
    chosen = drawn(made.codes, number, made.seed)
    judges = _judges(db, [rows[code][1].version_id for code in chosen])
    for position, code in enumerate(chosen, start=1):
        essay_id, decision, cell_id = rows[code]
        made.rereads.append(_reread(position, code, essay_id, cell_id, decision, judges))
    db.flush()
    record(
        db, Deed.SAMPLE_DRAWN, made.id, by=by, now=now, round=str(round_.id), unit=str(unit.id),
        seed=made.seed, of=len(rows), drawn=number,
    )  # fmt: skip
    return made


def conclude(db: Session, sample: Sample, *, words: str, by: Actor, now: datetime) -> None:
    """Close it with a word; from now on nothing of it changes."""
    db.refresh(sample, with_for_update={"of": Sample})
    if sample.concluded_at is not None:
        raise Untimely(N_("This sample is closed already."))
    told = as_kept(words).strip()
    if len(told) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about="conclusion", most=LONGEST)
    sample.conclusion, sample.concluded_at = told, now
    sample.concluded_by = UserId(by.user_id)
    db.flush()
    record(db, Deed.SAMPLE_CONCLUDED, sample.id, by=by, now=now)


def reopen(db: Session, sample: Sample, *, by: Actor, now: datetime) -> None:
    """It was closed too early; its words stay until it is closed again. Again is once."""
    db.refresh(sample, with_for_update={"of": Sample})
    if sample.concluded_at is None:
        return
    sample.concluded_at = sample.concluded_by = None
    db.flush()
    record(db, Deed.SAMPLE_REOPENED, sample.id, by=by, now=now)


def decided(round_: StudyRound, unit: Unit) -> Select[str, EssayId, Decision, UnitId]:
    """Of each essay decided there: the code of its last version, and the decision about it."""
    later = aliased(Version)
    last = (
        select(func.max(later.number))
        .where(later.essay_id == Essay.id)
        .correlate(Essay)
        .scalar_subquery()
    )
    return (
        select(Version.receipt_code, Essay.id, Decision, Essay.cell_id)
        .join(Version, Version.essay_id == Essay.id)
        .join(Decision, Decision.version_id == Version.id)
        .join(Unit, Unit.id == Essay.cell_id)
        .where(
            Essay.round_id == round_.id,
            Essay.state.in_(DECIDED),
            Version.number == last,
            Unit.path.startswith(unit.path, autoescape=True),
        )
    )


def _reread(
    position: int,
    code: str,
    essay_id: EssayId,
    cell_id: UnitId,
    decision: Decision,
    judges: dict[UUID, set[str]],
) -> Reread:
    who = {str(decision.decided_by), *judges.get(decision.version_id, ())}
    return Reread(
        id=new_uuid(), position=position, code=code, essay_id=essay_id, cell_id=cell_id,
        version_id=decision.version_id, judges=" ".join(sorted(who)), outcome=decision.outcome,
        grade=decision.grade, points=decision.points, remark="",
    )  # fmt: skip


def _judges(db: Session, version_ids: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Those who gave a mark, and whoever decided before an appeal."""
    marked = select(Mark.version_id, Mark.marker_id).where(Mark.version_id.in_(version_ids))
    former = select(Appeal.version_id, Appeal.former_by).where(Appeal.version_id.in_(version_ids))
    found: dict[UUID, set[str]] = {}
    for version_id, who in (*db.execute(marked), *db.execute(former)):
        found.setdefault(version_id, set()).add(str(who))
    return found
