"""A draft typed in old letters (TCVN3, VNI) is put into Unicode, where its author says so."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.essays.drafting import write_over
from studyhub.essays.keeping import put_aside
from studyhub.essays.models import Essay
from studyhub.kernel import old_letters
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_


def converted(draft: Mapping[str, str]) -> dict[str, str]:
    """The parts that read as Vietnamese only when converted, as they would then be; pure.

    Nothing where nothing is old. What reads as Vietnamese already is never touched.
    """
    read = {key: _read(text) for key, text in draft.items()}
    return {key: text for key, text in read.items() if text != draft[key]}


def convert(db: Session, essay: Essay, *, revision: int, now: datetime) -> int:
    """Write the converted text over the draft that was shown; the old one stays in its history."""
    before = dict(essay.draft)
    changed = converted(before)
    if not changed:
        raise Unfit(N_("There are no old letters in this text any more."))
    kept = write_over(db, essay, {**before, **changed}, revision=revision, now=now)
    put_aside(db, essay, before, revision=revision, now=now)
    return kept


def _read(text: str) -> str:
    said, ways = old_letters.read(text.split("\n"))
    return "\n".join(said) if ways else text
