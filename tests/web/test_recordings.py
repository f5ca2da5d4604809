"""Recordings are brought, served piece by piece, watched, and followed."""

import io
import zlib
from typing import Any

import pytest
from flask import Flask

from studyhub.recordings.ffmpeg import FAILED
from studyhub.recordings.models import Recording, RecordingArrival, RecordingState
from studyhub.study.models import StudySession
from tests.recordings.films import film, over, recording
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

DATA = bytes(range(256)) * 12_000  # 3 MB


@pytest.fixture
def session(town: World) -> StudySession:
    """A session that is over, of two topics."""
    session = over(town, topics=("Một", "Hai"))
    town.db.commit()
    return session


@pytest.fixture
def made(town: World, session: StudySession, app: Flask) -> Recording:
    """A recording of 100 seconds; its film lies in the store."""
    key = app.extensions["studyhub"]["files"].keep(DATA)
    made = recording(town, session, video_key=key, poster_key=key, video_size=len(DATA))
    town.db.commit()
    return made


def _get(browser: Browser, made: Recording, **headers: str) -> Any:
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    return browser.client.get(f"/recordings/{made.id}/video", headers=told)


def test_a_player_gets_the_part_it_asks_for(town: World, made: Recording, as_: SignIn) -> None:
    an = as_(town.an)

    first = _get(an, made, Range="bytes=100-199")
    last = _get(an, made, Range="bytes=-5")
    rest = _get(an, made, Range="bytes=100-")

    assert (first.status_code, first.data) == (206, DATA[100:200])
    assert first.headers["Content-Range"] == f"bytes 100-199/{len(DATA)}"
    assert (first.mimetype, first.headers["Accept-Ranges"]) == ("video/mp4", "bytes")
    assert last.data == DATA[-5:]
    assert rest.data == DATA[100 : 100 + 2 * 1024 * 1024]  # so much at once; it asks again
    assert _get(an, made).data == DATA


def test_what_is_beyond_the_end_is_not_satisfiable(
    town: World, made: Recording, as_: SignIn
) -> None:
    answer = _get(as_(town.an), made, Range=f"bytes={len(DATA)}-")

    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(DATA)}"


def test_what_a_browser_has_already_is_not_sent_again(
    town: World, made: Recording, as_: SignIn
) -> None:
    an = as_(town.an)
    tag = _get(an, made).headers["ETag"]

    assert _get(an, made, If_None_Match=tag).status_code == 304
    assert _get(an, made, Range="bytes=0-9", If_Range=tag).data == DATA[:10]
    assert _get(an, made, Range="bytes=0-9", If_Range='"other"').status_code == 200


def test_it_is_asked_each_time_who_watches(
    town: World, made: Recording, as_: SignIn, visitor: Browser
) -> None:
    stranger = town.person("Lê Văn Lạ", None)
    made.session.round.audience.clear()
    town.db.commit()

    assert _get(as_(town.an), made).headers["Cache-Control"] == "private, no-cache"
    assert _get(as_(stranger), made).status_code == 404
    assert _get(visitor, made).status_code == 302
    made.removed_at = NOW
    town.db.commit()
    assert _get(as_(town.an), made).status_code == 404


def test_nginx_sends_it_where_there_is_one(
    town: World, made: Recording, as_: SignIn, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = app.extensions["studyhub"]["settings"]
    object.__setattr__(known, "nginx_files", "/files/")
    try:
        answer = _get(as_(town.an), made)
    finally:
        object.__setattr__(known, "nginx_files", "")

    key = made.video_key
    assert answer.headers["X-Accel-Redirect"] == f"/files/{key[:2]}/{key}"
    assert answer.data == b""


def test_it_comes_in_pieces_and_goes_on_after_a_break(
    town: World, session: StudySession, as_: SignIn
) -> None:
    dung, data = as_(town.dung), film()
    place = f"/recordings/sessions/{session.id}/uploads"
    token = {"X-CSRF-Token": dung.token(), "Accept": "application/json"}
    topic = str(session.agenda[1].id)
    announced = {"name": "a.mp4", "size": len(data), "mark": "m1", "topic": topic}
    begun = dung.client.post(place, json=announced, headers=token).get_json()

    def send(at: int, piece: bytes, mark: str = "") -> Any:
        mark = mark or f"{zlib.crc32(piece):08x}"
        address = f"{place}/{begun['id']}?at={at}&mark={mark}"
        return dung.client.post(address, data=piece, headers=token)

    assert send(0, data[:1000]).get_json() == {"at": 1000}
    assert send(1000, data[1000:2000], "00000000").get_json()["at"] == 1000
    again = dung.client.post(place, json=announced, headers=token).get_json()
    assert (again["id"], again["at"]) == (begun["id"], 1000)
    assert "have arrived" in dung.visit(f"/recordings/sessions/{session.id}").text
    assert send(1000, data[1000:]).status_code == 200

    made = town.db.query(Recording).one()
    assert (made.title, made.state) == ("Hai", RecordingState.IN_WORK)
    assert town.db.query(RecordingArrival).count() == 0


def test_without_a_script_it_comes_in_one_form(
    town: World, session: StudySession, as_: SignIn
) -> None:
    dung = as_(town.dung)
    file = (io.BytesIO(film()), "phim/Hội nghị.mp4")

    page = dung.post(f"/recordings/sessions/{session.id}", recording=file, title="Buổi sáng")

    assert "The recording has arrived" in page.text
    assert town.db.query(Recording).one().file_name == "Hội nghị.mp4"
    wrong = (io.BytesIO(b"MZ not a film"), "a.exe")
    page = dung.post(f"/recordings/sessions/{session.id}", recording=wrong, title="")
    assert "neither a film nor a sound recording" in page.text
    assert town.db.query(RecordingArrival).count() == 0


def test_who_manages_names_captions_takes_away_and_brings_back(
    town: World, made: Recording, as_: SignIn
) -> None:
    dung, place = as_(town.dung), f"/recordings/{made.id}"
    topic = str(made.session.agenda[0].id)
    dung.post(f"{place}/change", title="Phiên sáng", topic=topic)
    words = (io.BytesIO(b"WEBVTT\n\n00:01.000 --> 00:02.000\n<b>Xin ch\xc3\xa0o</b>\n"), "a.vtt")
    page = dung.post(f"{place}/captions", language="vi", captions=words)
    assert "The captions are shown" in page.text
    told = as_(town.an).client.get(f"{place}/captions/vi.vtt")
    assert (told.mimetype, told.get_data(as_text=True)[-9:]) == ("text/vtt", "Xin chào\n")

    page = dung.post(f"{place}/remove")
    assert "“Phiên sáng” is taken away" in page.text
    as_(town.an).visit(place, status=404)
    page = dung.post(f"{place}/bring-back")
    assert "The recording is back" in page.text
    as_(town.an).visit(place)


def test_it_is_set_for_the_round_from_what_share_on_watching_counts(
    town: World, session: StudySession, as_: SignIn
) -> None:
    dung, place = as_(town.dung), f"/recordings/sessions/{session.id}/counting"

    page = dung.post(place, watching_counts="y", watching_share="5", status=422)
    assert "Between 10 and 100 percent." in page.text
    dung.post(place, watching_counts="y", watching_share="60")

    town.see(session.round)
    assert (session.round.watching_counts, session.round.watching_share) == (True, 60)


def test_a_session_with_a_recording_does_not_go(town: World, made: Recording, as_: SignIn) -> None:
    page = as_(town.dung).post(f"/rounds/sessions/{made.session_id}/remove", status=409)

    assert "Take them away first" in page.text


def test_every_word_of_the_pages_can_be_said_in_vietnamese(
    town: World, made: Recording, app: Flask
) -> None:
    recording(town, made.session, state=RecordingState.IN_WORK)
    recording(town, made.session, state=RecordingState.FAILED, refusal=FAILED)
    town.db.commit()
    dung = Browser(app.test_client(), language="vi").sign_in(town.dung)

    page = dung.visit(f"/recordings/sessions/{made.session_id}")
    assert "Phải xem ít nhất" in page.text
    assert "tệp gốc vẫn được giữ" in page.text
    dung.visit(f"/recordings/{made.id}/change")
    assert "chưa xem" in dung.visit(f"/recordings/{made.id}").text
