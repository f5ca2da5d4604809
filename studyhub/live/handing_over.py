"""The job that hands the recording of a stream over, once the stream is not awaited any more."""

import subprocess
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.actor import Actor
from studyhub.live import queries, rules
from studyhub.live.models import LiveStream, SessionSource
from studyhub.recordings import taking
from studyhub.study.models import StudySession

KIND = "live.hand_over"
AWAITED = timedelta(minutes=5)
"""So long a stream that broke off is waited for, before what there is becomes the recording."""

JOINING = 3600
"""Seconds; joining copies, it does not encode."""


def hand_over(task: Task) -> None:
    """Give what was recorded to `recordings`, in one file, which is theirs from then on.

    While the stream goes on nothing is done: its end asks for this job again.
    """
    if task.subject_id is None:
        return
    streams = _to_take(task.tools, task.subject_id)
    if not streams:
        return
    files = [path for one in streams if (path := _path(task.tools, one.file)).is_file()]
    whole = _joined(files)
    if whole is not None:
        _give(task.tools, task.subject_id, streams, whole)
    else:
        _mark(task.tools, streams)
    for path in files:
        if path != whole:
            path.unlink(missing_ok=True)


def _to_take(tools: Tools, session_id: UUID) -> list[LiveStream]:
    now = tools.now()
    with tools.reading() as db:
        streams = queries.streams_of(db, session_id)
    if any(rules.comes_in(one, now) for one in streams):
        return []
    return [one for one in streams if one.file and not one.taken_over_at]


def _path(tools: Tools, name: str) -> Path:
    return Path(tools.settings.live_recordings) / Path(name).name


def _joined(files: Sequence[Path]) -> Path | None:
    """One file of all, without encoding anew; where that cannot be done, the longest."""
    if len(files) < 2:
        return files[0] if files else None
    whole = files[0].with_suffix(".joined.flv")
    told = files[0].with_suffix(".txt")
    told.write_text("".join(f"file '{path.name}'\n" for path in files), "utf-8")
    limits = ("-nostdin", "-loglevel", "error", "-y", "-protocol_whitelist", "file")
    command = ["ffmpeg", *limits, "-f", "concat", "-i", str(told), "-c", "copy", str(whole)]
    try:
        subprocess.run(command, check=True, timeout=JOINING, cwd=whole.parent)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return max(files, key=lambda path: path.stat().st_size)
    finally:
        told.unlink(missing_ok=True)
    return whole


def _give(tools: Tools, session_id: UUID, streams: Sequence[LiveStream], whole: Path) -> None:
    with tools.writing() as db:
        source = db.get_one(SessionSource, session_id)
        session = db.get_one(StudySession, session_id)
        maker = source.key_made_by or streams[-1].began_by
        by = Actor(user_id=maker, today=tools.today())
        taking.take_over(db, session, whole, by=by, now=tools.now())
        for one in streams:
            db.get_one(LiveStream, one.id).taken_over_at = tools.now()


def _mark(tools: Tools, streams: Sequence[LiveStream]) -> None:
    """There is nothing to take over: its file is gone."""
    with tools.writing() as db:
        for one in streams:
            db.get_one(LiveStream, one.id).taken_over_at = tools.now()


HANDLER = Handler(kind=KIND, run=hand_over, lease=timedelta(hours=2), lengthy=True)
