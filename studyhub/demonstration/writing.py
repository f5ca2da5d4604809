"""The essays of the demonstration: written, handed in, read and judged by the usual deeds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from studyhub.demonstration import texts
from studyhub.demonstration.marking import marked
from studyhub.demonstration.people import Town
from studyhub.demonstration.stories import RESUBMITTED, WAITING, Story
from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.review import service as review
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.models import StudyRound

GRADES = (Grade.GOOD, Grade.GOOD, Grade.FAIR, Grade.FAIR, Grade.EXCELLENT, Grade.AVERAGE)


@dataclass(frozen=True)
class Desk:
    """Everything that writing and judging in one round needs at hand."""

    db: Session
    town: Town
    story: Story
    round: StudyRound
    chance: Random
    now: datetime
    zone: ZoneInfo

    def at(self, day: int, clock: str) -> datetime:
        """That time of that day of the round."""
        return self.story.at(self.now, self.zone, day, clock)


def written(
    db: Session, town: Town, story: Story, round_: StudyRound, *, now: datetime, zone: ZoneInfo
) -> None:
    """Let everyone write who did, and their reviewers read."""
    desk = Desk(db, town, story, round_, Random(story.number), now, zone)
    remarks = _endless(texts.remarks())
    for number, parts in sorted(texts.essays(story.number).items()):
        if number not in story.silent:
            _one(desk, number, parts, next(remarks))
    db.flush()


def _one(desk: Desk, number: int, parts: Sequence[str], remark: str) -> None:
    drafts = not desk.story.is_over and number in texts.DRAFTS
    moment = _moment(desk, number)
    essay = _write(desk, number, parts, moment)
    if drafts:
        return
    _hand_in(desk, essay, number, moment + timedelta(minutes=35))
    if desk.story.is_over or number not in WAITING:
        _judge(desk, essay, number, remark, moment + timedelta(days=1, hours=2))


def _moment(desk: Desk, number: int) -> datetime:
    """When this person sat down to write: evenly spread, the late ones after the deadline."""
    if number in desk.story.late:
        return desk.round.closes_at + timedelta(days=1, hours=3)
    last = desk.story.lasted - 2 if desk.story.is_over else desk.story.began - 3
    if not desk.story.is_over and number in WAITING:
        last, first = desk.story.began - 1, desk.story.began - 3
    else:
        first = 5
    day = desk.chance.randint(first, max(first, last))
    return desk.at(day, "19:00") + timedelta(minutes=desk.chance.randint(0, 130))


def _write(desk: Desk, number: int, parts: Sequence[str], moment: datetime) -> Essay:
    author = desk.town.actor(desk.db, number, moment.date())
    essay = essays.begin(desk.db, desk.round, by=author, now=moment)
    desk.db.flush()
    words = {str(q.id): text for q, text in zip(desk.round.questions, parts, strict=True)}
    essays.keep_draft(desk.db, essay, words, revision=essay.draft_revision, now=moment)
    return essay


def _hand_in(desk: Desk, essay: Essay, number: int, moment: datetime) -> None:
    author = desk.town.actor(desk.db, number, moment.date())
    essays.submit(
        desk.db, essay, revision=essay.draft_revision, own_work=True, by=author, now=moment
    )
    desk.db.flush()


def _judge(desk: Desk, essay: Essay, number: int, remark: str, moment: datetime) -> None:
    if not desk.story.is_over and number in texts.RETURNED:
        _return(desk, essay, number, moment)
        if number in RESUBMITTED:
            _revise(desk, essay, number, moment + timedelta(hours=20))
        return
    if not desk.story.is_over:
        _comment(desk, essay, number, moment)
    if desk.round.grading is Grading.POINTS:
        marked(desk.db, desk.town, essay, number, remark, moment, chance=desk.chance)
        return
    grade = desk.chance.choice(GRADES) if desk.round.grading is Grading.BANDS else None
    _decide(desk, essay, number, moment, outcome=Outcome.ACCEPT, grade=grade, remark=remark)


def _return(desk: Desk, essay: Essay, number: int, moment: datetime) -> None:
    _comment(desk, essay, number, moment)
    remark = "Bài có ý tốt. Đề nghị đồng chí bổ sung theo góp ý ở từng đoạn rồi nộp lại."
    _decide(desk, essay, number, moment, outcome=Outcome.RETURN, remark=remark)


def _revise(desk: Desk, essay: Essay, number: int, moment: datetime) -> None:
    """Add what was asked for, and hand in again: a second version waits."""
    author = desk.town.actor(desk.db, number, moment.date())
    asked = str(desk.round.questions[-1].id)
    words = {asked: f"{essay.draft[asked]}\n\n{RESUBMITTED[number]}"}
    essays.keep_draft(desk.db, essay, words, revision=essay.draft_revision, now=moment)
    essays.submit(
        desk.db, essay, revision=essay.draft_revision, own_work=True, by=author, now=moment
    )
    desk.db.flush()


def _comment(desk: Desk, essay: Essay, number: int, moment: datetime) -> None:
    reviewer = desk.town.actor(desk.db, _reviewer(desk, number), moment.date())
    version = essay.versions[-1]
    for remark in texts.comments().get(number, ()):
        review.comment(
            desk.db,
            version,
            part=remark.part - 1,
            paragraph=remark.paragraph - 1,
            text=remark.text,
            by=reviewer,
            now=moment,
        )


def _decide(
    desk: Desk,
    essay: Essay,
    number: int,
    moment: datetime,
    *,
    outcome: Outcome,
    grade: Grade | None = None,
    remark: str,
) -> None:
    reviewer = desk.town.actor(desk.db, _reviewer(desk, number), moment.date())
    version = essay.versions[-1]
    review.begin_reading(desk.db, essay.id, by=reviewer, now=moment)
    review.decide(
        desk.db,
        essay,
        version.number,
        outcome=outcome,
        grade=grade,
        remark=remark,
        by=reviewer,
        now=moment + timedelta(minutes=9),
    )
    desk.db.flush()


def _reviewer(desk: Desk, number: int) -> int:
    """The secretary of the cell; for the secretary's own essay the deputy."""
    cell = desk.town.lines[number].cell
    secretary = desk.town.leader_of(cell, "Bí thư")
    return secretary if number != secretary else desk.town.leader_of(cell, "Phó bí thư")


def _endless(lines: Sequence[str]) -> Iterator[str]:
    while True:
        yield from lines
