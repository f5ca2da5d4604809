"""Does what is due: chores first, then jobs, one after the other."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from studyhub.jobs import queries, service, turns
from studyhub.jobs.models import Job
from studyhub.jobs.work import Chore, Handler, Task, Tools

log = logging.getLogger("studyhub.jobs")


class Runner:
    """Works through what is due with these tools, handlers and chores.

    `lengthy`: only the jobs that may take an hour; or, False, all the others. None: every job.
    """

    def __init__(
        self,
        tools: Tools,
        handlers: Sequence[Handler],
        chores: Sequence[Chore],
        *,
        lengthy: bool | None = None,
    ) -> None:
        self.tools, self.chores = tools, chores
        self.handlers = {handler.kind: handler for handler in handlers}
        ours = Job.kind.in_([handler.kind for handler in handlers if handler.lengthy])
        self.among = service.ANY if lengthy is None else ours if lengthy else ~ours

    def run_due(self) -> int:
        """Do all that is due now; how much that was. Looks first: an idle look writes nothing."""
        return sum(self._do_chore(chore) for chore in self._due_chores()) + self._do_jobs()

    def _due_chores(self) -> list[Chore]:
        with self.tools.reading() as db:
            return turns.due(db, self.chores, now=self.tools.now(), zone=self.tools.zone)

    def _do_chore(self, chore: Chore) -> bool:
        with self.tools.writing() as db:
            taken = turns.begin(db, chore, now=self.tools.now(), zone=self.tools.zone)
        if taken is None:
            return False
        try:
            chore.run(self.tools)
        except Exception as why:
            log.exception("chore failed", extra={"facts": {"chore": chore.name}})
            with self.tools.writing() as db:
                turns.fail(db, chore, why, now=self.tools.now())
            return False
        with self.tools.writing() as db:
            turns.finish(db, chore, taken, now=self.tools.now())
        return True

    def _do_jobs(self) -> int:
        done = 0
        while (task := self._take()) is not None:
            self._do(task)
            done += 1
        return done

    def _take(self) -> Task | None:
        with self.tools.reading() as db:
            if not queries.something_is_due(db, now=self.tools.now(), among=self.among):
                return None
        with self.tools.writing() as db:
            job = service.take(db, now=self.tools.now(), among=self.among)
            if job is None:
                return None
            job.leased_until = self.tools.now() + self._lease(job.kind)
            return self.task_of(job)

    def _do(self, task: Task) -> None:
        facts = {"job": str(task.id), "kind": task.kind, "attempt": task.attempt}
        try:
            self.handlers[task.kind].run(task)
        except Exception as why:
            log.exception("job failed", extra={"facts": facts})
            with self.tools.writing() as db:
                service.fail(db, task.id, task.attempt, why, now=self.tools.now())
            return
        with self.tools.writing() as db:
            service.finish(db, task.id, task.attempt, now=self.tools.now())
        log.info("job done", extra={"facts": facts})

    def task_of(self, job: Job) -> Task:
        """A job that was taken, as its handler gets it."""
        job_id, attempt, lease = job.id, job.attempts, self._lease(job.kind)

        def progress(percent: int) -> None:
            with self.tools.writing() as db:
                until = self.tools.now() + lease
                service.go_on(db, job_id, attempt, until=until, progress=percent)

        return Task(
            id=job_id,
            kind=job.kind,
            subject_id=job.subject_id,
            payload=job.payload,
            attempt=attempt,
            tools=self.tools,
            progress=progress,
        )

    def _lease(self, kind: str) -> timedelta:
        return self.handlers[kind].lease if kind in self.handlers else service.FIRST_LEASE
