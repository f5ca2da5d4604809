"""A scene of the demonstration: a session that is on air now, for `./dev live`."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.kernel.actor import Post
from studyhub.kernel.errors import Untimely
from studyhub.live import sources
from studyhub.live.models import Source
from studyhub.org.models import Appointment
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound
from studyhub.study import sessions
from studyhub.study.models import StudySession
from studyhub.study.sessions import SessionPlan, Topic

TITLE = "Buổi học qua đường truyền riêng (mẫu)"
LASTS = timedelta(hours=3)


def put_on_air(db: Session, *, now: datetime, zone: ZoneInfo) -> tuple[StudySession, str]:
    """A session of the open round that begins now, followed by a stream; and its key."""
    today = now.astimezone(zone).date()
    post = db.scalars(
        select(Appointment).where(Appointment.post == Post.OFFICER, Appointment.covers(today))
    ).first()
    round_ = db.scalars(select(StudyRound).where(StudyRound.state == RoundState.OPEN)).first()
    if post is None or round_ is None:
        raise Untimely("This is not the demonstration with its open round.")
    officer = actor_of(db, post.user_id, today)
    session = db.scalars(
        select(StudySession).where(StudySession.round_id == round_.id, StudySession.title == TITLE)
    ).first()
    if session is None:
        session = sessions.add(db, round_, _plan(now), by=officer, now=now)
    else:
        sessions.change(db, session, _plan(now), by=officer, now=now)
    db.flush()
    sources.choose(db, session, Source.STREAM, by=officer, now=now)
    return session, sources.make_key(db, session, by=officer, now=now)


def _plan(now: datetime) -> SessionPlan:
    start = now.replace(second=0, microsecond=0)
    return SessionPlan(
        title=TITLE,
        starts_at=start,
        ends_at=start + LASTS,
        check_in_opens_at=start - timedelta(minutes=30),
        check_in_closes_at=start + timedelta(hours=1),
        reporter="Ban Tuyên giáo (mẫu)",
        agenda=[
            Topic(title="Những nội dung cốt lõi của nghị quyết", starts_at=start),
            Topic(title="Liên hệ nhiệm vụ của đơn vị", starts_at=start + timedelta(hours=1)),
        ],
    )
