"""What a session is followed by is chosen."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.errors import Unfit
from studyhub.live import queries, sources
from studyhub.live.models import Meeting, SessionSource, Source
from tests.live.conftest import Studio
from tests.world import NOW, World


def test_without_a_choice_a_link_is_followed_and_else_nothing(db: Session, world: World) -> None:
    round_ = world.round()
    linked = world.session(round_, link="https://zoom.us/j/1")
    plain = world.session(round_)
    told = [queries.live_of(db, one, NOW) for one in (linked, plain)]
    assert [one.source for one in told] == [Source.LINK, Source.NONE]
    assert told[0].system == "Zoom"


@pytest.mark.parametrize("link", ["", "http://zoom.us/j/1", "javascript:alert(1)"])
def test_a_link_is_chosen_with_its_address(db: Session, world: World, link: str) -> None:
    session = world.session(world.round())
    with pytest.raises(Unfit) as refusal:
        sources.choose(db, session, Source.LINK, link=link, by=world.actor(world.dung), now=NOW)
    assert refusal.value.about == "link"

    good = "https://meet.google.com/abc"
    sources.choose(db, session, Source.LINK, link=good, by=world.actor(world.dung), now=NOW)
    assert session.link == good


@pytest.mark.parametrize("source", [Source.BIGBLUEBUTTON, Source.JITSI])
def test_a_meeting_has_a_room_nobody_can_guess_and_keeps_it(
    db: Session, world: World, source: Source
) -> None:
    session, officer = world.session(world.round()), world.actor(world.dung)
    for chosen in (source, Source.NONE, source):
        sources.choose(db, session, chosen, by=officer, now=NOW)
        db.flush()
    rooms = db.scalars(select(Meeting.room)).all()
    assert len(rooms) == 1
    assert len(rooms[0]) >= 32
    assert str(session.id) not in rooms[0]


def test_the_key_is_kept_nowhere(db: Session, studio: Studio) -> None:
    row = db.get_one(SessionSource, studio.session.id)
    kept = [row.key_hash, *(str(facts) for facts in db.scalars(select(AuditEntry.facts)))]
    assert len(studio.key) >= 32
    assert not any(studio.key in one for one in kept)
