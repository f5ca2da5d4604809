"""The deeds of the officer: to plan, choose the essays, invite, begin, close, and note."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.calibration.anonymity import stripped
from studyhub.calibration.models import (
    TEXTS,
    Calibration,
    CalibrationText,
    Judgement,
    Seat,
    Stage,
)
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Conflict, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.org.models import Appointment
from studyhub.org.tree import is_within
from studyhub.review import blind
from studyhub.review.models import Decision
from studyhub.rounds.models import StudyRound

LONGEST = 30_000
LONGEST_NOTE = 6_000
FEWEST = 2


def plan(db: Session, round_: StudyRound, *, by: Actor, now: datetime) -> Calibration:
    """A calibration for the round, with nothing in it yet."""
    made = Calibration(
        id=new_uuid(), round=round_, made_by=UserId(by.user_id), made_at=now, texts=[], seats=[]
    )
    db.add(made)
    db.flush()
    record(db, Deed.CALIBRATION_PLANNED, made.id, by=by, now=now, round=str(round_.id))
    return made


def put_text(
    db: Session,
    calibration: Calibration,
    position: int,
    parts: Sequence[Mapping[str, str]],
    *,
    by: Actor,
    now: datetime,
) -> CalibrationText:
    """Put the text at its place, as it was typed or corrected; where it came from stays known."""
    _expect_draft(calibration)
    kept = [{"title": part["title"], "text": as_kept(part["text"]).strip()} for part in parts]
    if not any(part["text"] for part in kept):
        raise Unfit(N_("This text is empty."))
    if sum(len(part["text"]) for part in kept) > LONGEST:
        raise Unfit(N_("This text is too long: at most %(most)d characters."), most=LONGEST)
    text = _at(calibration, position)
    text.parts = kept
    db.flush()
    record(db, Deed.CALIBRATION_CHANGED, calibration.id, by=by, now=now, text=position)
    return text


def take_essay(
    db: Session,
    calibration: Calibration,
    position: int,
    essay: Essay,
    *,
    by: Actor,
    now: datetime,
) -> CalibrationText:
    """Take an accepted essay over, without what tells whose it is. To take it is to read it."""
    version = essay.latest
    if version is None:
        raise Untimely(N_("Only an accepted essay of a closed round can be taken."))
    units = [name for name in (essay.cell.name, essay.cell.short_name) if name]
    parts = stripped(version.parts, author=essay.author.full_name, units=units)
    record(db, Deed.ESSAY_READ, essay.id, by=by, now=now, version=version.number, calibrated=1)
    text = put_text(db, calibration, position, parts, by=by, now=now)
    text.version_id = version.id
    db.flush()
    return text


def clear_text(
    db: Session, calibration: Calibration, position: int, *, by: Actor, now: datetime
) -> None:
    """Take the text away, to choose another."""
    _expect_draft(calibration)
    calibration.texts[:] = [one for one in calibration.texts if one.position != position]
    db.flush()
    record(db, Deed.CALIBRATION_CHANGED, calibration.id, by=by, now=now, text=position)


def invite(
    db: Session,
    calibration: Calibration,
    invited: Sequence[Appointment],
    *,
    by: Actor,
    now: datetime,
) -> None:
    """These and no others; whoever has judged something stays. Who is new is told, once begun."""
    if calibration.stage is Stage.CLOSED:
        raise Untimely(N_("This calibration is closed."))
    wanted = {one.user_id: one for one in invited}
    begun = _have_judged(db, calibration)
    known = {seat.user_id: seat for seat in calibration.seats}
    calibration.seats[:] = [seat for id_, seat in known.items() if id_ in wanted or id_ in begun]
    new = [one for id_, one in wanted.items() if id_ not in known]
    for one in new:
        seat = Seat(user_id=one.user_id, unit_id=one.unit_id, post=one.post, unit=one.unit)
        calibration.seats.append(seat)
    db.flush()
    count = len(calibration.seats)
    record(db, Deed.CALIBRATION_CHANGED, calibration.id, by=by, now=now, invited=count)
    if calibration.stage is Stage.OPEN:
        _expect_strangers(db, calibration)
        _tell(db, calibration, [one.user_id for one in new], by=by, now=now)


def begin(db: Session, calibration: Calibration, *, by: Actor, now: datetime) -> None:
    """From now on the texts stay as they are, and the invited judge."""
    _expect_draft(calibration)
    if len(calibration.texts) != TEXTS:
        raise Untimely(N_("Three essays are needed. Choose or paste those that are missing."))
    if len(calibration.seats) < FEWEST:
        raise Untimely(N_("Invite at least two people."))
    _expect_strangers(db, calibration)
    calibration.stage, calibration.begun_at = Stage.OPEN, now
    record(
        db, Deed.CALIBRATION_BEGUN, calibration.id, by=by, now=now, invited=len(calibration.seats)
    )
    _tell(db, calibration, [seat.user_id for seat in calibration.seats], by=by, now=now)


def close(db: Session, calibration: Calibration, *, by: Actor, now: datetime) -> None:
    """Nobody judges any more; who has not judged all three does not compare either."""
    if calibration.stage is not Stage.OPEN:
        raise Untimely(N_("This calibration is not open."))
    calibration.stage, calibration.closed_at = Stage.CLOSED, now
    record(db, Deed.CALIBRATION_CLOSED, calibration.id, by=by, now=now)


def reopen(db: Session, calibration: Calibration, *, by: Actor, now: datetime) -> None:
    """Closed too early: those who have not judged all three may go on."""
    if calibration.stage is not Stage.CLOSED:
        raise Untimely(N_("This calibration is not closed."))
    calibration.stage, calibration.closed_at = Stage.OPEN, None
    record(db, Deed.CALIBRATION_REOPENED, calibration.id, by=by, now=now)


def discard(db: Session, calibration: Calibration, *, by: Actor, now: datetime) -> None:
    """It never began: away with it."""
    _expect_draft(calibration)
    record(db, Deed.CALIBRATION_DISCARDED, calibration.id, by=by, now=now)
    db.delete(calibration)


def write_note(
    db: Session, calibration: Calibration, note: str, *, by: Actor, now: datetime
) -> None:
    """What was said about the differences; those who may compare read it."""
    if calibration.stage is Stage.DRAFT:
        raise Untimely(N_("This calibration has not begun."))
    kept = as_kept(note).strip()
    if len(kept) > LONGEST_NOTE:
        raise Unfit(N_("At most %(most)d characters."), about="note", most=LONGEST_NOTE)
    calibration.note = kept
    record(db, Deed.CALIBRATION_NOTED, calibration.id, by=by, now=now)


def _at(calibration: Calibration, position: int) -> CalibrationText:
    if not 1 <= position <= TEXTS:
        raise Unfit(N_("This page is incomplete. Reload it."))
    found = next((one for one in calibration.texts if one.position == position), None)
    if found is None:
        id_ = new_uuid()
        found = CalibrationText(id=id_, position=position, code=blind.code(id_), parts=[])
        calibration.texts.append(found)
    return found


def _expect_draft(calibration: Calibration) -> None:
    if calibration.stage is not Stage.DRAFT:
        raise Untimely(N_("This calibration has begun: its essays stay as they are."))


def _expect_strangers(db: Session, calibration: Calibration) -> None:
    """Refuse that somebody judges an essay they wrote, judged, or that came from their cell."""
    ids = [text.version_id for text in calibration.texts if text.version_id]
    rows = db.execute(
        select(Essay, Decision.decided_by)
        .join(Version, Version.essay_id == Essay.id)
        .outerjoin(Decision, Decision.version_id == Version.id)
        .where(Version.id.in_(ids))
    )
    for essay, judge in rows:
        for seat in calibration.seats:
            knows = seat.user_id in (essay.author_id, judge)
            if knows or is_within(essay.cell.path, seat.unit.path):
                raise Conflict(
                    N_("One of the essays comes from %(unit)s. Choose another, or do not invite "
                       "from there."),
                    unit=seat.unit.name,
                )  # fmt: skip


def _have_judged(db: Session, calibration: Calibration) -> set[UserId]:
    ids = [text.id for text in calibration.texts]
    return set(db.scalars(select(Judgement.user_id).where(Judgement.text_id.in_(ids))))


def _tell(
    db: Session, calibration: Calibration, whom: Sequence[UserId], *, by: Actor, now: datetime
) -> None:
    round_id = str(calibration.round_id)
    kind = Kind.CALIBRATION_BEGUN
    notify(db, whom, kind, subject_id=calibration.id, by=by, now=now, round=round_id)
