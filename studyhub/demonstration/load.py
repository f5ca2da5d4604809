"""Loads the demonstration organization into an empty database."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.demonstration import quizzing, studying, writing
from studyhub.demonstration.library import documents
from studyhub.demonstration.people import OFFICER, found
from studyhub.demonstration.stories import STORIES
from studyhub.org.models import Unit
from studyhub.rounds import service as rounds
from studyhub.storage.files import FileStore

Say = Callable[[str], None]


def is_empty(db: Session) -> bool:
    """Whether nobody has founded an organization here yet."""
    return db.scalar(select(Unit.id).limit(1)) is None


def load(db: Session, files: FileStore, *, now: datetime, zone: ZoneInfo, say: Say) -> None:
    """Found the organization and let three rounds happen; `say` is told of the progress."""
    say("the party organization, 8 cells, 96 members")
    town = found(db, now=STORIES[0].at(now, zone, -30, "09:00"))
    library = documents(db, town, files, now=STORIES[0].at(now, zone, -10, "09:00"))
    for story in STORIES:
        say(f"round {story.number}: sessions, roll call, reading, essays, reviews")
        document = library[story.number]
        round_ = studying.held(db, town, story, document, now=now, zone=zone)
        writing.written(db, town, story, round_, now=now, zone=zone)
        if not story.is_over:
            quizzing.held(db, town, story, round_, now=now, zone=zone)
        if story.is_over:
            ended = story.at(now, zone, story.lasted + 10, "09:00")
            officer = town.actor(db, OFFICER, ended.date())
            rounds.close(db, round_, by=officer, now=ended)
