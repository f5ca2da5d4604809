"""The only way to write to the audit log."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.audit.models import AuditEntry
from studyhub.kernel.actor import Actor


class Deed(StrEnum):
    """Every deed worth remembering. Past tense; never renamed once shipped."""

    SIGNED_IN = "account.signed_in"
    SIGNED_OUT = "account.signed_out"
    SIGNED_OUT_EVERYWHERE = "account.signed_out_everywhere"
    SIGN_IN_LOCKED = "account.sign_in_locked"
    PASSWORD_CHANGED = "account.password_changed"  # noqa: S105 - a deed, not a password
    PASSWORD_RESET = "account.password_reset"  # noqa: S105 - a deed, not a password
    SIGN_IN_CARDS_MADE = "account.sign_in_cards_made"
    SIGN_IN_CARD_MADE = "account.sign_in_card_made"
    SIGN_IN_CARD_USED = "account.sign_in_card_used"
    INVITED = "account.invited"
    INVITATIONS_SENT = "account.invitations_sent"
    PASSWORD_LINK_SENT = "account.password_link_sent"  # noqa: S105 - a deed, not a password
    ADDRESS_ASKED = "account.address_asked"
    ADDRESS_CONFIRMED = "account.address_confirmed"
    ADDRESS_REMOVED = "account.address_removed"
    LETTER_SENT_AGAIN = "mail.letter_sent_again"
    ACCOUNT_CLOSED = "account.closed"
    ACCOUNT_REOPENED = "account.reopened"
    PERSON_ADDED = "person.added"
    PERSON_CHANGED = "person.changed"

    UNIT_ADDED = "unit.added"
    UNIT_CHANGED = "unit.changed"
    UNIT_ENDED = "unit.ended"
    UNIT_RESUMED = "unit.resumed"
    UNIT_RENAMED = "unit.renamed"
    UNIT_MOVED = "unit.moved"
    REORGANIZATION_PLANNED = "reorganization.planned"
    REORGANIZATION_CANCELLED = "reorganization.cancelled"
    REORGANIZED = "reorganization.carried_out"
    REORGANIZATION_STUCK = "reorganization.stuck"
    REORGANIZATION_UNDONE = "reorganization.undone"
    MEMBERSHIP_BEGUN = "membership.begun"
    MEMBERSHIP_ENDED = "membership.ended"
    MEMBERSHIP_RESUMED = "membership.resumed"
    TRANSFERRED = "membership.transferred"
    TRANSFER_TAKEN_BACK = "membership.transfer_taken_back"
    STANDING_CHANGED = "membership.standing_changed"
    EXEMPTION_BEGUN = "exemption.begun"
    EXEMPTION_ENDED = "exemption.ended"
    SUSPENSION_BEGUN = "suspension.begun"
    SUSPENSION_ENDED = "suspension.ended"
    STAY_BEGUN = "stay.begun"
    STAY_ENDED = "stay.ended"
    STAY_EXTENDED = "stay.extended"
    STAY_TAKEN_BACK = "stay.taken_back"
    STAY_RESUMED = "stay.resumed"
    PETITION_ASKED = "petition.asked"
    PETITION_APPROVED = "petition.approved"
    PETITION_DECLINED = "petition.declined"
    PETITION_WITHDRAWN = "petition.withdrawn"
    POST_TAKEN_UP = "post.taken_up"
    POST_LAID_DOWN = "post.laid_down"

    DOCUMENT_ADDED = "document.added"
    DOCUMENT_CHANGED = "document.changed"
    FILE_ATTACHED = "document.file_attached"
    FILE_TAKEN_AWAY = "document.file_taken_away"

    ROUND_PLANNED = "round.planned"
    ROUND_CHANGED = "round.changed"
    ROUND_DISCARDED = "round.discarded"
    ROUND_OPENED = "round.opened"
    ROUND_EXTENDED = "round.extended"
    ROUND_CLOSED = "round.closed"
    MARKING_CHANGED = "round.marking_changed"
    EXTENSION_GRANTED = "round.extension_granted"
    EXTENSION_TAKEN_BACK = "round.extension_taken_back"
    SUMMONED = "round.summoned"
    RELEASED = "round.released"
    EXEMPTED = "round.exempted"
    SESSION_PLANNED = "session.planned"
    SESSION_CHANGED = "session.changed"
    SESSION_REMOVED = "session.removed"

    DOCUMENT_READ = "study.document_read"
    CHECKED_IN = "study.checked_in"
    ROLL_CALLED = "study.roll_called"
    SOURCE_CHOSEN = "live.source_chosen"
    STREAM_KEY_MADE = "live.stream_key_made"
    STREAM_BEGAN = "live.stream_began"
    STREAM_ENDED = "live.stream_ended"
    STREAM_SAID_OVER = "live.stream_said_over"
    MEETING_OPENED = "live.meeting_opened"
    MEETING_ENDED = "live.meeting_ended"
    MEETING_ATTENDANCE_TAKEN = "live.meeting_attendance_taken"
    RECORDING_ADDED = "recording.added"
    RECORDING_CHANGED = "recording.changed"
    RECORDING_REMOVED = "recording.removed"
    RECORDING_BROUGHT_BACK = "recording.brought_back"
    RECORDING_CAPTIONED = "recording.captioned"

    BANK_QUESTION_ADDED = "quiz.question_added"
    BANK_QUESTION_CHANGED = "quiz.question_changed"
    BANK_QUESTION_RETIRED = "quiz.question_retired"
    BANK_QUESTION_RESTORED = "quiz.question_restored"
    BANK_IMPORTED = "quiz.bank_imported"
    QUIZ_PLANNED = "quiz.planned"
    QUIZ_CHANGED = "quiz.changed"
    QUIZ_REMOVED = "quiz.removed"
    QUIZ_BEGUN = "quiz.begun"
    QUIZ_HANDED_IN = "quiz.handed_in"
    MADE_UP = "study.made_up"
    MAKING_UP_TAKEN_BACK = "study.making_up_taken_back"
    ABSENCE_ASKED = "study.absence_asked"
    ABSENCE_GRANTED = "study.absence_granted"
    ABSENCE_DECLINED = "study.absence_declined"
    ABSENCE_WITHDRAWN = "study.absence_withdrawn"
    BRIDGE_PLANNED = "bridges.planned"
    BRIDGE_CHANGED = "bridges.changed"
    BRIDGE_REMOVED = "bridges.removed"
    BRIDGE_MARKED = "bridges.marked"
    BRIDGE_SIGNED_OFF = "bridges.signed_off"
    BRIDGE_REOPENED = "bridges.reopened"
    LIST_TAKEN_OVER = "study.list_taken_over"
    LIST_TAKEN_BACK = "study.list_taken_back"

    MODERATOR_NAMED = "session.moderator_named"
    INQUIRY_ASKED = "inquiry.asked"
    INQUIRY_WITHDRAWN = "inquiry.withdrawn"
    INQUIRY_ANSWERED = "inquiry.answered"
    INQUIRY_PUBLISHED = "inquiry.published"
    INQUIRY_TAKEN_BACK = "inquiry.taken_back"
    INQUIRY_MERGED = "inquiry.merged"
    INQUIRY_PARTED = "inquiry.parted"
    INQUIRY_HIDDEN = "inquiry.hidden"
    INQUIRY_SHOWN = "inquiry.shown"

    ESSAY_SUBMITTED = "essay.submitted"
    ESSAY_HANDED_IN_BY_RULE = "essay.handed_in_by_rule"
    TRANSCRIPT_BEGUN = "essay.transcript_begun"
    ESSAY_HANDED_IN_ON_BEHALF = "essay.handed_in_on_behalf"
    ESSAY_CONFIRMED = "essay.confirmed"
    ESSAY_CONTESTED = "essay.contested"
    PILE_BROUGHT = "papers.pile_brought"
    PILE_HANDED_IN = "papers.pile_handed_in"
    PILE_THROWN_AWAY = "papers.pile_thrown_away"
    ESSAY_WITHDRAWN = "essay.withdrawn"
    ESSAY_READ = "essay.read"
    FILE_TAKEN_OVER = "essay.file_taken_over"
    PAGES_CHANGED = "essay.pages_changed"
    ESSAY_RETURNED = "essay.returned"
    ESSAY_ACCEPTED = "essay.accepted"
    DECISION_RECALLED = "essay.decision_recalled"
    ESSAY_MARKED = "essay.marked"
    ESSAY_APPEALED = "essay.appealed"
    ESSAY_TAKEN_OVER = "essay.taken_over"
    COMMENT_ANSWERED = "essay.comment_answered"
    ESSAYS_ASSIGNED = "review.essays_assigned"
    SAMPLE_DRAWN = "fairness.sample_drawn"
    SAMPLE_CONCLUDED = "fairness.sample_concluded"
    SAMPLE_REOPENED = "fairness.sample_reopened"
    ESSAY_REREAD = "fairness.essay_reread"
    REWRITE_EXTENDED = "essay.rewrite_extended"
    SUBSTITUTION_BEGUN = "review.substitution_begun"
    SUBSTITUTION_ENDED = "review.substitution_ended"
    GOOD_ESSAY_PROPOSED = "good_essay.proposed"
    GOOD_ESSAY_WITHDRAWN = "good_essay.proposal_withdrawn"
    GOOD_ESSAY_APPROVED = "good_essay.approved"
    GOOD_ESSAY_DECLINED = "good_essay.declined"
    GOOD_ESSAY_AGREED = "good_essay.author_agreed"
    GOOD_ESSAY_REFUSED = "good_essay.author_refused"
    BOOKLET_ASKED = "good_essay.booklet_asked"
    CALIBRATION_PLANNED = "calibration.planned"
    CALIBRATION_CHANGED = "calibration.changed"
    CALIBRATION_DISCARDED = "calibration.discarded"
    CALIBRATION_BEGUN = "calibration.begun"
    CALIBRATION_CLOSED = "calibration.closed"
    CALIBRATION_REOPENED = "calibration.reopened"
    CALIBRATION_JUDGED = "calibration.judged"
    CALIBRATION_NOTED = "calibration.noted"
    PHRASE_KEPT = "review.phrase_kept"
    PHRASE_REMOVED = "review.phrase_removed"

    ROSTER_IMPORTED = "roster.imported"

    CALENDAR_OFFERED = "calendar.offered"
    CALENDAR_VOIDED = "calendar.voided"
    REMINDED = "reminding.reminded"
    TOLD_IN_PERSON = "reminding.told_in_person"
    TOLD_TAKEN_BACK = "reminding.told_taken_back"

    FIGURES_RECOUNTED = "figures.recounted"


def record(
    db: Session,
    deed: Deed,
    subject_id: UUID | None,
    *,
    by: Actor | None,
    now: datetime,
    **facts: str | int | None,
) -> None:
    """Remember a deed, in the same transaction as the deed itself.

    `facts` are ids, dates and figures; never the text of an essay, never a credential.
    """
    db.add(entry(deed, subject_id, by=by, now=now, **facts))


def entry(
    deed: Deed,
    subject_id: UUID | None,
    *,
    by: Actor | None,
    now: datetime,
    **facts: str | int | None,
) -> AuditEntry:
    """The same, to be written together with many others."""
    actor_id = by.user_id if by else None
    return AuditEntry(at=now, actor_id=actor_id, deed=deed, subject_id=subject_id, facts=facts)
