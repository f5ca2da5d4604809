"""Reading a file or the pages of an essay is reading it: put on record as on its page."""

from datetime import timedelta

from sqlalchemy import select

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays import service
from studyhub.essays.models import Essay
from studyhub.web import transaction
from studyhub.web.request import actor, db, now

ONE_READING = timedelta(minutes=10)
"""The pictures on a page that was noted are that reading, not ten more."""


def note_reading(essay: Essay, number: int | None = None) -> None:
    """That somebody other than the author had it, in a transaction of its own."""
    if essay.author_id == actor().user_id:
        return
    essay_id, read = essay.id, number or essay.open_versions[-1].number
    if _is_noted(essay, read):
        return
    with transaction.own() as own:
        service.note_reading(own, own.get_one(Essay, essay_id), read, by=actor(), now=now())


def _is_noted(essay: Essay, number: int) -> bool:
    recent = select(AuditEntry.facts).where(
        AuditEntry.subject_id == essay.id,
        AuditEntry.actor_id == actor().user_id,
        AuditEntry.deed == Deed.ESSAY_READ,
        AuditEntry.at > now() - ONE_READING,
    )
    return any(facts.get("version") == number for facts in db().scalars(recent))
