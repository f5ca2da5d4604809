"""A recording comes in pieces, over a bad line, for as long as it takes; or whole in one form.

A broken connection loses at most one piece. Who begins the same file again, the same day or
another, is told where to go on. Every piece is checked; they follow each other without gaps.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import IO
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Missing, Unfit, Untimely
from studyhub.kernel.ids import UserId, new_uuid
from studyhub.kernel.words import N_
from studyhub.recordings import keeping, taking
from studyhub.recordings.models import Recording, RecordingArrival
from studyhub.rounds.lifecycle import RoundState
from studyhub.storage import pieces
from studyhub.storage.arriving import Arriving
from studyhub.storage.files import FileStore
from studyhub.study.models import AgendaItem, StudySession

LARGEST = 4 * keeping.GIGABYTE
LARGEST_IN_A_FORM = keeping.GIGABYTE
FIRST_PIECE = 512 * 1024
LARGEST_PIECE = 8 * 1024 * 1024
AT_ONCE = 20

TOO_LARGE = N_("A recording has at most 4 GB. Save it smaller, or bring it in parts.")
EMPTY = N_("This file is empty. Choose another one.")
NO_TOPIC = N_("The agenda of this session has no such topic.")
CLOSED = N_("This study round has been closed.")
TOO_MANY = N_("Too many recordings of this session are on their way. Go on with those first.")
NOT_A_RECORDING = N_(
    "This is neither a film nor a sound recording. Choose an .mp4, .mov, .mkv, .webm, .avi, .wmv, "
    ".flv, .mp3 or .m4a file."
)

_FORMATS = (
    (4, b"ftyp"), (4, b"moov"), (4, b"mdat"), (4, b"wide"), (4, b"free"), (0, b"\x1aE\xdf\xa3"),
    (0, b"RIFF"), (0, b"OggS"), (0, b"fLaC"), (0, b"ID3"), (0, b"FLV\x01"),
    (0, b"\x00\x00\x01\xba"), (0, b"0&\xb2u\x8ef\xcf\x11"),
)  # fmt: skip
_TRANSPORT, _PACKET = 0x47, 188


@dataclass(frozen=True, kw_only=True)
class Announced:
    """What is said of a recording before it comes; `mark` is "" where it comes in one form."""

    name: str
    size: int
    mark: str = ""
    title: str = ""
    topic_id: UUID | None = None


def begin(
    db: Session, session: StudySession, told: Announced, *, files: FileStore, quota: int,
    by: Actor, now: datetime,
) -> RecordingArrival:  # fmt: skip
    """Announce a recording; one that was begun before goes on where it stands."""
    known = _known(db, session, told, by) if told.mark else None
    if known is not None:
        known.touched_at = now
        return known
    _expect_wanted(db, session, told)
    keeping.expect_room(db, files, told.size, quota=quota)
    made = RecordingArrival(
        id=new_uuid(), session_id=session.id, topic_id=told.topic_id, name=told.name[:200],
        title=(told.title.strip() or _name_of(session, told.topic_id))[:200], size=told.size,
        mark=told.mark, received=0, person_id=UserId(by.user_id), touched_at=now,
    )  # fmt: skip
    db.add(made)
    db.flush()
    return made


def expected(
    db: Session, session: StudySession, arrival_id: UUID, *, by: Actor
) -> RecordingArrival:
    """The arrival, held, if it is this person's and of this session."""
    found = db.get(RecordingArrival, arrival_id, with_for_update=True, populate_existing=True)
    if found is None or found.session_id != session.id or found.person_id != by.user_id:
        raise Missing(N_("There is nothing here."))
    return found


def expect_piece(arrival: RecordingArrival, at: int, piece: bytes, mark: str) -> None:
    """Refuse a piece out of turn or damaged; and a file that is no recording, at its first."""
    pieces.expect_next(arrival, at, piece, largest=LARGEST_PIECE)
    pieces.expect_undamaged(piece, mark)
    if at == 0:
        expect_recording(piece[:4096])


def receive(
    db: Session, session: StudySession, arrival: RecordingArrival, length: int,
    *, by: Actor, now: datetime,
) -> Recording | None:  # fmt: skip
    """So much more is here. What is whole becomes a recording, and a job makes it streamable."""
    arrival.received, arrival.touched_at = arrival.received + length, now
    if not arrival.is_whole:
        return None
    return taking.of_arrival(db, session, arrival, by=by, now=now)


def stop(db: Session, arrival: RecordingArrival) -> None:
    """Nobody goes on with it; what has arrived of it is swept up."""
    db.delete(arrival)


def copy_whole(arriving: Arriving, which: UUID, data: IO[bytes], size: int) -> None:
    """A recording that came in one form, laid where pieces would be, little by little."""
    expect_recording(data.read(4096))
    data.seek(0)
    for at in range(0, size, LARGEST_PIECE):
        arriving.write(which, at, data.read(LARGEST_PIECE))


def expect_recording(head: bytes) -> None:
    """Refuse what cannot be a recording by how it begins; ffmpeg looks closer, fenced."""
    known = any(head[at : at + len(mark)] == mark for at, mark in _FORMATS)
    streamed = len(head) > _PACKET and head[0] == head[_PACKET] == _TRANSPORT
    sound = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    if not (known or streamed or sound):
        raise Unfit(NOT_A_RECORDING)


def _known(
    db: Session, session: StudySession, told: Announced, by: Actor
) -> RecordingArrival | None:
    return db.scalars(
        select(RecordingArrival)
        .where(
            RecordingArrival.session_id == session.id,
            RecordingArrival.person_id == by.user_id,
            RecordingArrival.mark == told.mark,
            RecordingArrival.size == told.size,
        )
        .limit(1)
    ).first()


def _expect_wanted(db: Session, session: StudySession, told: Announced) -> None:
    if session.round.state is RoundState.CLOSED:
        raise Untimely(CLOSED)
    if told.size < 1:
        raise Unfit(EMPTY)
    if told.size > LARGEST:
        raise Unfit(TOO_LARGE)
    if told.topic_id and told.topic_id not in {item.id for item in session.agenda}:
        raise Unfit(NO_TOPIC)
    of_session = RecordingArrival.session_id == session.id
    if (db.scalar(select(func.count(RecordingArrival.id)).where(of_session)) or 0) >= AT_ONCE:
        raise Unfit(TOO_MANY)


def _name_of(session: StudySession, topic_id: UUID | None) -> str:
    topics: list[AgendaItem] = session.agenda
    return next((item.title for item in topics if item.id == topic_id), session.title)
