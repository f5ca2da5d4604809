"""Several people at the same moment, each through the application: no deed is lost."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from flask import Flask
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from studyhub.completion.models import Tally
from studyhub.essays.models import Essay, Version
from studyhub.kernel import sqlite
from studyhub.reconciliation.service import differences
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World

SAVES = 6
T = TypeVar("T")
R = TypeVar("R")


def at_once(things: Sequence[T], deed: Callable[[T], R]) -> list[R]:
    """The deed with each of them, all begun at the same moment."""
    start = Barrier(len(things))

    def run(thing: T) -> R:
        start.wait()
        return deed(thing)

    with ThreadPoolExecutor(len(things)) as pool:
        return list(pool.map(run, things))


def test_all_who_hand_in_at_the_same_moment_are_counted(town: World, as_: SignIn) -> None:
    round_ = town.round()
    people = [town.an, town.lan, town.binh, town.giang, town.chi, town.hoa]
    essays = [town.essay(author, round_=round_) for author in people]
    town.db.commit()
    sent = [
        (as_(author), f"/essays/{essay.id}/submit", f"text-{round_.questions[0].id}")
        for author, essay in zip(people, essays, strict=True)
    ]

    at_once(
        sent,
        lambda it: it[0].post(it[1], revision="1", **{it[2]: "Xong."}, own_work="y", status=200),
    )

    town.db.rollback()
    root = town.db.scalars(select(Tally).where(Tally.path == town.district.path)).one()
    assert (root.waiting, root.writing) == (len(people), 0)
    assert differences(town.db, round_) == []


def test_a_double_click_gives_one_receipt(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    windows = [as_(town.an) for _ in range(4)]
    typed = {f"text-{essay.round.questions[0].id}": "Xong.", "own_work": "y"}

    pages = at_once(
        windows, lambda an: an.post(f"/essays/{essay.id}/submit", revision="1", **typed, status=200)
    )

    town.db.rollback()
    receipt = town.db.scalars(select(Version)).one().receipt_code
    assert all(receipt in page.text for page in pages)


def test_of_what_is_saved_from_many_windows_nothing_is_overwritten_unseen(
    town: World, as_: SignIn
) -> None:
    essay = town.essay()
    town.db.commit()
    address, key = f"/essays/{essay.id}/draft", f"text-{essay.round.questions[0].id}"

    def type_on(numbered: tuple[int, Browser, str]) -> list[int]:
        """Save again and again, always over what was seen last; the revisions that were kept."""
        number, an, token = numbered
        seen, kept = 1, []
        for time in range(SAVES):
            answer = an.client.post(
                address,
                json={"revision": str(seen), key: f"{number}, lần {time}"},
                headers={"Accept": "application/json", "X-CSRF-Token": token},
            )
            if answer.status_code == 200:
                seen = answer.get_json()["revision"]
                kept.append(seen)
            else:
                seen += 1
        return kept

    browsers = [as_(town.an) for _ in range(4)]
    windows = [(number, an, an.token()) for number, an in enumerate(browsers)]
    kept = [revision for window in at_once(windows, type_on) for revision in window]

    town.see(essay)
    assert len(kept) >= SAVES
    assert sorted(kept) == list(range(2, essay.draft_revision + 1)), "each was kept once"


def test_who_is_refused_at_the_door_waits_for_nobody(
    app: Flask, engine: Engine, town: World, visitor: Browser
) -> None:
    essay = town.essay()
    town.db.commit()
    token = visitor.token()

    with Session(engine) as another:
        another.connection(execution_options={sqlite.WRITES: True})
        another.get_one(Essay, essay.id, with_for_update=True)
        answer = visitor.client.post(f"/essays/{essay.id}/submit", data={"csrf_token": token})

    assert answer.status_code == 401
