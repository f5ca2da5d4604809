"""Questions about samples: those of a branch, one with all its essays, one essay to read again."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session, defer, joinedload, selectinload

from studyhub.accounts.models import User
from studyhub.essays.models import Essay, Version
from studyhub.fairness.models import Reread, Sample
from studyhub.fairness.sampling import decided
from studyhub.fairness.summary import Count
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound

MOST_SHOWN = 100


def how_many_decided(db: Session, round_: StudyRound, unit: Unit) -> int:
    """From how many would be drawn now."""
    rows = decided(round_, unit).order_by(None).subquery()
    return db.scalar(select(func.count()).select_from(rows)) or 0


def samples(
    db: Session,
    visible: ColumnElement[bool],
    *,
    round_: StudyRound | None = None,
    unit: Unit | None = None,
) -> Sequence[tuple[Sample, Count]]:
    """Those one may see, the newest first, with how far each is."""
    counts = (
        select(
            Reread.sample_id,
            func.count().label("drawn"),
            func.count(Reread.reader_id).label("read"),
            func.sum(case((Reread.agrees.is_(False), 1), else_=0)).label("differing"),
        )
        .group_by(Reread.sample_id)
        .subquery()
    )
    found = (
        select(Sample, counts.c.drawn, counts.c.read, counts.c.differing)
        .join(counts, counts.c.sample_id == Sample.id)
        .where(visible)
        .order_by(Sample.drawn_at.desc(), Sample.id)
        .limit(MOST_SHOWN)
        .options(
            defer(Sample.codes),
            joinedload(Sample.round, innerjoin=True).load_only(StudyRound.title),
            joinedload(Sample.unit, innerjoin=True).load_only(Unit.name),
            joinedload(Sample.drawer, innerjoin=True).load_only(User.full_name),
        )
    )
    if round_ is not None:
        found = found.where(Sample.round_id == round_.id)
    if unit is not None:
        found = found.where(Sample.unit.has(Unit.path.startswith(unit.path, autoescape=True)))
    return [(sample, Count(*told)) for sample, *told in db.execute(found)]


def whole(db: Session, sample: Sample) -> Sample:
    """The sample with everything its page shows; no text of an essay."""
    people = (
        joinedload(Sample.drawer, innerjoin=True).load_only(User.full_name),
        joinedload(Sample.concluder).load_only(User.full_name),
    )
    return db.scalars(
        select(Sample)
        .where(Sample.id == sample.id)
        .options(
            *people,
            joinedload(Sample.round, innerjoin=True),
            joinedload(Sample.unit, innerjoin=True).joinedload(Unit.parent),
            selectinload(Sample.rereads).options(
                joinedload(Reread.cell, innerjoin=True).load_only(Unit.name, Unit.path),
                joinedload(Reread.reader).load_only(User.full_name),
                joinedload(Reread.essay, innerjoin=True).load_only(Essay.author_id),
            ),
        )
        .execution_options(populate_existing=True)
    ).one()


def for_reading(db: Session, reread_id: UUID) -> Reread:
    """One drawn essay with its text."""
    return db.scalars(
        select(Reread)
        .where(Reread.id == reread_id)
        .options(
            joinedload(Reread.version, innerjoin=True),
            joinedload(Reread.essay, innerjoin=True).options(
                defer(Essay.draft), joinedload(Essay.round, innerjoin=True)
            ),
            joinedload(Reread.sample, innerjoin=True).options(
                defer(Sample.codes), joinedload(Sample.unit, innerjoin=True)
            ),
            joinedload(Reread.reader).load_only(User.full_name),
        )
        .execution_options(populate_existing=True)
    ).one()


def next_unread(db: Session, sample: Sample, *, reader_id: UUID) -> UUID | None:
    """The first that nobody has read and this person may."""
    return db.scalars(
        select(Reread.id)
        .join(Reread.essay)
        .where(
            Reread.sample_id == sample.id,
            Reread.reader_id.is_(None),
            ~Reread.judges.contains(str(reader_id), autoescape=True),
            Essay.author_id != reader_id,
        )
        .order_by(Reread.position)
        .limit(1)
    ).first()


def differing_of(db: Session, essay: Essay) -> Sequence[Reread]:
    """Other opinions about an essay, the newest first."""
    return db.scalars(
        select(Reread)
        .where(Reread.essay_id == essay.id, Reread.agrees.is_(False))
        .order_by(Reread.read_at.desc())
        .options(
            joinedload(Reread.version, innerjoin=True).load_only(Version.number),
            joinedload(Reread.reader).load_only(User.full_name),
            joinedload(Reread.sample, innerjoin=True).options(
                defer(Sample.codes), joinedload(Sample.unit, innerjoin=True).load_only(Unit.name)
            ),
        )
    ).all()
