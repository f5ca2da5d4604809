"""The job that develops a photo: in a fenced process, one at a time; and what is swept up later.

Until it is done the page says that it is in work, and the essay cannot be handed in.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay
from studyhub.essays.page import Develops, Page
from studyhub.jobs.work import Handler, Task, Tools
from studyhub.kernel.actor import Actor
from studyhub.kernel.errors import StudyHubError
from studyhub.library.errors import Unreadable
from studyhub.papers import darkroom, pages, scanning
from studyhub.papers.developed import Developed
from studyhub.papers.models import Arrival
from studyhub.papers.pages import Kept
from studyhub.storage.files import FileStore

KIND = "papers.develop"
KEPT = timedelta(days=2)
"""How long an upload that nobody goes on with is waited for."""
PATIENCE = timedelta(hours=3)
"""How long a page may be in work: its job has been tried, and given up, by then."""


def develop(task: Task) -> None:
    """Make the page readable, or say why it is not; what was uploaded is thrown away."""
    with task.tools.reading() as db:
        arrival = db.get(Arrival, task.subject_id)
        page = db.get(Page, arrival.page_id) if arrival else None
    if arrival is None:
        return
    if page and page.state is Develops.IN_WORK:
        made, why = _developed(task.tools, arrival.id)
        by = Actor(user_id=arrival.person_id, today=task.tools.today())
        with task.tools.writing() as db:
            _settle(db, page.id, made, why, by=by, tools=task.tools)
    with task.tools.writing() as db:
        db.execute(delete(Arrival).where(Arrival.id == arrival.id))
    task.tools.files.arriving.drop(arrival.id)


def _developed(tools: Tools, which: UUID) -> tuple[list[Kept], StudyHubError | None]:
    try:
        data = tools.files.arriving.read(which)
        scanning.expect_harmless(data, tools.settings.clamd)
        return [keep(tools.files, one) for one in darkroom.develop(data)], None
    except FileNotFoundError:
        return [], Unreadable(darkroom.FAILED)
    except StudyHubError as refusal:
        if refusal.message == scanning.UNREACHABLE:
            raise RuntimeError("the virus scanner does not answer") from refusal
        return [], refusal


def keep(files: FileStore, made: Developed) -> Kept:
    """Its pictures, in the store."""
    straight = keep(files, made.straight) if made.straight else None
    return Kept(files.keep(made.jpeg), made.width, made.height, made.flaw, straight)


def _settle(
    db: Session, page_id: UUID, made: list[Kept], why: StudyHubError | None,
    *, by: Actor, tools: Tools,
) -> None:  # fmt: skip
    """The essay is held as in a deed of its author: nobody else changes its pages meanwhile."""
    whose = select(Page.essay_id).where(Page.id == page_id).scalar_subquery()
    held = select(Essay).where(Essay.id == whose).with_for_update(of=Essay)
    essay = db.scalars(held).one()
    page = db.get_one(Page, page_id)
    if page.state is not Develops.IN_WORK:
        return
    if why:
        pages.refuse(page, why)
    else:
        pages.develop(db, essay, page, made, by=by, now=tools.now())


def sweep(tools: Tools) -> None:
    """Chore: uploads nobody goes on with, pages taken away a day ago, pages given up."""
    now = tools.now()
    with tools.writing() as db:
        given_up = (Page.state == Develops.IN_WORK) & (Page.added_at < now - PATIENCE)
        for page in db.scalars(select(Page).where(given_up)):
            pages.refuse(page, Unreadable(darkroom.FAILED))
        gone = select(Page.id).where(Page.removed_at < now - pages.UNDONE_WITHIN)
        old = (Arrival.touched_at < now - KEPT) | Arrival.page_id.in_(gone)
        db.execute(delete(Arrival).where(old))
        db.execute(delete(Page).where(Page.removed_at < now - pages.UNDONE_WITHIN))
    left = tools.files.arriving.left(now - KEPT)
    with tools.reading() as db:
        known = set(db.scalars(select(Arrival.id)))
    for which in left - known:
        tools.files.arriving.drop(which)


HANDLER = Handler(kind=KIND, run=develop, lease=timedelta(minutes=3))
