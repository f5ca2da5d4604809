"""Long lists as jobs: the dry run, and the applying, which happens once or not at all.

What is wished and what came of it stand beside the file, not in the job: they tell of people.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.jobs import service as jobs
from studyhub.jobs.models import Job
from studyhub.jobs.work import Handler, Task
from studyhub.kernel.actor import Actor
from studyhub.kernel.catalogues import DEFAULT, translations
from studyhub.kernel.errors import StudyHubError
from studyhub.kernel.ids import UserId
from studyhub.org.models import Unit
from studyhub.roster import recorded, sandbox, service
from studyhub.roster.errors import Halted, Moved
from studyhub.roster.faulty import Speech, faulty_rows
from studyhub.roster.outcome import Outcome, Reading, Wish
from studyhub.roster.plan import Plan
from studyhub.roster.preparing import Prepared, Stamp, prepare
from studyhub.roster.progress import Spaced, Stage
from studyhub.roster.sheets import Sheet
from studyhub.roster.waiting import Waiting

COMPARE, APPLY = "roster.compare", "roster.apply"
LEASE = timedelta(minutes=2)
PROGRESS, ENDED = "progress", "ended"
"""What is noted beside the files."""
OFTEN = 0.4
"""Seconds between two notes of how far it is."""
TRIES = 3
"""So often the register may move while a list is being prepared; then it is done in the line."""

PERCENT = {Stage.READING: 20, Stage.WRITING: 60}
"""For whoever looks at the jobs; the page has the rows."""

After = Callable[[Session, date], object]
"""What other rooms do in the same transaction when members have come."""


def ask(
    db: Session, unit: Unit, kind: str, wish: Wish, waiting: Waiting, *, by: UserId, now: datetime
) -> Job:
    """Ask for the dry run, or for the applying, of this list."""
    told = json.dumps(recorded.told(wish), ensure_ascii=False).encode()
    key = waiting.keep(told, now=now)
    return jobs.ask(db, kind, now=now, subject_id=unit.id, wish=key, by=str(by))


def wish_of(job: Job, waiting: Waiting) -> Wish:
    """What was wished; `Unreadable` when it is no longer kept."""
    said = json.loads(waiting.read(str(job.payload["wish"])))
    wish: Wish = recorded.retold(Wish, said)
    return wish


def handlers(after: After) -> tuple[Handler, ...]:
    """Who does both kinds of jobs."""
    return (
        Handler(kind=COMPARE, run=lambda task: _Work(task).compare(), lease=LEASE, computes=True),
        Handler(kind=APPLY, run=lambda task: _Work(task).apply(after), lease=LEASE, computes=True),
    )


class _Work:
    """One attempt at one job."""

    def __init__(self, task: Task) -> None:
        self.task, self.tools = task, task.tools
        self.waiting = Waiting.beside(task.tools.files)
        self.note = Spaced(self._say, OFTEN)
        self.outcome: Outcome | None = None

    def compare(self) -> None:
        """The dry run."""
        try:
            sheet = self._sheet()
            with self.tools.reading() as db:
                outcome = self._read(db, sheet).outcome(db)
                speech = _speech(db.get(User, UUID(str(self.task.payload["by"]))))
            faulty = faulty_rows(sheet, outcome, speech=speech, note=self.note)
            self._end(outcome=outcome, faulty=faulty)
        except StudyHubError as refusal:
            self._end(refused=refusal)

    def apply(self, after: After) -> None:
        """In one transaction, if it is still what was shown."""
        with self.tools.reading() as db:
            if "applied" in db.get_one(Job, self.task.id).payload:
                return
        try:
            self._apply(after)
        except Halted as halted:
            self._end(outcome=self.outcome, halted=halted)
        except StudyHubError as refusal:
            self._end(refused=refusal)

    def _apply(self, after: After) -> None:
        """The last time in the line from the beginning: then nothing can move."""
        sheet = self._sheet()
        with self.tools.reading() as db:
            reading = self._read(db, sheet)
        for _ in range(TRIES):
            with suppress(Moved, IntegrityError):
                with self.tools.reading() as db:
                    prepared = self._prepared(db, reading)
                self.task.progress(PERCENT[Stage.WRITING])
                with self.tools.writing() as db:
                    self._write(db, reading, prepared, after)
                return
        with self.tools.writing() as db:
            self._write(db, reading, self._prepared(db, reading), after)

    def _prepared(self, db: Session, reading: Reading) -> Prepared | None:
        """Drawn up as rows; None when it is not any more what was shown."""
        unit = db.get_one(Unit, self.task.subject_id)
        self.outcome = reading.outcome(db)
        plan = self.outcome.plan
        if plan is None or self.outcome.fingerprint != self.wish.seen:
            self._end(outcome=self.outcome, has_moved=True)
            return None
        return prepare(db, unit, plan, self._stamp(), self.note)

    def _write(
        self, db: Session, reading: Reading, prepared: Prepared | None, after: After
    ) -> None:
        """In the line; with it the job says that it is done, so that nobody does it twice."""
        job = db.scalars(select(Job).where(Job.id == self.task.id).with_for_update()).one()
        is_ours = job.attempts == self.task.attempt and "applied" not in job.payload
        if prepared is None or reading.comparing is None or not is_ours:
            return
        unit = db.get_one(Unit, self.task.subject_id, with_for_update=service.HELD)
        if reading.comparing.has_moved(db):
            raise Moved
        service.write(db, unit, prepared, self._stamp(), note=self.note)
        after(db, self.tools.today())
        job.payload = {**job.payload, "applied": _counts(prepared.plan)}

    def _sheet(self) -> Sheet:
        """The file, read in its fence."""
        with self.tools.reading() as db:
            self.wish = wish_of(db.get_one(Job, self.task.id), self.waiting)
            known = service.chosen(db, db.get_one(Unit, self.task.subject_id))
        self.note(Stage.OPENING, 0, 0)
        data = self.waiting.read(self.wish.key)
        sheet = sandbox.read_safely(data, self.wish.spot, known)
        self.task.progress(PERCENT[Stage.READING])
        return sheet

    def _read(self, db: Session, sheet: Sheet) -> Reading:
        """Its rows understood."""
        return Reading(db, db.get_one(Unit, self.task.subject_id), sheet, self.wish, note=self.note)

    def _stamp(self) -> Stamp:
        by = Actor(user_id=UUID(str(self.task.payload["by"])), today=self.tools.today())
        return Stamp(by, self.tools.now())

    def _say(self, stage: Stage, done: int, of: int) -> None:
        """Beside the files: also amid a transaction, and nobody waits for it."""
        said = {"stage": stage.value, "done": done, "of": of}
        self.waiting.note(self.task.id, PROGRESS, said, now=self.tools.now())

    def _end(
        self,
        *,
        outcome: Outcome | None = None,
        has_moved: bool = False,
        halted: Halted | None = None,
        refused: StudyHubError | None = None,
        faulty: bytes | None = None,
    ) -> None:
        said = {
            "faulty": self.waiting.keep(faulty, now=self.tools.now()) if faulty else None,
            "outcome": recorded.told(outcome.cut()) if outcome else None,
            "has_moved": has_moved,
            "refusals": [
                [one.message, _plain(one.values)]
                for one in (halted, halted.why if halted else None, refused)
                if one
            ],
        }
        self.waiting.note(self.task.id, ENDED, said, now=self.tools.now())


def _speech(user: User | None) -> Speech:
    """The language of whoever asked for it."""
    said = translations(user.language if user else DEFAULT).gettext
    return lambda message, **values: said(message) % values if values else said(message)


def _counts(plan: Plan) -> dict[str, int]:
    return {"added": len(plan.new), "changed": len(plan.changed), "founded": len(plan.founded)}


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {name: one if isinstance(one, int) else str(one) for name, one in values.items()}
