"""The job that draws the pages of an attached PDF: a few at a time, in a fenced process.

Whatever is drawn is kept at once. Done twice, or after a crash, it goes on behind the last page
that is there.
"""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.jobs.work import Handler, Task
from studyhub.kernel.words import N_
from studyhub.library import sandbox
from studyhub.library.attaching import KIND
from studyhub.library.attachments import Attachment, AttachmentPage, Drawn
from studyhub.library.errors import Unreadable

SECONDS = 120
STEP = 5

FAILED = N_("The pages of this PDF could not be drawn. It can be downloaded as it is.")


def draw(task: Task) -> None:
    """Draw what is not drawn yet."""
    with task.tools.reading() as db:
        found = _in_work(db, task)
        key = found.pdf_key if found else ""
    if not key:
        return
    try:
        _draw(task, task.tools.files.read(key))
    except Unreadable as refusal:
        told = {"message": refusal.message, "values": refusal.values}
        with task.tools.writing() as db:
            if found := _in_work(db, task, held=True):
                found.drawn, found.refusal = Drawn.UNREADABLE, told


def _draw(task: Task, data: bytes) -> None:
    count, done = int(ask("count", data)["count"]), -1
    while done < count:
        with task.tools.reading() as db:
            found = _in_work(db, task)
            if found is None:
                return
            done = len(found.pages)
        if done < count:
            made = ask(f"pages-{done}-{done + STEP}", data)["pages"]
            keys = [task.tools.files.keep(base64.b64decode(page["jpeg"])) for page in made]
            with task.tools.writing() as db:
                _add(_in_work(db, task, held=True), list(zip(made, keys, strict=True)), done)
            task.progress(100 * (done + len(made)) // count)
    with task.tools.writing() as db:
        if found := _in_work(db, task, held=True):
            found.page_count, found.drawn = count, Drawn.READY


def ask(what: str, data: bytes) -> dict[str, Any]:
    """The answer of the fenced process, or `Unreadable`."""
    return sandbox.ask("studyhub.library.page_pictures", what, data, seconds=SECONDS, failed=FAILED)


def _in_work(db: Session, task: Task, *, held: bool = False) -> Attachment | None:
    """The attachment, if it is still there and not finished."""
    lock = {"of": Attachment} if held else None
    found = db.get(Attachment, UUID(str(task.subject_id)), with_for_update=lock)
    return found if found and found.drawn is Drawn.IN_WORK else None


def _add(attachment: Attachment | None, made: list[tuple[dict[str, Any], str]], at: int) -> None:
    if attachment is None or len(attachment.pages) != at:
        return
    for position, (page, key) in enumerate(made, at):
        attachment.pages.append(
            AttachmentPage(
                position=position, picture_key=key, width=page["width"], height=page["height"],
                words=page["words"],
            )
        )  # fmt: skip


HANDLER = Handler(kind=KIND, run=draw, lease=timedelta(minutes=5))
