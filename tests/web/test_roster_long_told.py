"""What is told of a long list while it is worked on, and to whom."""

import pytest
from flask import Flask
from sqlalchemy import event, select

from studyhub.jobs.models import Job, JobState
from studyhub.kernel.clock import StoppedClock
from studyhub.roster.waiting import Waiting
from studyhub.web.roster import dry_run
from tests.roster.makers import person
from tests.web.conftest import SignIn
from tests.web.lists import NEW, upload
from tests.web.test_roster_long import address, progress
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def _every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "FEW", 0)


def test_the_stages_are_said_with_their_rows(town: World, as_: SignIn, app: Flask) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)
    job = town.db.scalars(select(Job)).one()
    job.state, job.attempts, job.leased_until = JobState.RUNNING, 1, NOW.replace(year=2027)
    town.db.commit()
    waiting = Waiting.beside(app.extensions["studyhub"]["files"])

    waiting.note(job.id, "progress", {"stage": "comparing", "done": 12500, "of": 25000}, now=NOW)

    assert progress(em, page) == {
        "goes_on": True,
        "percent": 75,
        "said": "12,500 of 25,000 rows are compared with the register.",
    }
    assert "12,500 of 25,000 rows" in em.visit(address(page)).text


def test_a_worker_that_died_and_one_given_up_are_told_apart(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)
    job = town.db.scalars(select(Job)).one()
    job.state, job.attempts, job.leased_until = JobState.RUNNING, 1, NOW
    town.db.commit()
    clock.advance(minutes=1)

    assert "begins anew by itself" in em.visit(address(page)).text

    job.state, job.leased_until = JobState.FAILED, None
    town.db.commit()
    given_up = em.visit(address(page))
    assert "given up after several attempts" in given_up.text
    assert "Nothing was written" in given_up.text
    again = em.post(f"{address(page)}/again")
    assert "It begins in a few seconds." in again.text


def test_the_work_of_another_unit_is_not_there(town: World, as_: SignIn) -> None:
    em = as_(town.em)
    page = upload(em, town.district, NEW)
    elsewhere = address(page).replace(str(town.district.id), str(town.cell.id))

    em.visit(elsewhere, status=404)
    em.visit(f"{elsewhere}/progress", status=404)
    as_(town.dung).visit(address(page), status=403)


def test_asking_holds_nobody_up_and_writes_one_job(app: Flask, town: World, as_: SignIn) -> None:
    em = as_(town.em)
    rows = [person(f"Nguyễn {'A' * (n + 1)}", card=f"{n:012}") for n in range(60)]
    said: list[str] = []
    with app.app_context():
        engine = app.extensions["sqlalchemy"].engine
    event.listen(engine, "before_cursor_execute", lambda *told: said.append(told[2]))

    upload(em, town.district, *rows)

    assert len([one for one in said if one.startswith("INSERT INTO job ")]) == 1
    assert not [one for one in said if "user_account" in one and one.startswith("INSERT")]
