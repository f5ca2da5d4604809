"""The server is killed twenty times while three members type, save, hand in and take back.

They speak to the real server as the browser does, without the browser: that makes many more
saves and hand-ins, and kills in the midst of them. `test_kill` does it with the browser.
"""

import json
import os
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException, HTTPResponse
from http.cookies import SimpleCookie
from itertools import count
from urllib.parse import urlencode
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from studyhub.essays import sealing
from studyhub.essays.models import Essay
from tests.browser.server import Server
from tests.world import PASSWORD, World

KILLS = int(os.environ.get("STUDYHUB_KILLS", "20"))
MOMENTS = (0.35, 0.8, 0.15, 0.55, 1.1)
"""Seconds of work before each kill."""

HEARD = 0.1
"""Seconds until answers that had arrived are heard."""

PATIENCE = 60.0
SENTENCES = 60


class Member:
    """Types sentence upon sentence, hands in now and then, takes it back, and goes on.

    What got no answer is sent again, word for word, as the browser does.
    """

    def __init__(self, server: Server, essay: Essay) -> None:
        self.port, self.essay = server.port, essay.id
        self.parts = [f"text-{question.id}" for question in essay.round.questions]
        self.email = essay.author.email or ""
        self.cookies: dict[str, str] = {}
        self.token, self.revision = "", essay.draft_revision
        self.sent: list[str] = []
        self.acknowledged = 0
        """How many of the texts sent were acknowledged: those before this place."""
        self.wanted: list[str] = []
        """The texts to be handed in, of which each becomes one version."""
        self.receipts: dict[int, str] = {}
        """The numbers of the versions that were acknowledged, and their texts."""
        self.fault: BaseException | None = None
        self.ends = threading.Event()

    def sign_in(self) -> None:
        """At the sign-in page."""
        page = self._again("GET", "/sign-in").body
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "name": self.email, "password": PASSWORD}
        assert self._again("POST", "/sign-in", form=form).status == 302

    def work(self) -> None:
        """Until told to end; then all that was begun is brought to its end."""
        try:
            for n in count():
                self._save(n)
                if n % 4 == 3:
                    self._hand_in()
                    if self.ends.is_set():
                        return
                    self._take_back()
        except BaseException as fault:  # told in the main thread
            self.fault = fault

    def _save(self, n: int) -> None:
        lines = (f"Câu thứ {m}: tôi viết khi máy chủ có thể tắt. " for m in range(n + 1))
        self.sent.append("\n".join([*lines][-SENTENCES:]))
        answer = self._again("POST", f"/essays/{self.essay}/draft", told=self._texts())
        assert answer.status == 200, answer.body
        self.revision = json.loads(answer.body)["revision"]
        self.acknowledged = len(self.sent)

    def _hand_in(self) -> None:
        self.wanted.append(self.sent[-1])
        form = {**self._texts(), "own_work": "y"}
        answer = self._again("POST", f"/essays/{self.essay}/submit", form=form)
        assert answer.status == 302, answer.body
        assert "/receipt/" in answer.location
        self.receipts[int(answer.location.rpartition("/")[2])] = self.sent[-1]

    def _take_back(self) -> None:
        while not self._stands()["writable"]:
            self._again("POST", f"/essays/{self.essay}/withdraw", form={})

    def _stands(self) -> dict[str, object]:
        answer = self._again("GET", f"/essays/{self.essay}/here?window=a{self.essay.hex[:8]}")
        assert answer.status == 200, answer.body
        told: dict[str, object] = json.loads(answer.body)
        self.token, self.revision = str(told["token"]), int(str(told["revision"]))
        return told

    def _texts(self) -> dict[str, str]:
        if not self.token:
            self._stands()
        first, *others = self.parts
        return {first: self.sent[-1], **dict.fromkeys(others, ""), "revision": str(self.revision)}

    def _again(
        self,
        method: str,
        path: str,
        *,
        told: dict[str, str] | None = None,
        form: dict[str, str] | None = None,
    ) -> "Answer":
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return self._ask(method, path, told, form)
            except (OSError, HTTPException):
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)

    def _ask(
        self,
        method: str,
        path: str,
        told: dict[str, str] | None,
        form: dict[str, str] | None,
    ) -> "Answer":
        headers = {"Cookie": "; ".join(f"{name}={it}" for name, it in self.cookies.items())}
        body = None
        if told is not None:
            headers |= {"Content-Type": "application/json", "X-CSRF-Token": self.token}
            body = json.dumps(told)
        elif form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode({"csrf_token": self.token, **form})
        if told is not None or "/here" in path:
            headers["Accept"] = "application/json"
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            heard = Answer(answer)
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: it.value for name, it in SimpleCookie(cookie).items()}
        return heard


class Answer:
    """An answer that has arrived whole."""

    def __init__(self, answer: HTTPResponse) -> None:
        self.body = answer.read().decode()
        self.status = answer.status
        self.location = answer.headers.get("Location") or ""


@pytest.fixture
def members(city: World, server: Server) -> Iterator[list[Member]]:
    """Three, signed in and at work."""
    first = city.essay(city.an, text="")
    others = [city.essay(who, round_=first.round, text="") for who in (city.lan, city.hoa)]
    city.db.commit()
    members = [Member(server, essay) for essay in (first, *others)]
    for member in members:
        member.sign_in()
    yield members
    for member in members:
        member.ends.set()


def test_twenty_kills_lose_no_acknowledged_save_and_no_hand_in(
    city: World, server: Server, members: list[Member]
) -> None:
    threads = [threading.Thread(target=member.work, daemon=True) for member in members]
    for thread in threads:
        thread.start()

    with server.started_quickly():
        for n in range(KILLS):
            time.sleep(MOMENTS[n % len(MOMENTS)])
            _kill(city, server, members)
        _let_end(members, threads)

    assert [member.fault for member in members] == [None] * len(members)
    for member in members:
        _expect_kept(city, member, member.acknowledged, member.receipts)
        assert len(member.receipts) == len(member.wanted) > 1
    assert sum(len(member.receipts) for member in members) >= KILLS
    with Session(city.db.get_bind()) as db:
        assert [*sealing.faults(db)] == []


def _kill(city: World, server: Server, members: list[Member]) -> None:
    """And look, before anything is sent again."""
    server.kill()
    time.sleep(HEARD)
    told = [(member.acknowledged, dict(member.receipts)) for member in members]
    for member, (acknowledged, receipts) in zip(members, told, strict=True):
        _expect_kept(city, member, acknowledged, receipts)
    server.start()


def _let_end(members: list[Member], threads: list[threading.Thread]) -> None:
    for member in members:
        member.ends.set()
    for thread in threads:
        thread.join(PATIENCE)


def _expect_kept(city: World, member: Member, acknowledged: int, receipts: dict[int, str]) -> None:
    """What was acknowledged, or what was sent after it; and never a version too many."""
    essay = _as_it_is(city, member.essay)
    assert _bytes(essay.draft[member.parts[0].removeprefix("text-")]) in {
        _bytes(text) for text in ["", *member.sent][acknowledged:]
    }
    kept = {version.number: version.parts[0]["text"] for version in essay.versions}
    for number, text in receipts.items():
        assert _bytes(kept[number]) == _bytes(text)
    assert [*kept.values()] == member.wanted[: len(kept)]


def _as_it_is(city: World, essay_id: UUID) -> Essay:
    city.db.rollback()
    city.db.expire_all()
    essay = city.db.get(Essay, essay_id)
    assert essay
    return essay


def _bytes(text: str) -> bytes:
    return text.encode()
