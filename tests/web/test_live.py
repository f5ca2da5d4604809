"""What a session is followed by: the officer's page, the hooks of the media server, the viewers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from flask import Flask
from flask.testing import FlaskClient

from studyhub.kernel.clock import StoppedClock
from studyhub.live.rules import PASS, pass_for
from studyhub.study.models import StudySession
from tests.live.test_jitsi import claims_of
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World

SECRET = "s" * 40
HOOKS = ("publish", "update", "publish-done", "record-done")


@pytest.fixture(autouse=True)
def _set_up(app: Flask) -> Iterator[None]:
    """A media server and a Jitsi are set up."""
    facts = app.extensions["studyhub"]
    before = facts["settings"]
    facts["settings"] = replace(
        before,
        live_publish_url="rtmp://hoctap.example.vn/live",
        live_secret=SECRET,
        live_recordings="/nowhere",
        jitsi_url="https://meet.example.vn",
        jitsi_app_id="hoctap",
        jitsi_secret="j",
    )
    yield
    facts["settings"] = before


@pytest.fixture
def session(town: World) -> StudySession:
    """One that is going on."""
    found = town.session(town.round())
    town.db.commit()
    return found


def key_made(officer: Browser, session: StudySession) -> str:
    """The officer has the session followed by a stream, and is shown its key."""
    officer.post(f"/sessions/{session.id}/source", source="stream")
    page = officer.post(f"/sessions/{session.id}/source/key", status=200)
    found = re.search(rf"{session.id}\?key=([\w-]+)", page.source)
    assert found
    return found[1]


def say(app: Flask, session: StudySession, hook: str, *, secret: str = SECRET, **told: str) -> int:
    """The media server says something; the status of the answer."""
    client: FlaskClient = app.test_client()
    facts = {"name": str(session.id), "clientid": "1", "call": hook, **told}
    return client.post(f"/live/hooks/{hook}?secret={secret}", data=facts).status_code


def test_the_key_is_shown_once_to_the_officer_alone(
    town: World, session: StudySession, as_: SignIn
) -> None:
    officer = as_(town.dung)
    key = key_made(officer, session)
    again = officer.visit(f"/sessions/{session.id}/source")
    assert key not in again.source
    assert "cannot be shown again" in again.text
    for other in (town.an, town.binh, town.phuc):
        as_(other).visit(f"/sessions/{session.id}/source", status=403)


def test_a_stream_is_on_air_from_its_key_to_its_end(
    app: Flask, town: World, session: StudySession, as_: SignIn
) -> None:
    key, an = key_made(as_(town.dung), session), as_(town.an)
    path = f"/sessions/{session.id}"
    assert "Not on air yet" in an.visit(path).text

    assert say(app, session, "publish", key="wrong") == 403
    assert say(app, session, "publish", key=key) == 204
    page = an.visit(path)
    assert page.one("video")["src"] == f"/live/{session.id}/index.m3u8"
    assert "media-src 'self' blob:" in page.answer.headers["Content-Security-Policy"]
    assert an.client.get(f"{path}/live").get_json() == {"on_air": True}

    assert say(app, session, "update", call="update_publish", key=key) == 204
    assert say(app, session, "publish-done", key=key) == 204
    assert "The picture has stopped" in an.visit(path).text
    assert an.client.get(f"{path}/live").get_json() == {"on_air": False}


def test_whose_line_is_weak_loads_no_picture(
    app: Flask, town: World, session: StudySession, as_: SignIn
) -> None:
    say(app, session, "publish", key=key_made(as_(town.dung), session))
    an = as_(town.an)
    for line, tags in (("sound", ["audio"]), ("text", [])):
        an.client.set_cookie("line", line)
        page = an.visit(f"/sessions/{session.id}")
        assert [tag for tag in ("audio", "video") if page.all(tag)] == tags


def test_only_the_media_server_is_listened_to(
    app: Flask, town: World, session: StudySession, as_: SignIn
) -> None:
    key = key_made(as_(town.dung), session)
    facts = {"name": str(session.id), "clientid": "1", "key": key}
    for hook in HOOKS:
        client, path = app.test_client(), f"/live/hooks/{hook}"
        wrong, right = f"{path}?secret=wrong", f"{path}?secret={SECRET}"
        forwarded, far = {"X-Forwarded-For": "127.0.0.1"}, {"REMOTE_ADDR": "192.0.2.7"}
        answers = [
            client.post(path, data=facts),
            client.post(wrong, data=facts),
            client.post(right, data=facts, headers=forwarded),
            client.post(right, data=facts, environ_base=far),
            as_(town.dung).client.post(path, data=facts),
        ]
        assert [one.status_code for one in answers] == [404] * 5
    assert "Not on air yet" in as_(town.an).visit(f"/sessions/{session.id}").text


@pytest.mark.parametrize("name", ["", "nonsense", "../../etc/passwd"])
def test_nonsense_is_refused(app: Flask, session: StudySession, name: str) -> None:
    assert say(app, session, "publish", name=name, key="x") == 403


def test_whoever_sees_the_session_gets_a_pass_for_it_and_for_nothing_else(
    town: World, session: StudySession, as_: SignIn
) -> None:
    key_made(as_(town.dung), session)
    for path in (f"/sessions/{session.id}", f"/sessions/{session.id}/live"):
        told = as_(town.an).client.get(path).headers.getlist("Set-Cookie")
        cookie = SimpleCookie(next(one for one in told if one.startswith("studyhub_live=")))
        morsel = cookie["studyhub_live"]
        right = pass_for(session.id, town.an.id, until=NOW + PASS, secret=SECRET)
        assert (morsel.value, morsel["path"]) == (right, f"/live/{session.id}/")
        assert morsel["httponly"]
        assert morsel["samesite"] == "Lax"
    stranger = as_(town.em).client.get(f"/sessions/{session.id}/live")
    assert stranger.status_code == 404
    assert "studyhub_live" not in str(stranger.headers)


def test_a_link_says_what_it_leads_to_and_must_be_secure(
    town: World, session: StudySession, as_: SignIn
) -> None:
    officer, path = as_(town.dung), f"/sessions/{session.id}/source"
    refused = officer.post(path, source="link", link="http://zoom.us/j/1", status=422)
    assert "begins with https://" in refused.text
    assert refused.one("input", name="link")["value"] == "http://zoom.us/j/1"
    officer.post(path, source="link", link="https://zoom.us/j/1", status=200)
    page = as_(town.an).visit(f"/sessions/{session.id}")
    assert "Join by Zoom" in page.text
    assert page.all("a", href="https://zoom.us/j/1", target="_blank")


def test_what_is_not_set_up_is_not_offered(town: World, session: StudySession, as_: SignIn) -> None:
    page = as_(town.dung).visit(f"/sessions/{session.id}/source")
    offered = {one["value"] for one in page.all("input", name="source")}
    assert offered == {"none", "stream", "recording", "jitsi", "link"}
    assert "Not set up here: A meeting in BigBlueButton." in page.text
    as_(town.dung).post(f"/sessions/{session.id}/source", source="bigbluebutton", status=422)


def test_into_jitsi_under_ones_own_name_the_officer_as_moderator(
    town: World, session: StudySession, as_: SignIn, clock: StoppedClock
) -> None:
    as_(town.dung).post(f"/sessions/{session.id}/source", source="jitsi", status=200)
    path = f"/sessions/{session.id}/meeting"
    for person, leads in ((town.an, False), (town.dung, True)):
        answer = as_(person).client.get(path)
        assert answer.status_code == 302
        claims = claims_of(answer.location, "j")
        assert claims["context"]["user"] == {
            "id": str(person.id), "name": person.full_name, "moderator": leads,
        }  # fmt: skip
    assert as_(town.em).client.get(path).status_code == 404
    clock.moment = NOW + timedelta(days=2)
    assert as_(town.an).client.get(path).status_code == 409


def test_a_session_that_was_followed_can_be_removed(
    app: Flask, town: World, session: StudySession, as_: SignIn
) -> None:
    officer = as_(town.dung)
    say(app, session, "publish", key=key_made(officer, session))
    officer.post(f"/rounds/sessions/{session.id}/remove", status=200)
    officer.visit(f"/sessions/{session.id}", status=404)
