"""Whether the author has attended as many sessions as the round asks for before handing in."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay
from studyhub.kernel.errors import Untimely
from studyhub.kernel.words import N_
from studyhub.study.models import Attendance, Presence, StudySession

PRESENT = (Presence.ON_SITE, Presence.ONLINE, Presence.MADE_UP)


def needed(sessions: int, least: int) -> int:
    """How many of these sessions are at least so many per cent of them."""
    return -(-sessions * least // 100)


def expect_attended(db: Session, essay: Essay) -> None:
    """Refuse and say what is missing; nothing is asked where the round sets no share.

    Of all sessions of the round, also those still to come: a missed one can be made up.
    """
    least = essay.round.attendance_least
    if not least:
        return
    total, attended = db.execute(
        select(func.count(StudySession.id), func.count(Attendance.user_id))
        .outerjoin(
            Attendance,
            (Attendance.session_id == StudySession.id)
            & (Attendance.user_id == essay.author_id)
            & Attendance.presence.in_(PRESENT),
        )
        .where(StudySession.round_id == essay.round_id, StudySession.made_up_of_id.is_(None))
    ).one()
    if attended < needed(total, least):
        raise Untimely(
            N_(
                "You have attended %(attended)d of %(total)d sessions; this round asks for "
                "%(needed)d before an essay is handed in. Make up what you missed, or tell the "
                "secretary of your cell if the roll is wrong. What you wrote is kept."
            ),
            attended=attended,
            total=total,
            needed=needed(total, least),
        )
