"""Quick ways to type for An and to hand in, for tests."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays import on_behalf, transcribing
from studyhub.essays.models import Essay, Version
from studyhub.essays.on_behalf import Paper
from studyhub.essays.transcripts import Transcript
from studyhub.notices.models import Notice
from studyhub.rounds.models import StudyRound, Summons
from tests.world import NOW, TODAY, World

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TEXT = "Bài viết tay của tôi, chi bộ gõ lại."


def paper(day: date = TODAY, where: str = "Tủ hồ sơ chi bộ") -> Paper:
    return Paper(received_on=day, kept_where=where, zone=ZONE)


def begun(db: Session, world: World, round_: StudyRound, member: User | None = None) -> Transcript:
    by = world.actor(world.binh)
    member = member or world.an
    return transcribing.begin(db, round_, world.cell, member.id, by=by, now=NOW)


def typed(db: Session, world: World, round_: StudyRound, text: str = TEXT) -> Transcript:
    transcript = begun(db, world, round_)
    texts = {str(question.id): text for question in round_.questions}
    transcribing.keep(db, transcript, texts, revision=transcript.draft_revision, now=NOW)
    return transcript


def hand_in(
    db: Session, world: World, transcript: Transcript, *, told: Paper | None = None
) -> Version:
    return on_behalf.hand_in(
        db,
        transcript,
        told or paper(),
        revision=transcript.draft_revision,
        by=world.actor(world.binh),
        now=NOW,
    )


def mark(db: Session, essay: Essay) -> tuple[EssayMark, bool]:
    progress = db.scalars(
        select(Progress)
        .join(Progress.summons)
        .where(Summons.round_id == essay.round_id, Summons.user_id == essay.author_id)
        .execution_options(populate_existing=True)
    ).one()
    return progress.essay, progress.late


def told(db: Session, person: User) -> list[str]:
    return list(db.scalars(select(Notice.kind).where(Notice.user_id == person.id)))
