"""Essays as files in one archive: asked for, how far it is, and the archive itself."""

from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import func, select

from studyhub.essays.models import Essay
from studyhub.jobs.models import Job, JobState
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.review import archiving, blind
from studyhub.review.archiving import Form
from studyhub.web.attachments import attachment
from studyhub.web.authors import is_blind
from studyhub.web.filters import local
from studyhub.web.guard import holding
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, files, now
from studyhub.web.review.phrases import THOSE
from studyhub.web.review.sieving import as_id
from studyhub.web.review.sight import sight
from studyhub.web.review.views import review


@review.post("/archives")
@holding(*THOSE)
def ask_archive() -> ResponseReturnValue:
    """Have those that were chosen packed; having them is reading them, and is on record."""
    told = request.form.get("form", "")
    if told not in {*Form}:
        raise Unfit(N_("This page is incomplete. Reload it."))
    ids = [identity for text in request.form.getlist("essay") if (identity := as_id(text))]
    job = archiving.ask(
        db(), ids, sight().judged, Form(told), code_for=_code, by=actor(), now=now()
    )
    return redirect(url_for(".archive", archive_id=job.id))


@review.get("/archives/<uuid:archive_id>")
@holding(*THOSE)
def archive(archive_id: UUID) -> ResponseReturnValue:
    """How far it is; then where it is to be had."""
    job = _mine(archive_id)
    is_there = job.state is JobState.DONE and archiving.place(files(), job.id).exists()
    return render_template(
        "review/archive.html",
        job=job,
        count=len(archiving.items_of(job)),
        is_there=is_there,
        goes_on=_goes_on(job),
        until=job.ended_at + archiving.KEPT if job.ended_at else None,
        said=_said(job),
    )


@review.get("/archives/<uuid:archive_id>/progress")
@holding(*THOSE)
def archive_progress(archive_id: UUID) -> Response:
    """The same for the script of the page."""
    job = _mine(archive_id)
    return jsonify(goes_on=_goes_on(job), percent=job.progress, said=_said(job))


@review.get("/archives/<uuid:archive_id>/file")
@holding(*THOSE)
def archive_file(archive_id: UUID) -> ResponseReturnValue:
    """The archive, while its reader may still judge all that is in it."""
    job = _mine(archive_id)
    ids = [item.essay_id for item in archiving.items_of(job)]
    mine = select(func.count()).select_from(Essay).where(Essay.id.in_(ids), sight().judged)
    if db().scalar(mine) != len(ids):
        raise Missing(N_("There is nothing here."))
    try:
        data = archiving.place(files(), job.id).read_bytes()
    except FileNotFoundError:
        flash(gettext("The archive is no longer kept. Choose the essays again."), "warn")
        return redirect(url_for(".waiting"))
    name = f"Bài thu hoạch {local(job.made_at):%Y-%m-%d %H%M}.zip"
    return attachment(data, name, "application/zip")


def _mine(archive_id: UUID) -> Job:
    job = db().get(Job, archive_id)
    if job is None or not archiving.is_of(job, actor().user_id):
        raise Missing(N_("There is nothing here."))
    return job


def _code(essay: Essay) -> str:
    return blind.code(essay.id) if is_blind(essay) else ""


def _goes_on(job: Job) -> bool:
    return job.state in (JobState.WAITING, JobState.RUNNING)


def _said(job: Job) -> str:
    if job.state is JobState.RUNNING and job.progress:
        return gettext("%(percent)s%% is packed.", percent=job.progress)
    return gettext("The packing begins in a few seconds.")
