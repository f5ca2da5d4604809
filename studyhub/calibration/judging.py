"""The deed of whoever is invited: to judge the three essays by the rule of the round."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.calibration.models import (
    TEXTS,
    Calibration,
    CalibrationText,
    Judgement,
    Seat,
    Stage,
)
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.review import verdicts
from studyhub.review.deciding import expect_remark
from studyhub.review.marking import expect_points, parts_told
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.models import StudyRound


def judge(
    db: Session,
    calibration: Calibration,
    position: int,
    *,
    outcome: Outcome | None,
    grade: Grade | None,
    points: Sequence[int],
    remark: str,
    by: Actor,
    now: datetime,
) -> bool:
    """Judge one of the three, or change that; with the last one all of them stand.

    Whether that was the last: from then on this person compares, and changes nothing.
    """
    seat, text = _expect_turn(calibration, position, by)
    round_ = calibration.round
    verdict = _verdict(round_, outcome, grade, points)
    told = expect_remark(remark)
    given = db.get(Judgement, (text.id, by.user_id)) or Judgement(
        text_id=text.id, user_id=UserId(by.user_id)
    )
    given.outcome, given.grade, given.points = verdict
    given.parts, given.remark, given.given_at = parts_told(round_, points), told, now
    db.add(given)
    db.flush()
    if _count(db, calibration, by) < TEXTS:
        return False
    seat.done_at = now
    record(db, Deed.CALIBRATION_JUDGED, calibration.id, by=by, now=now)
    if all(one.done_at for one in calibration.seats):
        told_to = [calibration.made_by, *(one.user_id for one in calibration.seats)]
        facts = {"round": str(calibration.round_id)}
        kind = Kind.CALIBRATION_DONE
        notify(db, told_to, kind, subject_id=calibration.id, by=by, now=now, **facts)
    return True


def _expect_turn(
    calibration: Calibration, position: int, by: Actor
) -> tuple[Seat, CalibrationText]:
    seat = calibration.seat_of(by.user_id)
    text = next((one for one in calibration.texts if one.position == position), None)
    if seat is None:
        raise Forbidden(N_("Only those invited judge here."))
    if text is None:
        raise Missing(N_("There is nothing here."))
    if calibration.stage is not Stage.OPEN:
        raise Untimely(N_("This calibration is not open."))
    if seat.done_at:
        raise Untimely(N_("You have judged all three. They stand as you gave them."))
    return seat, text


def _verdict(
    round_: StudyRound, outcome: Outcome | None, grade: Grade | None, points: Sequence[int]
) -> tuple[Outcome, Grade | None, int | None]:
    """By the rule of the round; of several markers each gives their own number."""
    if round_.grading is Grading.POINTS:
        expect_points(round_, points)
        found = verdicts.verdict(sum(points), pass_mark=round_.pass_mark)
        return found.outcome, found.grade, found.points
    if outcome is None:
        raise Unfit(N_("Choose a decision: accept, or to be completed."), about="outcome")
    if outcome is Outcome.RETURN or round_.grading is Grading.PASS_ONLY:
        return outcome, None, None
    if grade is None:
        raise Unfit(N_("Choose a grade: this study round asks for one."), about="grade")
    return outcome, grade, None


def _count(db: Session, calibration: Calibration, by: Actor) -> int:
    ids = [text.id for text in calibration.texts]
    mine = (Judgement.user_id == by.user_id) & Judgement.text_id.in_(ids)
    return db.scalar(select(func.count()).select_from(Judgement).where(mine)) or 0
