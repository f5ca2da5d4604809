"""The page of a long list: how far the work is, and in the end what came of it.

One may leave it and come back: it has an address, and stands on the page of the import.
"""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.jobs import service as jobs
from studyhub.jobs.models import Job
from studyhub.kernel.errors import Missing, StudyHubError
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.org.models import Unit
from studyhub.roster import looking, work
from studyhub.roster.looking import Ended, HowFar
from studyhub.roster.progress import Stage
from studyhub.roster.waiting import GONE, Waiting
from studyhub.web.filters import number
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, files, now
from studyhub.web.roster.asked import Asked
from studyhub.web.roster.blueprint import roster
from studyhub.web.roster.dry_run import DryRun
from studyhub.web.roster.shown import MOVED_ON, attached, show, told

STAGES: dict[Stage, str] = {
    Stage.OPENING: N_("The file is being opened."),
    Stage.READING: N_("%(done)s of %(of)s rows are read."),
    Stage.COMPARING: N_("%(done)s of %(of)s rows are compared with the register."),
    Stage.FILING: N_("%(done)s of %(of)s rows with errors are put into a file."),
    Stage.PREPARING: N_("%(done)s of %(of)s changes are prepared."),
    Stage.WRITING: N_("%(done)s of %(of)s changes are written."),
}
WAITS = N_("It begins in a few seconds.")
ANEW = N_("The work was interrupted before it was done. It begins anew by itself within minutes.")
ANEW_NOW = N_("It was interrupted once and is being done anew.")


def ask(kind: str, unit: Unit, asked: Asked) -> ResponseReturnValue:
    """Have it done, and show how far it is."""
    unit = db().get_one(Unit, unit.id)
    waiting = Waiting.beside(files())
    by = UserId(actor().user_id)
    job = work.ask(db(), unit, kind, asked.wish, waiting, by=by, now=now())
    return redirect(url_for("roster.show_work", unit_id=unit.id, job_id=job.id))


def recent_works(unit: Unit) -> Sequence[tuple[HowFar, str]]:
    """The work of the last day, with the name of each list."""
    waiting, found = Waiting.beside(files()), []
    for job in looking.recent(db(), unit, now=now()):
        try:
            name = work.wish_of(job, waiting).name
        except StudyHubError:
            continue  # the file has been swept out: there is nothing to go on with
        found.append((looking.how_far(job, waiting, now=now()), name))
    return found


@roster.get("/<uuid:unit_id>/work/<uuid:job_id>")
@on(Unit, may=policy.import_roster)
def show_work(unit: Unit, job_id: UUID) -> ResponseReturnValue:
    """How far it is; then what came of it."""
    far = _how_far(unit, job_id)
    if far.applied is not None:
        return render_template("roster/applied.html", unit=unit, said=told(**far.applied))
    if far.is_going_on or far.has_failed:
        return render_template("roster/work.html", unit=unit, far=far, said=_said(far))
    return _ended(unit, far.job)


@roster.get("/<uuid:unit_id>/work/<uuid:job_id>/progress")
@on(Unit, may=policy.import_roster)
def work_progress(unit: Unit, job_id: UUID) -> Response:
    """The same for the script of the page."""
    far = _how_far(unit, job_id)
    answer = jsonify(goes_on=far.is_going_on, percent=far.percent, said=_said(far))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@roster.post("/<uuid:unit_id>/work/<uuid:job_id>/again")
@on(Unit, may=policy.import_roster)
def do_again(unit: Unit, job_id: UUID) -> ResponseReturnValue:
    """Have it tried again after it was given up."""
    far = _how_far(unit, job_id)
    if far.has_failed:
        jobs.try_again(far.job, now=now())
    return redirect(url_for(".show_work", unit_id=unit.id, job_id=job_id))


@roster.get("/<uuid:unit_id>/work/<uuid:job_id>/faulty")
@on(Unit, may=policy.import_roster)
def download_rows(unit: Unit, job_id: UUID) -> Response:
    """The rows with errors, as the job has put them into a file."""
    waiting = Waiting.beside(files())
    ended = looking.ended(_how_far(unit, job_id).job, waiting)
    return attached(waiting.read(ended.faulty) if ended and ended.faulty else None)


def _how_far(unit: Unit, job_id: UUID) -> HowFar:
    job = db().get(Job, job_id)
    if job is None or job.subject_id != unit.id or job.kind not in looking.KINDS:
        raise Missing(N_("There is nothing here."))
    return looking.how_far(job, Waiting.beside(files()), now=now())


def _said(far: HowFar) -> str:
    if far.stage is Stage.OPENING and not far.of and far.job.state == "waiting":
        return gettext(ANEW if far.is_left_behind else WAITS)
    stage = gettext(STAGES[far.stage], done=number(far.done), of=number(far.of))
    if not far.is_left_behind:
        return stage
    return gettext(ANEW) if not far.of else f"{stage} {gettext(ANEW_NOW)}"


def _ended(unit: Unit, job: Job) -> ResponseReturnValue:
    ended = looking.ended(job, Waiting.beside(files()))
    if ended is None or ended.outcome is None:
        said = _all(ended.refusals) if ended else gettext(GONE)
        return render_template("roster/unread.html", unit=unit, said=said)
    asked = Asked.again(work.wish_of(job, Waiting.beside(files())))
    where = url_for("roster.download_rows", unit_id=unit.id, job_id=job.id) if ended.faulty else ""
    return show(DryRun.of(unit, asked, ended.outcome, where), said=_why(ended))


def _why(ended: Ended) -> str:
    return gettext(MOVED_ON) if ended.has_moved else _all(ended.refusals)


def _all(refusals: Sequence[StudyHubError]) -> str:
    return " ".join(say(refusal) for refusal in refusals)
