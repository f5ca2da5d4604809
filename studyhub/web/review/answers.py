"""What the author of an essay does with its result: answers a comment, keeps the receipt."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries as essays
from studyhub.essays.models import Essay, Version
from studyhub.essays.receipts import in_fours
from studyhub.kernel.errors import Missing, StudyHubError
from studyhub.kernel.words import N_
from studyhub.printing.decided import Decided, InPlace, decision_pdf
from studyhub.review import certificate, queries, service
from studyhub.review.models import Decision, Outcome, Substitution
from studyhub.web.attachments import attachment, plain_name
from studyhub.web.guard import on
from studyhub.web.language import gettext, say
from studyhub.web.request import actor, db, now, zone
from studyhub.web.review.views import review
from studyhub.web.seen import see_results


@dataclass(frozen=True)
class Result:
    """A decision with all that its receipt says."""

    version: Version
    decision: Decision
    comments: int
    seal: str


@review.get("/<uuid:essay_id>/answers/<uuid:comment_id>")
@on(Essay, may=policy.write_essay)
def unanswered(essay: Essay, comment_id: UUID) -> ResponseReturnValue:
    """The address of an answer opened by itself: to the essay, at the comment."""
    return redirect(url_for("essays.show", essay_id=essay.id, _anchor=f"said-{comment_id}"))


@review.post("/<uuid:essay_id>/answers/<uuid:comment_id>")
@on(Essay, may=policy.write_essay)
def answer(essay: Essay, comment_id: UUID) -> ResponseReturnValue:
    """Answer a comment, once; what is refused comes back to be sent again."""
    text = request.form.get("answer", "")
    try:
        service.answer(db(), essay, comment_id, text=text, by=actor(), now=now())
    except Missing:
        raise
    except StudyHubError as refusal:
        words = {"answer": text, "problem": say(refusal), "essay": essay, "comment_id": comment_id}
        return render_template("review/answer.html", **words), 422
    flash(gettext("Your answer stands at the comment. Whoever wrote it has been told."), "ok")
    return redirect(url_for("essays.show", essay_id=essay.id, _anchor=f"said-{comment_id}"))


@review.get("/<uuid:essay_id>/result/<int:number>")
@on(Essay, may=policy.write_essay)
def result(essay: Essay, number: int) -> ResponseReturnValue:
    """The receipt of a decision: its code, when, by whom, and the hash of what was decided."""
    found = _result(essay, number)
    version = found.version
    return render_template(
        "review/result.html",
        essay=version.essay,
        round=version.essay.round,
        version=version,
        decision=found.decision,
        comments=found.comments,
        code=certificate.code(found.seal),
        hash=in_fours(found.seal),
        handed_in=in_fours(version.content_hash),
    )


@review.get("/<uuid:essay_id>/result/<int:number>/pdf")
@on(Essay, may=policy.write_essay)
def result_pdf(essay: Essay, number: int) -> ResponseReturnValue:
    """The same as a paper, to be kept or printed."""
    found = _result(essay, number)
    told = f"Biên nhận kết quả - {found.version.essay.round.title}".replace("/", "-")
    made = decision_pdf(found.version, _decided(found), zone=zone())
    answer = attachment(made, f"{plain_name(told)[:120]}.pdf", "application/pdf")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _result(essay: Essay, number: int) -> Result:
    see_results(essay.id)
    essay = essays.for_reading(db(), essay)
    version = next((one for one in essay.versions if one.number == number), None)
    decision = queries.decisions_on(db(), [version]).get(version.id) if version else None
    if version is None or decision is None:
        raise Missing(N_("There is nothing here."))
    comments = queries.comments_on(db(), [version], reader_id=actor().user_id)[version.id]
    seal = certificate.seal(version, decision, comments)
    return Result(version, decision, len(comments), seal)


def _decided(found: Result) -> Decided:
    decision = found.decision
    return Decided(
        is_accepted=decision.outcome is Outcome.ACCEPT,
        grade=decision.grade,
        points=decision.points,
        remark=decision.remark,
        by=decision.reviewer.full_name,
        in_place=_in_place(decision.substitution),
        at=decision.decided_at,
        comments=found.comments,
        code=certificate.code(found.seal),
        seal=found.seal,
    )


def _in_place(one: Substitution | None) -> InPlace | None:
    if one is None:
        return None
    absent = one.absent.full_name if one.absent else ""
    return InPlace(absent=absent, reason=one.reason, since=one.since, until=one.until)
