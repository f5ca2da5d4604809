"""Questions about calibrations: which there are, what one holds, what was judged side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, contains_eager, defer, joinedload, selectinload

from studyhub.booklet.lifecycle import Progress
from studyhub.booklet.models import GoodEssay
from studyhub.calibration.agreement import Said, Spread, spread
from studyhub.calibration.models import Calibration, CalibrationText, Judgement, Seat, Stage
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel.actor import Post
from studyhub.kernel.vietnamese import fold
from studyhub.org.models import Appointment, Unit
from studyhub.org.tree import order
from studyhub.review.models import Decision
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound

MOST = 30
MOST_PEOPLE = 200


@dataclass(frozen=True)
class Beside:
    """One essay with what each judged of it, in the order of the seats, and the spread."""

    text: CalibrationText
    judgements: Sequence[Judgement | None]
    spread: Spread


@dataclass(frozen=True)
class Comparison:
    """The seats that have judged all three, in the order of the tree, and the essays."""

    seats: Sequence[Seat]
    rows: Sequence[Beside]


@dataclass(frozen=True)
class Candidate:
    """An accepted essay that could be taken: nothing here tells whose it is."""

    essay: Essay
    version: Version
    decision: Decision | None


def listed(db: Session, visible: ColumnElement[bool]) -> Sequence[Calibration]:
    """The newest first."""
    return db.scalars(
        select(Calibration)
        .where(visible)
        .order_by(Calibration.made_at.desc(), Calibration.id)
        .limit(MOST)
        .options(joinedload(Calibration.round, innerjoin=True), selectinload(Calibration.seats))
    ).all()


def rounds_to_choose(db: Session, managed: ColumnElement[bool]) -> Sequence[StudyRound]:
    """The rounds one can set a calibration up for: opened ones, the newest first."""
    asked = select(StudyRound).where(managed, StudyRound.opened_at.is_not(None))
    newest = asked.where(StudyRound.asks_for_essay).order_by(StudyRound.opened_at.desc())
    return db.scalars(newest.limit(MOST)).all()


def whole(db: Session, calibration_id: UUID) -> Calibration:
    """One with its texts, its seats, and whose they are."""
    return db.scalars(
        select(Calibration)
        .where(Calibration.id == calibration_id)
        .options(
            joinedload(Calibration.round, innerjoin=True).options(
                selectinload(StudyRound.rubric), selectinload(StudyRound.questions)
            ),
            selectinload(Calibration.texts),
            selectinload(Calibration.seats).options(
                joinedload(Seat.user, innerjoin=True), joinedload(Seat.unit, innerjoin=True)
            ),
        )
        .execution_options(populate_existing=True)
    ).one()


def given_by(db: Session, calibration: Calibration, user_id: UUID) -> dict[UUID, Judgement]:
    """What this person has judged, by text."""
    found = db.scalars(_judgements(calibration).where(Judgement.user_id == user_id))
    return {one.text_id: one for one in found}


def compared(db: Session, calibration: Calibration) -> Comparison:
    """Side by side: only of those who have judged all three."""
    seats = sorted((seat for seat in calibration.seats if seat.done_at), key=place)
    found = {(one.text_id, one.user_id): one for one in db.scalars(_judgements(calibration))}
    rows = []
    for text in calibration.texts:
        beside = [found.get((text.id, seat.user_id)) for seat in seats]
        said = [
            Said(outcome=one.outcome, grade=one.grade, points=one.points) for one in beside if one
        ]
        rows.append(Beside(text, beside, spread(said, apart=calibration.round.apart)))
    return Comparison(seats, rows)


def may_compare(calibration: Calibration, user_id: UUID, *, manages: bool) -> bool:
    """Those who manage it; of the invited only who has judged all three, even when it is closed."""
    seat = calibration.seat_of(user_id)
    if calibration.stage is Stage.DRAFT:
        return False
    return manages if seat is None else seat.done_at is not None


def place(seat: Seat) -> tuple[object, ...]:
    """Where a seat stands: by the tree, the secretary before the deputy."""
    return (order(seat.unit.path), [*Post].index(seat.post), seat.user.name_order)


def to_invite(db: Session, round_: StudyRound, day: date, typed: str = "") -> Sequence[Appointment]:
    """Secretaries and deputies of the cells the round summons, by the tree."""
    paths = [entry.unit.path for entry in round_.audience]
    wanted = [Unit.name_folded.contains(fold(typed), autoescape=True)] if typed.strip() else []
    found = db.scalars(
        select(Appointment)
        .join(Appointment.unit)
        .where(
            Appointment.post.in_((Post.SECRETARY, Post.DEPUTY)),
            Appointment.covers(day),
            or_(*(Unit.path.startswith(path, autoescape=True) for path in paths)),
            *wanted,
        )
        .order_by(Unit.path, Appointment.post.desc(), Appointment.user_id)
        .limit(MOST_PEOPLE)
        .options(contains_eager(Appointment.unit), joinedload(Appointment.user, innerjoin=True))
    ).all()
    return sorted(found, key=lambda one: order(one.unit.path))


def candidates(db: Session, visible: ColumnElement[bool]) -> list[Candidate]:
    """Accepted essays of closed rounds, in an order of chance; never one that is published.

    Whoever is to judge could read that one on the shelf, with the name.
    """
    on_shelf = select(GoodEssay.essay_id).where(GoodEssay.progress == Progress.AGREED)
    rows = db.execute(
        select(Essay, Version, Decision)
        .join(Essay.round)
        .join(Version, Version.essay_id == Essay.id)
        .join(Decision, Decision.version_id == Version.id)
        .where(
            visible,
            Essay.state == State.ACCEPTED,
            StudyRound.state == RoundState.CLOSED,
            Decision.outcome == "accept",
            Essay.id.not_in(on_shelf),
            Version.syllables > 0,
        )
        .order_by(Version.content_hash, Version.id)
        .limit(MOST)
        .options(contains_eager(Essay.round), defer(Essay.draft), defer(Version.parts))
    )
    return [Candidate(essay, version, decision) for essay, version, decision in rows]


def one_candidate(db: Session, essay_id: UUID, visible: ColumnElement[bool]) -> Essay | None:
    """One of them, by its id; the same conditions hold."""
    found = candidates(db, visible & (Essay.id == essay_id))
    return found[0].essay if found else None


def _judgements(calibration: Calibration) -> Select[Judgement]:
    return select(Judgement).where(Judgement.text_id.in_([one.id for one in calibration.texts]))
