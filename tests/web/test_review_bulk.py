"""The chosen essays of the queue: accepted together, had as files, shared out."""

import io
import zipfile

from flask import Flask
from sqlalchemy import select

from studyhub.chores import HANDLERS
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.jobs.models import Job
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.review.assigning import Assignment
from studyhub.rounds.grading import Grading
from tests.web.conftest import SignIn
from tests.world import World


def waiting(town: World, **settings: object) -> list[Essay]:
    round_ = town.round(**settings)  # type: ignore[arg-type]
    found = [town.essay(who, round_=round_, state=State.SUBMITTED) for who in (town.an, town.lan)]
    town.db.commit()
    return found


def ticked(essays: list[Essay]) -> str:
    return "/review/chosen?" + "&".join(f"essay={essay.id}" for essay in essays)


def test_those_opened_are_accepted_and_the_others_named(town: World, as_: SignIn) -> None:
    opened, unread = waiting(town)
    binh = as_(town.binh)
    binh.visit(f"/review/{opened.id}")

    page = binh.visit(ticked([opened, unread]))
    assert "1 essay is left out" in page.text
    assert "you have not opened this version yet" in page.text
    [shown] = [one for one in page.all("input") if one.attrs.get("name") == "shown"]
    page = binh.post("/review/chosen", shown=shown["value"], status=200)

    assert "1 essay is accepted." in page.text
    town.see(opened)
    town.see(unread)
    assert (opened.state, unread.state) == (State.ACCEPTED, State.SUBMITTED)


def test_what_is_sent_unread_is_not_accepted(town: World, as_: SignIn) -> None:
    essay, _ = waiting(town)
    binh = as_(town.binh)

    page = binh.post("/review/chosen", shown=f"{essay.id}:1", status=200)

    assert "1 essay was left out" in page.text
    town.see(essay)
    assert essay.state is State.SUBMITTED


def test_without_the_band_the_page_comes_back(town: World, as_: SignIn) -> None:
    essay, _ = waiting(town, grading=Grading.BANDS)
    binh = as_(town.binh)
    binh.visit(f"/review/{essay.id}")

    page = binh.post("/review/chosen", shown=f"{essay.id}:1", status=422)
    assert "Choose a grade" in page.text
    binh.post("/review/chosen", shown=f"{essay.id}:1", grade="good", status=200)

    town.see(essay)
    assert essay.state is State.ACCEPTED


def test_nothing_chosen_says_so(town: World, as_: SignIn) -> None:
    waiting(town)

    assert "Tick the essays first" in as_(town.binh).visit("/review/chosen").text


def test_what_was_returned_leads_to_reminding(town: World, as_: SignIn) -> None:
    essay, _ = waiting(town)
    essay.state = State.RETURNED
    town.db.commit()

    page = as_(town.binh).visit(ticked([essay]))

    links = [link["href"] for link in page.all("a")]
    assert f"/reminding/{essay.round_id}/{essay.cell_id}" in links
    assert not any("extend" in link for link in links)


def test_an_archive_is_asked_for_packed_and_had(app: Flask, town: World, as_: SignIn) -> None:
    essays = waiting(town)
    binh = as_(town.binh)
    fields = {"essay": [str(essay.id) for essay in essays], "form": "pdf"}

    page = binh.post("/review/archives", status=200, **fields)
    assert "The packing begins in a few seconds." in page.text
    job = town.db.scalars(select(Job).where(Job.kind == "review.archive")).one()
    far = binh.client.get(f"/review/archives/{job.id}/progress").get_json()
    assert far["goes_on"]
    Runner(_tools(app, town), HANDLERS, ()).run_due()
    page = binh.visit(f"/review/archives/{job.id}")
    assert "2 essays are packed, counted and read back." in page.text
    answer = binh.client.get(f"/review/archives/{job.id}/file")

    assert len(zipfile.ZipFile(io.BytesIO(answer.data)).namelist()) == 3
    assert as_(town.giang).client.get(f"/review/archives/{job.id}/file").status_code == 404
    assert as_(town.giang).client.get(f"/review/archives/{job.id}").status_code == 404


def _tools(app: Flask, town: World) -> Tools:
    kept = app.extensions["studyhub"]
    engine = town.db.get_bind()
    return Tools(
        engine=engine,  # type: ignore[arg-type]
        clock=kept["clock"],
        zone=kept["zone"],
        files=kept["files"],
        settings=kept["settings"],
    )


def test_sharing_out_is_previewed_done_and_shown_in_the_queue(town: World, as_: SignIn) -> None:
    essays = waiting(town)
    binh = as_(town.binh)

    page = binh.visit(f"/review/units/{town.cell.id}/sharing")
    assert "Assign 2 essays" in page.text
    assert not town.db.scalars(select(Assignment)).all()
    page = binh.post(f"/review/units/{town.cell.id}/sharing", status=200)
    assert "2 essays are assigned." in page.text

    assert "Assigned to you" in binh.visit("/review/").text
    assert "Assigned to Phạm Hương Giang" in binh.visit("/review/").text
    town.db.rollback()
    mine = [
        one.essay_id
        for one in town.db.scalars(select(Assignment))
        if one.reviewer_id == town.binh.id
    ]
    page = binh.visit("/review/?show=mine")
    found = {essay.id for essay in essays if page.all("tr", id=f"e-{essay.id}")}
    assert found == set(mine)
    assert len(found) == 1
    page = binh.visit(f"/review/{mine[0]}?show=mine")
    assert "Essay 1 of 1" in page.text


def test_the_officer_shares_out_a_branch(town: World, as_: SignIn) -> None:
    waiting(town)

    page = as_(town.dung).visit("/review/sharing")

    assert "Đảng bộ Sở Mẫu" in page.text
    assert "Assign 2 essays" in page.text
