"""The booklet as a file: a short one at once, a long one asked for, made, and found again."""

from uuid import UUID

from flask import Response, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.booklet import making
from studyhub.booklet.making import Form, Volume
from studyhub.jobs.models import Job, JobState
from studyhub.kernel.errors import Missing, Unfit
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.rounds.models import StudyRound
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.guard import on, signed_in
from studyhub.web.language import gettext
from studyhub.web.request import actor, db, files, now, zone

TYPES = {
    Form.PDF: "application/pdf",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@booklet.get("/rounds/<uuid:round_id>/booklet/<form>")
@on(StudyRound, may=policy.read_shelf, known_by=policy.read_shelf)
def round_file(round_: StudyRound, form: str) -> ResponseReturnValue:
    """A short booklet of a round, made now."""
    return _made(Volume(round_.id), round_.unit, _form(form), round_.title)


@booklet.get("/years/<uuid:unit_id>/<int:year>/booklet/<form>")
@on(Unit, may=policy.read_booklet, known_by=policy.read_booklet)
def year_file(unit: Unit, year: int, form: str) -> ResponseReturnValue:
    """A short booklet of a year, made now."""
    return _made(Volume(unit.id, year), unit, _form(form), str(year))


@booklet.post("/rounds/<uuid:round_id>/booklet")
@on(StudyRound, may=policy.read_shelf, known_by=policy.read_shelf)
def ask_round(round_: StudyRound) -> ResponseReturnValue:
    """Have a long one made."""
    return _asked(Volume(round_.id))


@booklet.post("/years/<uuid:unit_id>/<int:year>/booklet")
@on(Unit, may=policy.read_booklet, known_by=policy.read_booklet)
def ask_year(unit: Unit, year: int) -> ResponseReturnValue:
    """Have a long one made of a year."""
    return _asked(Volume(unit.id, year))


@booklet.get("/booklets/<uuid:job_id>")
@signed_in
def waiting(job_id: UUID) -> ResponseReturnValue:
    """How far it is; then where it is to be had."""
    job = _readable(job_id)
    return render_template(
        "booklet/making.html",
        job=job,
        count=job.payload["count"],
        is_there=_is_current(job),
        goes_on=_goes_on(job),
        back=_shelf_of(job),
        said=_said(job),
    )


@booklet.get("/booklets/<uuid:job_id>/progress")
@signed_in
def progress(job_id: UUID) -> Response:
    """The same for the script of the page."""
    job = _readable(job_id)
    return jsonify(goes_on=_goes_on(job), percent=job.progress, said=_said(job))


@booklet.get("/booklets/<uuid:job_id>/file")
@signed_in
def file(job_id: UUID) -> ResponseReturnValue:
    """The file, as long as all that is in it is published, exactly so."""
    job = _readable(job_id)
    if not _is_current(job):
        flash(gettext("What is published has changed meanwhile. Ask for it again."), "warn")
        return redirect(_shelf_of(job))
    found = making.contents(db(), making.volume_of(job))
    title = str(job.payload["year"] or found[0].essay.round.title)
    return _sent(making.place(files(), job).read_bytes(), title, Form(job.payload["form"]))


def _made(volume: Volume, unit: Unit, form: Form, title: str) -> ResponseReturnValue:
    found = making.contents(db(), volume)
    if len(found) > making.SHORT:
        return redirect(_shelf(volume))
    made = making.made(found, unit, volume, form, now=now(), zone=zone())
    return _sent(made, title, form)


def _asked(volume: Volume) -> ResponseReturnValue:
    told = request.form.get("form", "")
    if told not in {*Form}:
        raise Unfit(N_("This page is incomplete. Reload it."))
    found = making.jobs_of(db(), volume)
    there = making.at_hand(files(), found, making.contents(db(), volume))
    job = there.get(Form(told)) or making.ask(db(), volume, Form(told), by=actor(), now=now())
    return redirect(url_for(".waiting", job_id=job.id))


def _form(told: str) -> Form:
    if told not in {*Form}:
        raise Missing(N_("There is nothing here."))
    return Form(told)


def _readable(job_id: UUID) -> Job:
    """The job, for whoever may read what the booklet is of."""
    job = db().get(Job, job_id)
    if job is None or job.kind != making.KIND or not _may_read(making.volume_of(job)):
        raise Missing(N_("There is nothing here."))
    return job


def _may_read(volume: Volume) -> bool:
    if volume.year is None:
        round_ = db().get(StudyRound, volume.of)
        return round_ is not None and policy.read_shelf(actor(), round_)
    unit = db().get(Unit, volume.of)
    return unit is not None and policy.read_booklet(actor(), unit)


def _is_current(job: Job) -> bool:
    found = making.contents(db(), making.volume_of(job))
    return job in making.at_hand(files(), [job], found).values()


def _goes_on(job: Job) -> bool:
    return job.state in (JobState.WAITING, JobState.RUNNING)


def _said(job: Job) -> str:
    if job.state is JobState.RUNNING:
        return gettext("The booklet is being put together.")
    return gettext("The work begins in a few seconds.")


def _shelf_of(job: Job) -> str:
    return _shelf(making.volume_of(job))


def _shelf(volume: Volume) -> str:
    if volume.year is None:
        return url_for(".of_round", round_id=volume.of)
    return url_for(".of_year", unit_id=volume.of, year=volume.year)


def _sent(made: bytes, title: str, form: Form) -> Response:
    name = plain_name(f"Kỷ yếu bài thu hoạch tốt - {title}".replace("/", "-"))[:120].strip(" .")
    answer = attachment(made, f"{name}.{form.value}", TYPES[form])
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
