"""A recording comes in pieces: each checked, none lost, gone on with another day."""

import io
import zlib
from collections import namedtuple
from datetime import timedelta

import pytest
from sqlalchemy import select

from studyhub.jobs.models import Job
from studyhub.jobs.work import Tools
from studyhub.kernel.errors import Conflict, Missing, StudyHubError, Unfit, Untimely
from studyhub.recordings import arrivals, keeping, taking
from studyhub.recordings.arrivals import Announced
from studyhub.recordings.models import Recording, RecordingArrival, RecordingState
from studyhub.rounds.lifecycle import RoundState
from studyhub.storage.files import FileStore
from studyhub.study.models import StudySession
from tests.recordings.films import film, over
from tests.world import NOW, World

Disk = namedtuple("Disk", "total used free")


def _begin(
    world: World, session: StudySession, files: FileStore, **told: object
) -> RecordingArrival:
    facts: dict[str, object] = {"name": "hoi-nghi.mp4", "size": 20, "mark": "abc", **told}
    return arrivals.begin(
        world.db, session, Announced(**facts), files=files, quota=0,  # type: ignore[arg-type]
        by=world.actor(world.dung), now=NOW,
    )  # fmt: skip


def _mark(piece: bytes) -> str:
    return f"{zlib.crc32(piece):08x}"


def test_pieces_follow_each_other_and_become_a_recording(
    world: World, session: StudySession, tools: Tools
) -> None:
    data, arriving = film(), keeping.arriving(tools.files)
    by = world.actor(world.dung)
    arrival = _begin(world, session, tools.files, size=len(data))
    half = len(data) // 2

    for at, piece in ((0, data[:half]), (half, data[half:])):
        again = _begin(world, session, tools.files, size=len(data))
        assert (again.id, again.received) == (arrival.id, at)
        arrivals.expect_piece(arrival, at, piece, _mark(piece))
        arriving.write(arrival.id, at, piece)
        made = arrivals.receive(world.db, session, arrival, len(piece), by=by, now=NOW)

    assert made
    assert (made.state, made.title) == (RecordingState.IN_WORK, session.title)
    assert arriving.read(made.id) == data
    job = world.db.scalars(select(Job).where(Job.subject_id == made.id)).one()
    assert job.kind == taking.KIND
    assert world.db.scalars(select(RecordingArrival)).all() == []


def test_a_piece_out_of_turn_or_damaged_is_sent_again(
    world: World, session: StudySession, tools: Tools
) -> None:
    arrival = _begin(world, session, tools.files, size=len(film()))
    piece = film()[:1000]

    for at, mark in ((5, _mark(piece)), (0, _mark(b"other"))):
        with pytest.raises(Conflict):
            arrivals.expect_piece(arrival, at, piece, mark)
    arrivals.expect_piece(arrival, 0, piece, _mark(piece))


@pytest.mark.parametrize(
    "head",
    [b"MZ\x90\x00" * 50, b"%PDF-1.7\n" * 50, b"#EXTM3U\nfile:///etc/passwd\n", b"PK\x03\x04"],
)
def test_what_is_no_recording_is_refused_at_its_first_piece(
    world: World, session: StudySession, tools: Tools, head: bytes
) -> None:
    arrival = _begin(world, session, tools.files, size=len(head) + 1)

    with pytest.raises(Unfit, match="neither a film"):
        arrivals.expect_piece(arrival, 0, head, _mark(head))


def test_it_is_said_in_time_that_there_is_no_room(
    world: World, session: StudySession, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    gigabyte = 1024**3
    monkeypatch.setattr("shutil.disk_usage", lambda _: Disk(9, 9, 7 * gigabyte))
    _begin(world, session, tools.files, size=2 * gigabyte, mark="one")

    with pytest.raises(Unfit) as refusal:
        _begin(world, session, tools.files, size=2 * gigabyte, mark="two")

    assert refusal.value.values == {"needed": "4,0", "free": "3,0"}


def test_a_quota_counts_what_there_is_and_what_is_coming(
    world: World, session: StudySession, tools: Tools
) -> None:
    _begin(world, session, tools.files, size=400_000_000)

    left = keeping.room_left(world.db, tools.files, 1)

    assert left == 1024**3 - 400_000_000


@pytest.mark.parametrize(
    ("told", "kind"), [({"size": 0}, Unfit), ({"size": 4 * 1024**3 + 1}, Unfit)]
)
def test_sizes_that_cannot_be_are_refused(
    world: World, session: StudySession, tools: Tools, told: dict[str, int],
    kind: type[StudyHubError],
) -> None:  # fmt: skip
    with pytest.raises(kind):
        _begin(world, session, tools.files, **told)


def test_a_closed_round_takes_no_more_and_nobody_goes_on_with_anothers(
    world: World, session: StudySession, tools: Tools
) -> None:
    arrival = _begin(world, session, tools.files)
    with pytest.raises(Missing):
        arrivals.expected(world.db, session, arrival.id, by=world.actor(world.em))
    with pytest.raises(Missing):
        arrivals.expected(world.db, over(world), arrival.id, by=world.actor(world.dung))

    session.round.state = RoundState.CLOSED
    with pytest.raises(Untimely):
        _begin(world, session, tools.files, mark="other")


def test_one_that_comes_in_one_form_is_laid_down_little_by_little(
    tools: Tools, world: World, session: StudySession
) -> None:
    data = film() + bytes(9 * 1024 * 1024)
    arrival = _begin(world, session, tools.files, size=len(data), mark="")
    arriving = keeping.arriving(tools.files)

    arrivals.copy_whole(arriving, arrival.id, io.BytesIO(data), len(data))

    assert arriving.read(arrival.id) == data


def test_a_stream_that_has_ended_is_taken_over_once(
    world: World, session: StudySession, tools: Tools
) -> None:
    file = tools.files.root.parent / "live.flv"
    file.write_bytes(b"FLV\x01")

    made = taking.take_over(world.db, session, file, by=None, now=NOW)
    again = taking.take_over(world.db, session, file, by=None, now=NOW + timedelta(minutes=1))

    assert made is again
    assert world.db.scalars(select(Recording)).one().taken_from == str(file)
