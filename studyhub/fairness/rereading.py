"""The deed of saying what one thinks of a decision, having read the essay again."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.log import Deed, record
from studyhub.essays.text import as_kept
from studyhub.fairness.models import Reread, Sample
from studyhub.fairness.sampling import LONGEST
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.notices.models import Kind, Notice
from studyhub.notices.service import notify
from studyhub.org.models import Appointment


def say(
    db: Session, reread: Reread, *, agrees: bool, remark: str, by: Actor, now: datetime
) -> None:
    """Say that one agrees, or that one has another opinion and why; it can be corrected.

    Nothing is decided by it: the decision stands. Whoever decided and the secretary of the
    cell are told of another opinion. Whoever is second is told who was first.
    """
    sample = db.get_one(Sample, reread.sample_id)
    db.refresh(sample, with_for_update={"of": Sample, "read": True})
    db.refresh(reread, with_for_update={"of": Reread})
    words = as_kept(remark).strip()
    if (reread.reader_id, reread.agrees, reread.remark) == (by.user_id, agrees, words):
        return
    _expect_reader(db, sample, reread, by)
    _expect_fit(agrees, words)
    _untell(db, reread)
    reread.agrees, reread.remark = agrees, words
    reread.reader_id, reread.read_at = UserId(by.user_id), now
    db.flush()
    record(
        db, Deed.ESSAY_REREAD, reread.essay_id, by=by, now=now,
        sample=str(sample.id), code=reread.code, agrees=int(agrees),
    )  # fmt: skip
    if not agrees:
        notify(
            db, _concerned(db, reread, by), Kind.REREAD_DIFFERS, subject_id=reread.essay_id,
            by=by, now=now, cell=str(reread.cell_id),
        )  # fmt: skip


def _expect_reader(db: Session, sample: Sample, reread: Reread, by: Actor) -> None:
    if sample.concluded_at is not None:
        raise Untimely(N_("This sample is closed. Nothing of it changes any more."))
    if reread.was_judged_by(by.user_id):
        raise Forbidden(N_("You judged this essay yourself. Somebody else reads it again."))
    if reread.essay.author_id == by.user_id:
        raise Forbidden(N_("Nobody judges their own essay."))
    if reread.reader_id not in {None, by.user_id}:
        reader = db.get_one(User, reread.reader_id)
        raise Conflict(N_("%(name)s was first and has read this essay."), name=reader.full_name)


def _expect_fit(agrees: bool, words: str) -> None:  # noqa: FBT001 - what was said
    if not agrees and not words:
        raise Unfit(N_("Say what you see otherwise: the secretary reads it."), about="remark")
    if len(words) > LONGEST:
        raise Unfit(N_("At most %(most)d characters."), about="remark", most=LONGEST)


def _concerned(db: Session, reread: Reread, by: Actor) -> list[UserId]:
    """Those who judged it, and the secretary of the cell today; never its author."""
    secretaries = db.scalars(
        select(Appointment.user_id).where(
            Appointment.unit_id == reread.cell_id,
            Appointment.post == Post.SECRETARY,
            Appointment.covers(by.today),
        )
    )
    told = [*(UserId(who) for who in reread.judge_ids), *secretaries]
    return [who for who in told if who != reread.essay.author_id]


def _untell(db: Session, reread: Reread) -> None:
    """What was said before is corrected: whoever has not read of it need not."""
    db.execute(
        delete(Notice).where(
            Notice.kind == Kind.REREAD_DIFFERS,
            Notice.subject_id == reread.essay_id,
            Notice.at == reread.read_at,
            Notice.read_at.is_(None),
        )
    )
