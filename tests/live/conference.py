"""A BigBlueButton that is none: over real HTTP, it checks every checksum and keeps its rooms."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

SECRET = "the secret of the conference"


@dataclass
class Conference:
    """What it knows: the rooms that are open, who is in them, and what was asked of it."""

    url: str = ""
    rooms: dict[str, dict[str, str]] = field(default_factory=dict)
    """Room → user id → name and role."""
    recordings: dict[str, list[str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, call: str, told: dict[str, str]) -> str:
        """The body of the answer to a call whose checksum is right."""
        self.asked.append((call, told))
        room = told.get("meetingID", "")
        if call == "create":
            self.rooms.setdefault(room, {})
        elif call != "getRecordings" and room not in self.rooms:
            raise LookupError("notFound")
        elif call == "join":
            self.rooms[room][told["userID"]] = f"{told['fullName']} {told['role']}"
        elif call == "end":
            del self.rooms[room]
        bodies = {"getMeetingInfo": self._present, "getRecordings": self._recorded}
        return bodies[call](room) if call in bodies else ""

    def _present(self, room: str) -> str:
        people = "".join(
            f"<attendee><userID>{escape(user)}</userID><fullName>{escape(name)}</fullName></attendee>"
            for user, name in self.rooms[room].items()
        )
        return f"<meetingName>x</meetingName><attendees>{people}</attendees>"

    def _recorded(self, room: str) -> str:
        found = "".join(
            f"<recording><playback><format><type>video</type><url>{escape(url)}</url></format>"
            "</playback></recording>"
            for url in self.recordings.get(room, [])
        )
        return f"<recordings>{found}</recordings>"


@contextmanager
def conferring(secret: str = SECRET) -> Iterator[Conference]:
    """It runs within the block; `url` is where."""
    conference = Conference()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            call, query = parts.path.rpartition("/")[2], parts.query
            signed, _, checksum = query.rpartition("&checksum=")
            right = hashlib.sha256(f"{call}{signed}{secret}".encode()).hexdigest()
            told = {name: values[0] for name, values in parse_qs(signed).items()}
            self._say(*_said(conference, call, told, is_right=checksum == right))

        def _say(self, code: str, key: str, body: str) -> None:
            text = (
                f"<response><returncode>{code}</returncode>"
                f"<messageKey>{key}</messageKey>{body}</response>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    conference.url = f"http://127.0.0.1:{server.server_port}/bigbluebutton"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield conference
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _said(
    conference: Conference, call: str, told: dict[str, str], *, is_right: bool
) -> tuple[str, str, str]:
    if not is_right:
        return "FAILED", "checksumError", ""
    try:
        return "SUCCESS", "", conference.answer(call, told)
    except LookupError as why:
        return "FAILED", str(why), ""
