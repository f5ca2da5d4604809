"""Asks, in the transaction of the deed, that a version be looked for in others.

What is done then stands above this room (`similarity`), which knows the job by
its kind. The same job forgets a version that was taken back.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from studyhub.essays.models import Version
from studyhub.jobs import service as jobs

KIND = "similarity.compare"


def look(db: Session, version: Version, *, now: datetime) -> None:
    """Compare it in the background, or forget it if it no longer stands by then."""
    if version.syllables:
        jobs.ask(db, KIND, now=now, subject_id=version.id)
