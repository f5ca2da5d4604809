"""Questions about good essays: what waits, what is published, what a booklet holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload

from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay, Naming, is_published, stands
from studyhub.essays.models import Essay, Version
from studyhub.org.models import Unit
from studyhub.org.tree import order
from studyhub.rounds.models import StudyRound

MOST = 50
"""So many proposals are listed, those that wait first."""


@dataclass(frozen=True)
class Shelf:
    """A round with published essays, and how many."""

    round: StudyRound
    count: int


def published(db: Session, wanted: ColumnElement[bool]) -> list[GoodEssay]:
    """The published ones of these rounds, cell by cell in the order of the tree; never ranked.

    Whoever is not named comes last in their cell, whoever keeps the cell back too last of all,
    in an order that has nothing to do with them.
    """
    found = db.scalars(_whole().where(is_published(), wanted)).unique()
    return sorted(found, key=_place)


def shelves(db: Session, visible: ColumnElement[bool]) -> list[Shelf]:
    """Every round with something to read, the newest first."""
    counted = (
        select(Essay.round_id.label("round_id"), func.count().label("published"))
        .join(GoodEssay, GoodEssay.essay_id == Essay.id)
        .where(is_published())
        .group_by(Essay.round_id)
        .subquery()
    )
    rows = db.execute(
        select(StudyRound, counted.c.published)
        .join(counted, counted.c.round_id == StudyRound.id)
        .where(visible)
        .order_by(StudyRound.year.desc(), StudyRound.closes_at.desc(), StudyRound.id)
    )
    return [Shelf(round_, count) for round_, count in rows]


def proposals(
    db: Session, visible: ColumnElement[bool], progress: Progress | None = None
) -> Sequence[GoodEssay]:
    """What was proposed: what waits for the committee first, then the newest."""
    waits = case((GoodEssay.progress == Progress.PROPOSED, 0), else_=1)
    wanted = [GoodEssay.progress == progress] if progress else []
    asked = _whole(texts=False).where(visible, *wanted)
    newest = asked.order_by(waits, GoodEssay.proposed_at.desc(), GoodEssay.id).limit(MOST)
    return db.scalars(newest).unique().all()


def waiting(db: Session, visible: ColumnElement[bool]) -> int:
    """How many wait for the committee."""
    asked = select(func.count()).select_from(GoodEssay).where(visible, stands())
    return db.scalar(asked.where(GoodEssay.progress == Progress.PROPOSED)) or 0


def of_essay(db: Session, essay_id: UUID) -> GoodEssay | None:
    """What was proposed last of this essay."""
    asked = _whole().where(GoodEssay.essay_id == essay_id)
    return db.scalars(asked.order_by(GoodEssay.proposed_at.desc())).unique().first()


def whole(db: Session, good_id: UUID) -> GoodEssay:
    """One with all that its page needs."""
    return db.scalars(_whole().where(GoodEssay.id == good_id)).unique().one()


def _whole(*, texts: bool = True) -> Select[GoodEssay]:
    version = joinedload(GoodEssay.version, innerjoin=True)
    return (
        select(GoodEssay)
        .join(GoodEssay.essay)
        .join(Essay.round)
        .options(
            contains_eager(GoodEssay.essay).options(
                defer(Essay.draft),
                contains_eager(Essay.round).joinedload(StudyRound.unit, innerjoin=True),
                joinedload(Essay.author, innerjoin=True),
                joinedload(Essay.cell, innerjoin=True).joinedload(Unit.parent),
            ),
            joinedload(GoodEssay.decision),
            joinedload(GoodEssay.proposer, innerjoin=True),
            joinedload(GoodEssay.answerer),
            version if texts else version.defer(Version.parts),
        )
        .execution_options(populate_existing=True)
    )


def _place(good: GoodEssay) -> tuple[object, ...]:
    essay = good.essay
    rank = [*Naming].index(good.naming or Naming.NOBODY)
    by_round = (-essay.round.closes_at.timestamp(), str(essay.round_id))
    by_name = essay.author.name_order if good.naming is Naming.NAME else good.version.content_hash
    if good.naming is Naming.NOBODY:
        return (*by_round, 1, (), rank, by_name, good.id)
    return (*by_round, 0, order(essay.cell.path), rank, by_name, good.id)
