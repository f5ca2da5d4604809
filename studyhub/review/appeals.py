"""Asking for another reading (phúc khảo), and what comes of it.

As public examinations do it: another person marks anew, theirs is the decision that counts,
higher or lower, and the former one stays on record beside it.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.completion import service as completion
from studyhub.essays.lifecycle import Step, after
from studyhub.essays.marks import marks_of
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import as_kept
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Forbidden, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind
from studyhub.notices.service import notify
from studyhub.review import markers
from studyhub.review.marks import Appeal
from studyhub.review.models import Decision
from studyhub.rounds.lifecycle import RoundState

LONGEST = 2000


def appeal(db: Session, essay: Essay, *, reason: str, by: Actor, now: datetime) -> Appeal:
    """Ask that another person reads it; it waits again. The same reason again is one appeal."""
    if essay.author_id != by.user_id:
        raise Forbidden(N_("Only its author can do this with an essay."))
    db.refresh(essay, with_for_update={"of": Essay})
    words = _fit(reason)
    version = essay.latest
    known = markers.appeal_of(db, version) if version else None
    if known and known.settled_at is None and known.reason == words:
        return known
    state = after(essay.state, Step.APPEAL)
    decision = db.get(Decision, version.id, populate_existing=True) if version else None
    refusal = why_not(essay, decision, known, now=now)
    if refusal or version is None or decision is None:
        raise refusal or Untimely(N_("There is no decision to ask for another reading of."))
    made = _keep(db, decision, words, now=now)
    essay.state = state
    _open_again(db, essay, version, decision, by=by, now=now)
    return made


def why_not(
    essay: Essay, decision: Decision | None, known: Appeal | None, *, now: datetime
) -> Untimely | None:
    """What stands against an appeal from this decision; None when nothing does."""
    if decision is None or not essay.round.appeal_days:
        return Untimely(N_("In this study round nobody can ask for another reading."))
    if known:
        return Untimely(N_("Another person has read this version already; their decision stands."))
    if essay.round.state is not RoundState.OPEN:
        return Untimely(N_("This study round is closed."))
    if now > until(essay, decision):
        return Untimely(N_("The time to ask for another reading has passed."))
    return None


def until(essay: Essay, decision: Decision) -> datetime:
    """Until when its author may ask for another reading."""
    return decision.decided_at + timedelta(days=essay.round.appeal_days)


def note_settled(db: Session, essay: Essay, version: Version, *, by: Actor, now: datetime) -> None:
    """Another person has decided: where it was an appeal, those who had marked are told."""
    known = markers.appeal_of(db, version)
    if known is None:
        return
    known.settled_at = now
    marked = {UserId(one.marker_id) for one in markers.marks_on(db, version)}
    people = [essay.author_id, *sorted(marked | {known.former_by})]
    notify(db, people, Kind.APPEAL_SETTLED, subject_id=essay.id, by=by, now=now)


def _fit(reason: str) -> str:
    words = as_kept(reason).strip()
    if not words:
        raise Unfit(N_("Say why another person should read it."), about="reason")
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about="reason", most=LONGEST)
    return words


def _keep(db: Session, decision: Decision, words: str, *, now: datetime) -> Appeal:
    """The decision no longer stands; what it was is kept with the appeal."""
    made = Appeal(
        version_id=decision.version_id,
        reason=words,
        made_at=now,
        former_outcome=decision.outcome,
        former_grade=decision.grade,
        former_points=decision.points,
        former_remark=decision.remark,
        former_by=decision.decided_by,
        former_at=decision.decided_at,
    )
    db.add(made)
    db.delete(decision)
    db.flush()
    return made


def _open_again(
    db: Session, essay: Essay, version: Version, decision: Decision, *, by: Actor, now: datetime
) -> None:
    """It waits for somebody who has not marked it; those who have are told."""
    marked = [UserId(one.marker_id) for one in markers.marks_on(db, version)]
    barred = dict.fromkeys([*marked, decision.decided_by])
    essay.rewrite_until = None
    markers.bar(db, essay, barred, day=by.today)
    db.flush()
    completion.mark(db, essay.round_id, essay.author_id, now=now, **marks_of(essay))
    record(db, Deed.ESSAY_APPEALED, essay.id, by=by, now=now, version=version.number)
    facts = {"person": str(essay.author_id)}
    notify(db, barred, Kind.ESSAY_APPEALED, subject_id=essay.id, by=by, now=now, **facts)
