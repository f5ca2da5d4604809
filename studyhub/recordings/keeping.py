"""Where recordings lie on the disk, whether there is room, and what is swept up."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from studyhub.jobs import queries as jobs
from studyhub.jobs.models import JobState
from studyhub.jobs.work import Tools
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.recordings import ffmpeg
from studyhub.recordings.models import (
    Caption,
    Recording,
    RecordingArrival,
    RecordingState,
    Watching,
)
from studyhub.recordings.taking import KIND
from studyhub.storage.arriving import Arriving
from studyhub.storage.files import FileStore

GIGABYTE = 1024**3
SPARE = 2 * GIGABYTE
"""So much always stays free for everything else."""

KEPT = timedelta(days=7)
"""How long an upload that nobody goes on with is kept; and the original of a good recording."""
UNDONE_WITHIN = timedelta(days=1)

NO_ROOM = N_(
    "The server has no room for this recording: it needs %(needed)s GB, and %(free)s GB are left. "
    "Tell the administrator, or make the recording smaller."
)


def arriving(files: FileStore) -> Arriving:
    """Recordings that are not whole yet."""
    return Arriving(files.root / "recordings-arriving")


def room_left(db: Session, files: FileStore, quota: int) -> int:
    """So many bytes of recordings may still come; `quota` (gigabytes) is 0 where there is none."""
    coming = db.scalar(select(func.sum(RecordingArrival.size - RecordingArrival.received))) or 0
    free = files.free - SPARE - coming
    if quota:
        sizes = Recording.original_size + Recording.video_size + Recording.audio_size
        free = min(free, quota * GIGABYTE - (db.scalar(select(func.sum(sizes))) or 0) - coming)
    return int(max(free, 0))


def expect_room(db: Session, files: FileStore, size: int, *, quota: int) -> None:
    """Refuse before anything is sent: the file, and as much again for what is made of it."""
    needed, free = 2 * size, room_left(db, files, quota)
    if needed > free:
        raise Unfit(NO_ROOM, needed=_gigabytes(needed), free=_gigabytes(free))


def sweep(tools: Tools) -> None:
    """Chore: uploads nobody goes on with, recordings taken away, originals no longer needed."""
    now = tools.now()
    with tools.writing() as db:
        db.execute(delete(RecordingArrival).where(RecordingArrival.touched_at < now - KEPT))
        _give_up(db)
        removed = db.scalars(select(Recording).where(Recording.removed_at < now - UNDONE_WITHIN))
        keys = {key for recording in removed.all() for key in _forget(db, recording)}
        good = select(Recording).where(
            Recording.ready_at < now - KEPT, Recording.original_key != ""
        )
        for recording in db.scalars(good):
            if recording.original_key not in {recording.video_key, recording.audio_key}:
                keys.add(recording.original_key)
            recording.original_key = ""
        db.flush()
        unused = keys - _in_use(db, keys)
    for key in unused:
        tools.files.drop(key)
    _drop_left_behind(tools)


def _forget(db: Session, recording: Recording) -> set[str]:
    """Let it go with all that is known of it; its files' keys."""
    keys = {recording.original_key, recording.video_key, recording.audio_key, recording.poster_key}
    keys |= {caption.file_key for caption in recording.captions}
    db.execute(delete(Watching).where(Watching.recording_id == recording.id))
    db.delete(recording)
    return keys - {""}


def _give_up(db: Session) -> None:
    """What its job has given up is not in work any more."""
    in_work = select(Recording).where(Recording.state == RecordingState.IN_WORK)
    found = {recording.id: recording for recording in db.scalars(in_work)}
    for subject_id, job in jobs.latest_of(db, KIND, list(found)).items():
        if job.state is JobState.FAILED:
            found[subject_id].state = RecordingState.FAILED
            found[subject_id].refusal = ffmpeg.FAILED


def _in_use(db: Session, keys: Iterable[str]) -> set[str]:
    """Those on which another recording stands: the same content is kept once."""
    wanted = list(keys)
    used: set[str] = set(db.scalars(select(Caption.file_key).where(Caption.file_key.in_(wanted))))
    columns = (
        Recording.original_key, Recording.video_key, Recording.audio_key, Recording.poster_key,
    )  # fmt: skip
    for row in db.execute(select(*columns).where(or_(*(c.in_(wanted) for c in columns)))):
        used.update(row)
    return used


def _drop_left_behind(tools: Tools) -> None:
    """Pieces of what is neither on its way nor waiting for its job."""
    place = arriving(tools.files)
    left = place.left(tools.now() - timedelta(hours=1))
    with tools.reading() as db:
        known: set[UUID] = set(db.scalars(select(RecordingArrival.id)))
        known.update(db.scalars(select(Recording.id).where(Recording.original_key == "")))
    for which in left - known:
        place.drop(which)


def _gigabytes(size: int) -> str:
    return f"{size / GIGABYTE:.1f}".replace(".", ",")
