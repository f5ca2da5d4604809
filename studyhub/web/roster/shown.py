"""The pages of a dry run, whether it was made at once or by a job."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.web.language import gettext, ngettext
from studyhub.web.roster.dry_run import DryRun, words

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NO_ERRORS = N_("No row of this list has errors.")
MOVED_ON = N_(
    "Something has changed since this page was shown, so nothing was applied. Below is what the "
    "list would change now."
)


def show(run: DryRun, *, said: str = "", status: int = 200) -> ResponseReturnValue:
    """What the list would change, or what its columns hold, where one is missing."""
    if run.plan is None:
        return show_columns(run)
    page = render_template("roster/plan.html", run=run, plan=run.plan, said=said, **words())
    return page, status


def show_columns(run: DryRun) -> ResponseReturnValue:
    """What each column is taken for."""
    is_refused = run.lacking and "corrected" in request.form and not run.asked.has_moved
    status = 422 if is_refused else 200
    return render_template("roster/columns.html", run=run, **words()), status


def attached(data: bytes | None) -> Response:
    """The rows with errors as a file to be kept."""
    if data is None:
        raise Missing(NO_ERRORS)
    answer = Response(data, content_type=XLSX)
    answer.headers["Content-Disposition"] = 'attachment; filename="StudyHub-dong-loi.xlsx"'
    return answer


def told(added: int, changed: int, founded: int) -> str:
    """What was taken over."""
    parts = [
        ngettext("%(num)d member added", "%(num)d members added", added),
        ngettext("%(num)d changed", "%(num)d changed", changed),
        ngettext("%(num)d cell founded", "%(num)d cells founded", founded),
    ]
    return gettext("The list is taken over: %(what)s.", what=", ".join(parts))
