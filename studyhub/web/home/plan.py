"""What a person has to do, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, contains_eager

from studyhub.access import reach, scope
from studyhub.completion import queries
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.org.succession import Succession
from studyhub.quiz.models import Quiz
from studyhub.quiz.queries import of_rounds
from studyhub.review.watch import NOTHING, Watch, watch
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Call, Requirement, StudyRound
from studyhub.study.models import StudySession


@dataclass(frozen=True, kw_only=True)
class Task:
    """One open round of a person: what is done, and what comes next."""

    progress: Progress
    essay: Essay | None
    sessions: tuple[StudySession, ...]
    quizzes: tuple[Quiz, ...] = ()

    @property
    def round(self) -> StudyRound:
        """The round it is about."""
        return self.progress.summons.round

    @property
    def deadline(self) -> datetime:
        """Until when this person hands in: the round's, or a later one of their own."""
        return self.progress.summons.deadline

    @property
    def is_exempt(self) -> bool:
        """Whether the person may take part but owes nothing."""
        return self.progress.summons.call is Call.EXEMPT

    @property
    def steps(self) -> list[tuple[str, bool]]:
        """What the round asks for, in order, and whether it is there."""
        asked = self.round.requirements
        done = {
            Requirement.READ: self.progress.read,
            Requirement.ATTEND: self.progress.attended,
            Requirement.QUIZ: self.progress.quizzed,
            Requirement.ESSAY: self.progress.essay in {EssayMark.SUBMITTED, EssayMark.ACCEPTED},
        }
        steps = [(kind.value, done[kind]) for kind in done if kind in asked]
        if Requirement.ESSAY in asked:
            steps.append(("accepted", self.progress.essay is EssayMark.ACCEPTED))
        return steps

    @property
    def next_step(self) -> str:
        """The first step that is the person's own to take; "" when there is none."""
        if self.progress.essay is EssayMark.RETURNED:
            return "revise"
        if self.is_exempt:
            return ""
        open_steps = [name for name, done in self.steps if not done and name != "accepted"]
        writing = self.progress.essay is EssayMark.DRAFT and "essay" in open_steps
        return "essay" if writing else next(iter(open_steps), "")


def tasks(db: Session, progresses: Sequence[Progress]) -> list[Task]:
    """The open rounds among these, those with something left to do first."""
    live = [p for p in progresses if _is_live(p)]
    essays = _essays(db, live)
    sessions = _sessions(db, live)
    quizzes = of_rounds(db, [p.summons.round_id for p in live if p.summons.round.asks_for_quiz])
    found = [
        Task(
            progress=p,
            essay=essays.get(p.summons.round_id),
            sessions=tuple(s for s in sessions if s.round_id == p.summons.round_id),
            quizzes=tuple(quizzes.get(p.summons.round_id, ())),
        )
        for p in live
    ]
    return sorted(found, key=lambda task: (not task.next_step, task.deadline))


def mine(db: Session, actor: Actor) -> Sequence[Progress]:
    """My marks in every round."""
    return queries.of_person(db, actor.user_id)


def waiting_for_review(db: Session, actor: Actor) -> int:
    """How many essays wait for this person's judgment."""
    if not actor.holds(*reach.JUDGES, Post.OFFICER):
        return 0
    waiting = (
        select(func.count())
        .select_from(Essay)
        .where(scope.markable_essays(actor), Essay.state == State.SUBMITTED)
    )
    return db.scalar(waiting) or 0


def followed(db: Session, actor: Actor) -> Sequence[Tally]:
    """The widest unit the person follows, and those it has succeeded, in each open round."""
    paths = sorted(actor.seats(*reach.FOLLOWERS), key=len)
    if not paths:
        return []
    heir = aliased(Unit)
    succeeded = select(Succession.predecessor_id).join(heir, heir.id == Succession.successor_id)
    before = Tally.unit_id.in_(succeeded.where(heir.path == paths[0]))
    return db.scalars(
        select(Tally)
        .join(Tally.round)
        .join(Unit, Unit.id == Tally.unit_id)
        .where(StudyRound.state == RoundState.OPEN, queries.has_people())
        .where((Unit.path == paths[0]) | before)
        .options(contains_eager(Tally.round))
        .order_by(StudyRound.closes_at, Tally.path)
        .limit(5)
    ).all()


def unopened(db: Session, actor: Actor) -> Sequence[StudyRound]:
    """Rounds that are planned and not yet open, for those who manage them."""
    if not actor.holds(Post.OFFICER):
        return []
    return db.scalars(
        select(StudyRound)
        .where(scope.managed_rounds(actor), StudyRound.state == RoundState.DRAFT)
        .order_by(StudyRound.created_at.desc())
        .limit(5)
    ).all()


def coming_up(tasks_: Sequence[Task], now: datetime) -> list[tuple[datetime, str, object]]:
    """Sessions and deadlines ahead, soonest first: moment, kind, and the thing itself."""
    ahead: list[tuple[datetime, str, object]] = []
    for task in tasks_:
        ahead += [(s.starts_at, "session", s) for s in task.sessions if s.ends_at > now]
        waits_for_essay = ("essay", False) in task.steps and not task.is_exempt
        if task.deadline > now and waits_for_essay:
            ahead.append((task.deadline, "deadline", task.round))
    return sorted(ahead, key=lambda entry: entry[0])[:6]


def units_kept(db: Session, actor: Actor) -> int:
    """How many units an administrator keeps."""
    if not actor.holds(Post.ADMIN):
        return 0
    return db.scalar(select(func.count()).select_from(Unit).where(scope.visible_units(actor))) or 0


def posts_to_see_to(db: Session, actor: Actor) -> Watch:
    """Terms that end soon and cells without a secretary, for those who keep the posts."""
    if not actor.holds(*reach.KEEPERS):
        return NOTHING
    return watch(db, actor.today, within=scope.kept_units(actor))


def _is_live(progress: Progress) -> bool:
    summons = progress.summons
    return summons.round.state is RoundState.OPEN and summons.call is not Call.RELEASED


def _essays(db: Session, progresses: Sequence[Progress]) -> dict[object, Essay]:
    if not progresses:
        return {}
    written = select(Essay).where(
        Essay.author_id == progresses[0].summons.user_id,
        Essay.round_id.in_([p.summons.round_id for p in progresses]),
    )
    return {essay.round_id: essay for essay in db.scalars(written)}


def _sessions(db: Session, progresses: Sequence[Progress]) -> Sequence[StudySession]:
    return db.scalars(
        select(StudySession)
        .where(StudySession.round_id.in_([p.summons.round_id for p in progresses]))
        .order_by(StudySession.starts_at)
    ).all()
