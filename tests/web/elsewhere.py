"""What hangs on the essays of the province: a file each, a page by hand, an earlier text."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.orm import Session

from studyhub.essays.models import Essay, KeptDraft
from studyhub.essays.page import Page
from studyhub.kernel.ids import new_uuid
from studyhub.papers.kinds import Kind
from studyhub.papers.models import Arrival, Original
from tests.things import NOW

PICTURE = b"\xff\xd8\xff a page"
"""Bytes that are in the store, as page and as file."""

KEY = hashlib.sha256(PICTURE).hexdigest()


def brought(db: Session, essays: Mapping[str, Essay]) -> dict[str, dict[str, object]]:
    """Give every essay an original and a page, and each version that page."""
    names = ("An's draft", "An's", "Lan's, back", "Mai's")
    rows = [_brought(essays[name]) for name in names]
    db.add_all(original for original, _ in rows)
    kept = {name: _kept(essays[name]) for name in ("An's draft", "An's", "Mai's")}
    db.add_all(kept.values())
    coming = {name: _coming(essays[name]) for name in names}
    db.add_all(coming.values())
    return {
        "arrival_id": {name: one.id for name, one in coming.items()},
        "kept_id": {name: one.id for name, one in kept.items()},
        "original_id": {name: one.id for name, (one, _) in zip(names, rows, strict=True)},
        "page_id": {name: page.id for name, (_, page) in zip(names, rows, strict=True)},
    }


def _brought(essay: Essay) -> tuple[Original, Page]:
    before = NOW - timedelta(days=1)
    page = Page(
        id=new_uuid(), position=0, file_key=KEY, width=3, height=4, added_at=before
    )  # fmt: skip
    essay.pages.append(page)
    for version in essay.versions:
        version.pages = [page.frozen]
    original = Original(
        id=new_uuid(), essay_id=essay.id, file_key=KEY, file_name="a.txt", kind=Kind.TEXT,
        added_at=before,
    )  # fmt: skip
    return original, page


def _coming(essay: Essay) -> Arrival:
    """A photo of which nothing has come yet."""
    return Arrival(
        id=new_uuid(), essay_id=essay.id, person_id=essay.author_id, name="a.jpg", size=9,
        received=0, touched_at=NOW,
    )  # fmt: skip


def _kept(essay: Essay) -> KeptDraft:
    """An earlier text, as secret as the draft."""
    return KeptDraft(
        id=new_uuid(), essay_id=essay.id, revision=0, draft=dict(essay.draft),
        kept_at=NOW - timedelta(hours=1), in_passing=True,
    )  # fmt: skip
