"""Questions about recordings, what is on its way, and what somebody has watched."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select
from sqlalchemy.orm import Session, joinedload, lazyload, load_only, selectinload

from studyhub.kernel.ids import RoundId, UserId
from studyhub.recordings import spans
from studyhub.recordings.models import Recording, RecordingArrival, RecordingState, Watching
from studyhub.recordings.rules import Part
from studyhub.rounds.models import StudyRound
from studyhub.study.models import AgendaItem, StudySession


@dataclass(frozen=True)
class Shown:
    """A recording, and what the person has watched of it."""

    recording: Recording
    watching: Watching | None

    @property
    def seen(self) -> int:
        """Milliseconds."""
        return self.watching.seen if self.watching else 0

    @property
    def left(self) -> int:
        """Milliseconds not watched yet."""
        return max(self.recording.duration - self.seen, 0)

    @property
    def percent(self) -> int:
        """Of the recording, rounded down: 100 is all of it."""
        return self.seen * 100 // self.recording.duration if self.recording.duration else 0

    @property
    def gaps(self) -> spans.Spans:
        """The stretches not watched yet."""
        return spans.missing(self.watching.spans if self.watching else [], self.recording.duration)

    @property
    def place(self) -> int:
        """Where to go on, in milliseconds: where one stopped, or at the beginning after the end."""
        place = self.watching.place if self.watching else 0
        return place if self.recording.duration - place > 3000 else 0


_TO_FOLLOW = (
    select(Recording, StudyRound.watching_counts, StudyRound.watching_share)
    .join(StudySession, StudySession.id == Recording.session_id)
    .join(StudyRound, StudyRound.id == StudySession.round_id)
    .where(
        Recording.id == bindparam("recording"),
        Recording.state == RecordingState.READY,
        Recording.removed_at.is_(None),
    )
    .options(lazyload(Recording.session), load_only(Recording.duration, Recording.session_id))
)


def of_session(db: Session, session_id: UUID) -> Sequence[Recording]:
    """All of a session that were not taken away: the whole first, then by topic."""
    return db.scalars(
        select(Recording)
        .outerjoin(AgendaItem, Recording.topic_id == AgendaItem.id)
        .where(Recording.session_id == session_id, Recording.removed_at.is_(None))
        .options(joinedload(Recording.topic), selectinload(Recording.captions))
        .order_by(AgendaItem.position.is_not(None), AgendaItem.position, Recording.added_at)
    ).all()


def taken_away(db: Session, session_id: UUID) -> Sequence[Recording]:
    """Those that can still be brought back."""
    gone = Recording.session_id == session_id, Recording.removed_at.is_not(None)
    return db.scalars(select(Recording).where(*gone).order_by(Recording.removed_at)).all()


def on_the_way(db: Session, session_id: UUID) -> Sequence[RecordingArrival]:
    """What is being sent, or was begun and waits to be gone on with."""
    return db.scalars(
        select(RecordingArrival)
        .where(RecordingArrival.session_id == session_id)
        .options(joinedload(RecordingArrival.person))
        .order_by(RecordingArrival.touched_at)
    ).all()


def any_of(db: Session, session_id: UUID) -> bool:
    """Whether a session has a recording, ready or not, or one on its way."""
    for model in (Recording, RecordingArrival):
        if db.scalar(select(model.id).where(model.session_id == session_id).limit(1)):
            return True
    return False


@dataclass(frozen=True)
class ToFollow:
    """A recording as far as a heartbeat needs it, and from what share on watching counts."""

    recording: Recording
    counts: bool
    share: int


def to_follow(db: Session, recording_id: UUID) -> ToFollow | None:
    """None where there is nothing to be watched any more. Asked by every heartbeat."""
    row = db.execute(_TO_FOLLOW, {"recording": recording_id}).one_or_none()
    return ToFollow(*row) if row else None


def any_in_work(db: Session, session_id: UUID) -> bool:
    """Whether a recording of the session is being made."""
    in_work = Recording.session_id == session_id, Recording.state == RecordingState.IN_WORK
    found = select(Recording.id).where(*in_work, Recording.removed_at.is_(None)).limit(1)
    return db.scalar(found) is not None


def sign_of(db: Session, session: StudySession, _now: datetime) -> str:
    """A few words that change whenever what can be watched of the session does."""
    rows = db.execute(
        select(Recording.id, Recording.title, Recording.state, Recording.topic_id)
        .where(Recording.session_id == session.id, Recording.removed_at.is_(None))
        .order_by(Recording.id)
    )
    return " ".join(f"{id_} {title} {state} {topic}" for id_, title, state, topic in rows)


def shown_of_session(db: Session, session_id: UUID, user_id: UUID) -> Sequence[Shown]:
    """What of a session can be watched, with what the person has watched of it."""
    return _shown(db, user_id, Recording.session_id == session_id)


def shown_of_round(db: Session, round_id: RoundId, user_id: UUID) -> Mapping[UUID, Sequence[Shown]]:
    """The same of a whole round, by session."""
    sessions = select(StudySession.id).where(StudySession.round_id == round_id)
    found: dict[UUID, list[Shown]] = defaultdict(list)
    for shown in _shown(db, user_id, Recording.session_id.in_(sessions)):
        found[shown.recording.session_id].append(shown)
    return found


def shown(db: Session, recording: Recording, user_id: UUID) -> Shown:
    """One recording, and what the person has watched of it."""
    return Shown(recording, db.get(Watching, (recording.id, user_id)))


def parts_of(db: Session, session_id: UUID) -> Sequence[Part]:
    """The recordings of a session as the rules see them; those that failed are none."""
    rows = db.execute(
        select(Recording.id, Recording.topic_id, Recording.duration, Recording.state).where(
            Recording.session_id == session_id,
            Recording.removed_at.is_(None),
            Recording.state != RecordingState.FAILED,
        )
    )
    return [
        Part(id=id_, topic_id=topic, duration=duration, is_ready=state is RecordingState.READY)
        for id_, topic, duration, state in rows
    ]


def seen_of(
    db: Session, session_id: UUID, user_ids: Collection[UserId] | None = None
) -> Mapping[UserId, Mapping[UUID, int]]:
    """Milliseconds that each of these persons (or everybody) has seen of each recording."""
    wanted = (
        select(Watching.user_id, Watching.recording_id, Watching.seen)
        .join(Recording, Recording.id == Watching.recording_id)
        .where(Recording.session_id == session_id, Watching.seen > 0)
    )
    if user_ids is not None:
        wanted = wanted.where(Watching.user_id.in_(user_ids))
    found: dict[UserId, dict[UUID, int]] = defaultdict(dict)
    for user_id, recording_id, seen in db.execute(wanted):
        found[user_id][recording_id] = seen
    return found


def _shown(db: Session, user_id: UUID, which: ColumnElement[bool]) -> list[Shown]:
    rows = db.execute(
        select(Recording, Watching)
        .outerjoin(
            Watching, (Watching.recording_id == Recording.id) & (Watching.user_id == user_id)
        )
        .outerjoin(AgendaItem, Recording.topic_id == AgendaItem.id)
        .where(which, Recording.state == RecordingState.READY, Recording.removed_at.is_(None))
        .options(joinedload(Recording.topic))
        .order_by(AgendaItem.position.is_not(None), AgendaItem.position, Recording.added_at)
    )
    return [Shown(recording, watching) for recording, watching in rows]
