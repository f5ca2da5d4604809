"""Recordings in the province: of the open round, one not ready yet, of a draft, and beside it."""

from collections.abc import Mapping
from uuid import UUID

from studyhub.kernel.ids import new_uuid
from studyhub.recordings.models import Caption, Recording, RecordingArrival, RecordingState
from studyhub.study.models import StudySession
from tests.recordings.films import recording
from tests.things import NOW
from tests.web.elsewhere import KEY
from tests.world import World


def brought(world: World, sessions: Mapping[str, UUID]) -> dict[str, dict[str, object]]:
    """Their files are a picture; one more is on its way, brought by Dung."""
    rows = {
        "of the open round": _of(world, sessions["open"]),
        "in work": _of(world, sessions["open"], state=RecordingState.IN_WORK),
        "of a draft": _of(world, sessions["draft"]),
        "beside": _of(world, sessions["beside"]),
    }
    arrival = RecordingArrival(
        id=new_uuid(), session_id=sessions["open"], person_id=world.dung.id, title="Một",
        name="a.mp4", size=9, mark="m", received=0, touched_at=NOW,
    )  # fmt: skip
    world.db.add(arrival)
    for name in ("of the open round", "beside"):
        rows[name].captions.append(Caption(language="vi", file_key=KEY, added_at=NOW))
    world.db.flush()
    return {
        "recording_id": {name: row.id for name, row in rows.items()},
        "upload_id": {"Dung's": arrival.id},
        "language": {"vi": "vi"},
    }


def _of(
    world: World, session_id: UUID, *, state: RecordingState = RecordingState.READY
) -> Recording:
    session = world.db.get_one(StudySession, session_id)
    return recording(
        world, session, state=state, video_key=KEY, audio_key=KEY, poster_key=KEY,
        original_key=KEY,
    )  # fmt: skip
