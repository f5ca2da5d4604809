"""Compares in the background what has just been handed in, or forgets what was taken back."""

from datetime import timedelta

from studyhub.essays.elsewhere import KIND
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.ids import DocumentId
from studyhub.library.service import CHANGED
from studyhub.similarity import queries, service
from studyhub.similarity.examining import Sources

KEPT_AT_HAND = 60_000
"""Syllables of other texts kept at hand between two jobs: some ten megabytes."""

A_FEW = 100
"""Earlier essays that are compared in one go, once a minute: 100,000 take less than a day."""

LEFT_TO_JOBS = timedelta(hours=1)
"""What has just been handed in is compared by its own job."""

_cache = Sources(KEPT_AT_HAND)


def compare(task: Task) -> None:
    """The texts are compared while nobody waits; only keeping the result is a transaction."""
    version_id = task.subject_id
    if version_id is None:
        return
    with task.tools.writing() as db:
        service.learn_documents(db)
    with task.tools.reading() as db:
        examined = service.look_at(db, version_id, cache=_cache)
    with task.tools.writing() as db:
        service.keep(db, version_id, examined, now=task.tools.now())


def renew(task: Task) -> None:
    """A document was corrected: it is known by its present text, and compared anew."""
    if task.subject_id is None:
        return
    with task.tools.writing() as db:
        service.renew_document(db, DocumentId(task.subject_id), now=task.tools.now())
    _cache.forget(task.subject_id)


def catch_up(tools: Tools) -> None:
    """Chore: compare, in order of hand-in, what no job compared: essays from before there was one.

    A few at a time, each in steps as short as a job's; what is done is told by
    its `Examination`, so whoever is stopped goes on where they were.
    """
    with tools.reading() as db:
        waiting = queries.not_compared(db, until=tools.now() - LEFT_TO_JOBS, most=A_FEW)
    if not waiting:
        return
    with tools.writing() as db:
        service.learn_documents(db)
    for version_id in waiting:
        with tools.reading() as db:
            examined = service.look_at(db, version_id, cache=_cache)
        with tools.writing() as db:
            service.keep(db, version_id, examined, now=tools.now())


HANDLER = Handler(kind=KIND, run=compare)
RENEWAL = Handler(kind=CHANGED, run=renew)
