"""Talk with a conference system that checks every checksum."""

from collections.abc import Iterator
from urllib.request import urlopen

import pytest

from studyhub.kernel.errors import Untimely
from studyhub.live.bigbluebutton import Gone, Server
from tests.live.conference import SECRET, Conference, conferring


@pytest.fixture
def conference() -> Iterator[Conference]:
    with conferring() as running:
        yield running


@pytest.fixture
def server(conference: Conference) -> Server:
    return Server(conference.url, SECRET)


def come_in(server: Server, user: str, name: str, *, leads: bool = False) -> None:
    address = server.join("r", user_id=user, name=name, is_moderator=leads)
    with urlopen(address) as answer:  # noqa: S310 - of the test's own server
        assert b"SUCCESS" in answer.read()


def test_a_meeting_from_opening_to_its_end(conference: Conference, server: Server) -> None:
    with pytest.raises(Gone):
        server.present("r")
    server.create("r", title="Hội nghị & học tập", back="https://hoctap.example.vn/x?y=1")
    assert conference.asked[-1][1]["name"] == "Hội nghị & học tập"
    assert server.present("r") == frozenset()

    come_in(server, "7", "Nguyễn Văn An")
    come_in(server, "8", "Hoàng Tiến Dũng", leads=True)
    assert conference.rooms["r"] == {"7": "Nguyễn Văn An VIEWER", "8": "Hoàng Tiến Dũng MODERATOR"}
    assert server.present("r") == {"7", "8"}

    server.end("r")
    server.end("r")
    with pytest.raises(Gone):
        server.present("r")


def test_opening_twice_throws_nobody_out(server: Server) -> None:
    server.create("r", title="x", back="https://hoctap.example.vn")
    come_in(server, "7", "An")
    server.create("r", title="x", back="https://hoctap.example.vn")
    assert server.present("r") == {"7"}


def test_what_was_recorded_is_told(conference: Conference, server: Server) -> None:
    assert server.recordings("r") == []
    conference.recordings["r"] = ["https://hop.example.vn/playback/1?a=1&b=2"]
    assert server.recordings("r") == ["https://hop.example.vn/playback/1?a=1&b=2"]


def test_a_wrong_secret_a_dead_server_and_nonsense_are_troubles(conference: Conference) -> None:
    wrong = Server(conference.url, "another")
    dead = Server("http://127.0.0.1:9/bigbluebutton", SECRET)
    for server in (wrong, dead):
        with pytest.raises(Untimely):
            server.create("r", title="x", back="https://hoctap.example.vn")
    assert conference.asked == []
