"""What goes into the history of a draft, while one writes and when a text gives way."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay, KeptDraft
from studyhub.essays.text import has_words
from studyhub.kernel.ids import new_uuid

_KEEP = insert(KeptDraft.__table__)  # type: ignore[arg-type]  # one row, without a flush


def put_aside(
    db: Session, essay: Essay, lost: Mapping[str, str], *, revision: int, now: datetime
) -> None:
    """Put a text that gave way into the history, where it stays."""
    if lost != essay.draft and has_words(lost):
        db.add(KeptDraft(essay_id=essay.id, revision=revision, draft=dict(lost), kept_at=now))


def keep_in_passing(db: Session, essay: Essay) -> None:
    """The text that is written over goes into the history, told by when it was saved."""
    if has_words(essay.draft) and essay.draft_saved_at:
        kept = {
            "id": new_uuid(),
            "essay_id": essay.id,
            "revision": essay.draft_revision,
            "draft": dict(essay.draft),
            "kept_at": essay.draft_saved_at,
            "in_passing": True,
        }
        db.execute(_KEEP, kept)
