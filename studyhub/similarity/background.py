"""Compares in the background what has just been handed in, or forgets what was taken back."""

from studyhub.essays.elsewhere import KIND
from studyhub.jobs.work import Handler, Task
from studyhub.similarity import service
from studyhub.similarity.examining import Sources

KEPT_AT_HAND = 60_000
"""Syllables of other texts kept at hand between two jobs: some ten megabytes."""

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


HANDLER = Handler(kind=KIND, run=compare)
