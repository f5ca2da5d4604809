"""The job that reads a pile: a few pages at a time, in a fenced process, and where it stopped.

Whatever was read is kept at once. Done twice, or after a crash, it goes on behind the last
page that is there.
"""

import base64
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.essays.flaws import Flaw
from studyhub.jobs.work import Handler, Task
from studyhub.kernel.ids import UserId
from studyhub.kernel.words import N_
from studyhub.library import sandbox
from studyhub.library.errors import Unreadable
from studyhub.papers import cover_sheets
from studyhub.papers.pile_models import COVERS, Find, Pile, PilePage, PileState

KIND = "papers.read_pile"
SECONDS = 120
STEP = 5


class ThrownAway(Exception):
    """There is nothing left to read."""


FAILED = N_("This PDF could not be read. Scan the pile anew and try again.")


def read(task: Task) -> None:
    """Read what is not read yet."""
    with task.tools.reading() as db:
        found = db.get(Pile, UUID(str(task.subject_id)))
        key = found.file_key if found and found.state is PileState.READING else ""
    if not key:
        return
    try:
        _read(task, task.tools.files.read(key))
    except ThrownAway:
        return
    except Unreadable as refusal:
        told = {"message": refusal.message, "values": refusal.values}
        with task.tools.writing() as db, suppress(ThrownAway):
            pile = _there(db, task)
            pile.state, pile.refusal = PileState.UNREADABLE, told


def _read(task: Task, data: bytes) -> None:
    count = int(ask("count", data)["count"])
    done, turn = 0, 0
    while done < count:
        with task.tools.reading() as db:
            done, turn = _so_far(_there(db, task))
        if done < count:
            made = ask(f"pages-{done}-{done + STEP}-{turn}", data)["pages"]
            keys = [task.tools.files.keep(base64.b64decode(page["jpeg"])) for page in made]
            with task.tools.writing() as db:
                pile = _there(db, task)
                pile.page_count = count
                _add(db, pile, list(zip(made, keys, strict=True)), task.tools.settings.secret_key)
            task.progress(100 * (done + len(made)) // count)
    with task.tools.writing() as db:
        pile = _there(db, task)
        pile.page_count, pile.state = count, PileState.SORTING


def _there(db: Session, task: Task) -> Pile:
    """The pile, if nobody has thrown it away meanwhile."""
    found = db.get(Pile, UUID(str(task.subject_id)), with_for_update={"of": Pile})
    if found is None:
        raise ThrownAway
    return found


def ask(what: str, data: bytes) -> dict[str, Any]:
    """The answer of the fenced process, or `Unreadable`."""
    return sandbox.ask("studyhub.papers.pile_pages", what, data, seconds=SECONDS, failed=FAILED)


def _so_far(pile: Pile) -> tuple[int, int]:
    """How many pages are there, and how the last lay."""
    return len(pile.pages), pile.pages[-1].turn if pile.pages else 0


def _add(db: Session, pile: Pile, made: list[tuple[dict[str, Any], str]], secret: str) -> None:
    """Behind those that are there; each belongs to whom the last cover sheet names."""
    members = {one.user_id for one in cover_sheets.listed(db, pile.round, pile.cell)}
    owner = _owner(pile)
    for page, key in made:
        find = Find.BLANK if page["blank"] else Find.PAGE
        if page["code"]:
            find, owner = _cover(pile, cover_sheets.read(secret, page["code"]), members)
        pile.pages.append(
            PilePage(
                position=len(pile.pages),
                file_key=key,
                width=page["width"],
                height=page["height"],
                flaw=Flaw(page["flaw"]),
                find=find,
                turn=page["turn"],
                member_id=owner,
                is_left_out=find is Find.BLANK or find in COVERS,
            )
        )


def _owner(pile: Pile) -> UserId | None:
    """Whose the next page is, as far as cover sheets say."""
    covers = [page for page in pile.pages if page.is_cover]
    return covers[-1].member_id if covers else None


def _cover(
    pile: Pile, slip: cover_sheets.Slip | None, members: set[UserId]
) -> tuple[Find, UserId | None]:
    """What the sheet is to this pile."""
    if slip is None:
        return Find.UNKNOWN, None
    if slip.round_id != pile.round_id:
        return Find.OTHER_ROUND, None
    if slip.member_id not in members:
        return Find.OTHER_CELL, None
    return Find.COVER, slip.member_id


HANDLER = Handler(kind=KIND, run=read, lease=timedelta(minutes=5))
