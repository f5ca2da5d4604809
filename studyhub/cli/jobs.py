"""The background work by hand: to run it apart from the web server, and to look after it."""

import signal
import sys
import threading
from uuid import UUID

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from studyhub import background
from studyhub.jobs import queries, service
from studyhub.jobs.models import ChoreRun, Job, JobState
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.web.request import database


@click.command("run-jobs")
@click.option("--once", is_flag=True, help="Do what is due now, and end.")
@with_appcontext
def run_jobs(*, once: bool) -> None:
    """Do the background work until told to stop (set jobs_in_web = false for the web server)."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
    if once:
        click.echo(f"{background.runner(app).run_due()} done")
        return
    stop = threading.Event()
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: stop.set())
    background.work(app, stop)


@click.command("jobs")
@click.option("--again", type=click.UUID, help="Try this failed job again.")
@with_appcontext
def list_jobs(*, again: UUID | None) -> None:
    """List the jobs that wait, run or have failed, and the chores; fails when some have failed."""
    with Session(database.engine) as db:
        if again:
            db.connection(execution_options={WRITES: True})
            _again(db, again)
            db.commit()
        jobs = queries.unfinished(db)
        for job in jobs:
            click.echo(_job_line(job))
        for chore in queries.chores(db):
            click.echo(_chore_line(chore))
    failed = sum(job.state is JobState.FAILED for job in jobs)
    click.echo(f"{len(jobs)} jobs not done, {failed} of them failed")
    sys.exit(1 if failed else 0)


def _again(db: Session, job_id: UUID) -> None:
    job = db.get(Job, job_id)
    if job is None or job.state is not JobState.FAILED:
        raise click.ClickException("there is no failed job with this id")
    service.try_again(job, now=SystemClock().now())


def _job_line(job: Job) -> str:
    facts = f"{job.attempts} attempts, {job.progress} %" + (f", {job.error}" if job.error else "")
    return f"{job.id}  {job.state:<8} {job.kind}  {job.subject_id or '-'}  {facts}"


def _chore_line(chore: ChoreRun) -> str:
    ended = f"{chore.ended_at:%Y-%m-%d %H:%M:%S}Z" if chore.ended_at else "never"
    state = f"failed {chore.attempts} times, {chore.error}" if chore.error else "well"
    return f"chore {chore.name}: done last {ended}, {state}"
