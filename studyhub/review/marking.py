"""The deed of marking by numbers: each marker alone, until the numbers come to a decision."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.review import markers, substituting, verdicts
from studyhub.review.deciding import (
    comments_sent,
    expect_a_comment,
    expect_remark,
    expect_undecided,
    settle,
)
from studyhub.review.marks import Mark, Turn
from studyhub.review.models import Decision
from studyhub.review.turns import expect_judge
from studyhub.rounds.grading import Grading
from studyhub.rounds.models import StudyRound


def give_mark(
    db: Session,
    essay: Essay,
    version_number: int,
    *,
    points: Sequence[int],
    remark: str,
    by: Actor,
    now: datetime,
) -> Decision | None:
    """Give the version one's number: `points` are those of the parts, or the one number.

    The decision, where it is one now; None while another marker is waited for.
    """
    expect_judge(essay, by)
    db.refresh(essay, with_for_update={"of": Essay})
    version = expect_undecided(db, essay, version_number)
    markers.expect_new_marker(essay, by)
    mark = _mark(db, essay, version, points, remark, by=by, now=now)
    if mark.points < essay.round.pass_mark:
        expect_a_comment(db, version, by)
    db.add(mark)
    db.flush()
    given = markers.marks_on(db, version)
    number = _number(essay.round, mark, given)
    if number is None:
        _wait(db, essay, version, given, by=by, now=now)
        return None
    said = [mark] if mark.turn is Turn.APPEAL else given
    return _decide(db, essay, version, number, said, by=by, now=now)


def has_marked(
    db: Session,
    essay: Essay,
    version_number: int,
    *,
    points: Sequence[int],
    remark: str,
    comments: Iterable[tuple[int, int, str]],
    by: Actor,
) -> bool:
    """Whether the same person has sent this very mark before: a double click, a repeat."""
    version = next((one for one in essay.versions if one.number == version_number), None)
    mark = db.get(Mark, (version.id, by.user_id), populate_existing=True) if version else None
    if version is None or mark is None:
        return False
    new = {(part, paragraph, as_kept(text).strip()) for part, paragraph, text in comments}
    same = (mark.points, mark.remark) == (sum(points), as_kept(remark).strip())
    return same and new <= comments_sent(db, version.id, by)


def _mark(
    db: Session,
    essay: Essay,
    version: Version,
    points: Sequence[int],
    remark: str,
    *,
    by: Actor,
    now: datetime,
) -> Mark:
    round_ = essay.round
    expect_points(round_, points)
    turn = markers.turn_of(
        markers.marks_on(db, version), markers.appeal_of(db, version), markers=round_.markers
    )
    return Mark(
        version_id=version.id,
        marker_id=UserId(by.user_id),
        turn=turn,
        points=sum(points),
        parts=parts_told(round_, points),
        remark=expect_remark(remark),
        marked_at=now,
    )


def parts_told(round_: StudyRound, points: Sequence[int]) -> list[dict[str, str]]:
    """The points of each part with the rubric as it is now; nothing where it has no parts."""
    return [
        {"title": part.title, "most": str(part.most), "points": str(given)}
        for part, given in zip(round_.rubric, points, strict=False)
    ]


def expect_points(round_: StudyRound, points: Sequence[int]) -> None:
    """Refuse what is not on the scale of the round, part by part where it has parts."""
    if round_.grading is not Grading.POINTS:
        raise Unfit(N_("This study round is not judged by points."))
    most = [part.most for part in round_.rubric] or [1000]
    if len(points) != len(most):
        raise Unfit(N_("Give points for every part."), about="points")
    if any(given % round_.step for given in points):
        raise Unfit(
            N_("Points are given in steps of %(step)s."), about="points", step=STEP[round_.step]
        )
    if any(not 0 <= given <= limit for given, limit in zip(points, most, strict=True)):
        raise Unfit(N_("These points are more than the part can bring."), about="points")


STEP = {25: "0,25", 50: "0,5"}


def _number(round_: StudyRound, mark: Mark, given: Sequence[Mark]) -> int | None:
    if mark.turn is Turn.APPEAL:
        return mark.points
    told = [one.points for one in given]
    return verdicts.number_of(told, markers=round_.markers, apart=round_.apart)


def _wait(
    db: Session, essay: Essay, version: Version, given: Sequence[Mark], *, by: Actor, now: datetime
) -> None:
    """Another is to mark it; nothing of this is said to anybody but that it is so."""
    round_ = essay.round
    markers.bar(db, essay, [one.marker_id for one in given], day=by.today)
    told = [one.points for one in given]
    if verdicts.needs_third(told, markers=round_.markers, apart=round_.apart):
        marked = [one.marker_id for one in given]
        notify(db, marked, Kind.THIRD_MARKER, subject_id=essay.id, by=by, now=now)
    db.flush()
    standing_in = substituting.basis(db, essay, by=by)
    facts = {"substitution": str(standing_in.id)} if standing_in else {}
    record(
        db, Deed.ESSAY_MARKED, essay.id, by=by, now=now, version=version.number,
        marks=len(given), **facts,
    )  # fmt: skip


def _decide(
    db: Session,
    essay: Essay,
    version: Version,
    number: int,
    said: Sequence[Mark],
    *,
    by: Actor,
    now: datetime,
) -> Decision:
    """The numbers come to a decision: it is made by whoever marked last."""
    found = verdicts.verdict(number, pass_mark=essay.round.pass_mark)
    decision = Decision(
        version_id=version.id,
        outcome=found.outcome,
        grade=found.grade,
        points=found.points,
        remark="\n\n".join(one.remark for one in said if one.remark),
        decided_by=by.user_id,
        decided_at=now,
    )
    settle(db, essay, version, decision, [one.marker_id for one in said], by=by, now=now)
    return decision
