"""The deed of taking over: what was read from a file goes into the draft, as its author chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed, record
from studyhub.essays.drafting import settle_conflict
from studyhub.essays.models import Essay
from studyhub.essays.text import has_words
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.papers.kinds import Kind
from studyhub.papers.models import Original


class How(StrEnum):
    """What becomes of the text found for one part."""

    REPLACE = "replace"
    APPEND = "append"
    LEAVE = "leave"


@dataclass(frozen=True)
class Found:
    """The text for one part, as its author corrected it."""

    text: str
    how: How


@dataclass(frozen=True)
class Source:
    """The file it came from."""

    key: str
    name: str
    kind: Kind


def take_over(
    db: Session,
    essay: Essay,
    parts: Mapping[str, Found],
    *,
    source: Source | None,
    revision: int,
    by: Actor,
    now: datetime,
) -> None:
    """Put what was found into the draft; the words it replaces go to the history of the draft."""
    wanted = {
        key: joined(essay.draft.get(key, ""), found)
        for key, found in parts.items()
        if found.how is not How.LEAVE
    }
    if not has_words(wanted):
        raise Unfit(N_("Nothing was chosen to be taken over. Choose for at least one part."))
    settle_conflict(db, essay, wanted, revision=revision, now=now)
    if source:
        _keep(db, essay, source, now=now)
    record(db, Deed.FILE_TAKEN_OVER, essay.id, by=by, now=now, parts=len(wanted))


def joined(before: str, found: Found) -> str:
    """The part as it will read."""
    if found.how is How.REPLACE or not before.strip():
        return found.text
    return f"{before.rstrip()}\n\n{found.text}"


def originals(db: Session, essay: Essay) -> Sequence[Original]:
    """Every file that was taken over, the latest first."""
    return db.scalars(
        select(Original).where(Original.essay_id == essay.id).order_by(Original.added_at.desc())
    ).all()


def open_originals(db: Session, essay: Essay) -> Sequence[Original]:
    """Those that readers may see: taken over before a version they may see was handed in."""
    last = max((version.submitted_at for version in essay.open_versions), default=None)
    if last is None:
        return []
    return [one for one in originals(db, essay) if one.added_at <= last]


def shown_originals(db: Session, essay: Essay, *, to: Actor) -> Sequence[Original]:
    """The files this person may see: all of one's own."""
    return (originals if essay.author_id == to.user_id else open_originals)(db, essay)


def _keep(db: Session, essay: Essay, source: Source, *, now: datetime) -> None:
    known = select(Original.id).where(
        Original.essay_id == essay.id, Original.file_key == source.key
    )
    if db.scalars(known).first() is None:
        db.add(
            Original(
                essay_id=essay.id,
                file_key=source.key,
                file_name=source.name,
                kind=source.kind,
                added_at=now,
            )
        )
