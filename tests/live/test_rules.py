"""How a stream stands, who may watch, what a link leads to."""

import hashlib
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from studyhub.live import rules
from studyhub.live.models import LiveStream
from studyhub.live.rules import OnAir
from tests.world import NOW

HOUR = timedelta(hours=1)


def stretch(*, seen: datetime = NOW, ended: datetime | None = None) -> LiveStream:
    return LiveStream(began_at=NOW - HOUR, seen_at=seen, ended_at=ended)


@pytest.mark.parametrize(
    ("streams", "over_at", "ends_in", "expected"),
    [
        ([], None, HOUR, OnAir.NOT_YET),
        ([], None, -HOUR, OnAir.OVER),
        ([stretch()], None, HOUR, OnAir.NOW),
        ([stretch()], None, -HOUR, OnAir.NOW),
        ([stretch(ended=NOW)], None, HOUR, OnAir.BROKEN),
        ([stretch(seen=NOW - rules.SILENCE)], None, HOUR, OnAir.BROKEN),
        ([stretch(ended=NOW)], NOW, HOUR, OnAir.OVER),
        ([stretch(ended=NOW), stretch()], None, HOUR, OnAir.NOW),
    ],
)
def test_what_comes_in_counts_whatever_the_clock_says(
    streams: list[LiveStream], over_at: datetime | None, ends_in: timedelta, expected: OnAir
) -> None:
    found = rules.on_air(streams, over_at=over_at, ends_at=NOW + ends_in, now=NOW)
    assert found is expected


def test_a_pass_says_until_when_and_for_whom_and_is_marked_as_nginx_does_it() -> None:
    session, person, until = UUID(int=1), UUID(int=2), NOW
    told = rules.pass_for(session, person, until=until, secret="s" * 32)
    last, who, mark = told.split(".")
    nginx = hashlib.md5(
        f"{last} {who} {session} {'s' * 32}".encode(), usedforsecurity=False
    ).digest()
    assert (last, who) == (str(int(NOW.timestamp())), str(person))
    assert mark == urlsafe_b64encode(nginx).decode().rstrip("=")


def test_a_pass_is_of_one_person_one_session_one_moment_one_secret() -> None:
    session, person = uuid4(), uuid4()

    def told(
        of: UUID = session, to: UUID = person, until: datetime = NOW, secret: str = "s" * 32
    ) -> str:
        return rules.pass_for(of, to, until=until, secret=secret)

    others = [
        told(),
        told(uuid4()),
        told(to=uuid4()),
        told(until=NOW + HOUR),
        told(secret="t" * 32),
    ]
    assert len({one.rpartition(".")[2] for one in others}) == 5


def test_only_its_own_key_fits_and_none_where_none_was_made() -> None:
    assert rules.fits("lotus", rules.hash_of("lotus"))
    assert not rules.fits("Lotus", rules.hash_of("lotus"))
    assert not rules.fits("", "")


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("https://us02web.zoom.us/j/123", "Zoom"),
        ("https://meet.google.com/abc", "Google Meet"),
        ("https://teams.microsoft.com/l/x", "Microsoft Teams"),
        ("https://hop.example.vn/x", "hop.example.vn"),
        ("https://notzoom.us.example.vn/", "notzoom.us.example.vn"),
    ],
)
def test_a_link_is_called_by_what_it_leads_to(link: str, name: str) -> None:
    assert rules.system_of(link) == name


@pytest.mark.parametrize(
    "link",
    ["http://zoom.us/j/1", "javascript:alert(1)", "https://", "https://a b.vn", "zoom.us", ""],
)
def test_only_https_is_led_to(link: str) -> None:
    assert not rules.is_secure(link)
    assert rules.is_secure("https://zoom.us/j/1")
