"""A pile of paper essays: brought, read in the background, sorted, handed in."""

import io

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from studyhub.chores import HANDLERS
from studyhub.essays.models import Version
from studyhub.jobs.models import Job, JobState
from studyhub.jobs.runner import Runner
from studyhub.jobs.work import Tools
from studyhub.papers.pile_models import Pile, PileState
from studyhub.rounds.models import StudyRound
from tests.papers import piled
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World

KEY = "test"


@pytest.fixture
def round_(town: World) -> StudyRound:
    made = town.round(takes_handwriting=True)
    town.db.commit()
    return made


@pytest.fixture
def runner(app: Flask) -> Runner:
    """Whoever does the background work, when it is told to."""
    parts = app.extensions["studyhub"]
    with app.app_context():
        tools = Tools(
            engine=app.extensions["sqlalchemy"].engine,
            clock=parts["clock"],
            zone=parts["zone"],
            files=parts["files"],
            settings=parts["settings"],
        )
    return Runner(tools, HANDLERS, [])


def bring(person: Browser, where: str, data: bytes) -> str:
    """Send the file; the address of the page that answers."""
    page = person.post(f"{where}/piles", pile=(io.BytesIO(data), "Chồng bài.pdf"))
    return str(page.answer.request.path)


def test_from_the_scanner_to_the_essays_of_three(
    town: World, as_: SignIn, round_: StudyRound, runner: Runner
) -> None:
    binh, where = as_(town.binh), f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    data = piled.scanned(
        [
            piled.page(),
            piled.cover(KEY, round_, town.an),
            piled.page(),
            *piled.turned([piled.cover(KEY, round_, town.lan), piled.page()]),
        ]
    )

    pile_page = bring(binh, where, data)
    assert "The pile is being read" in binh.visit(pile_page).text
    runner.run_due()
    shown = binh.visit(pile_page).text
    assert "1 page waits to be sorted." in shown
    pile = town.db.scalars(select(Pile)).one()
    binh.post(f"{pile_page}/hand-in", received_on="25/11/2026", kept_where="Tủ", status=422)
    binh.post(
        f"{pile_page}/sort",
        do="assign",
        member=str(town.giang.id),
        page=str(pile.pages[0].id),
    )
    whole = binh.client.get(f"{pile_page}/pages/{pile.pages[0].id}").data
    thumbnail = binh.client.get(f"{pile_page}/pages/{pile.pages[0].id}?small=1").data
    assert thumbnail.startswith(b"\xff\xd8")
    assert len(thumbnail) * 4 < len(whole)
    confirm = binh.visit(f"{pile_page}/hand-in").text
    assert "3 essays will be handed in" in confirm
    binh.post(f"{pile_page}/hand-in", received_on="25/11/2026", kept_where="Tủ")

    town.see(pile)
    assert pile.state is PileState.HANDED_IN
    made = town.db.scalars(select(Version)).all()
    assert {version.essay.author_id for version in made} == {
        town.an.id,
        town.lan.id,
        town.giang.id,
    }
    assert "Handed in on" in binh.visit(pile_page).text
    assert bring(binh, where, data) == pile_page


def test_a_broken_file_says_so_and_stays_findable(
    town: World, as_: SignIn, round_: StudyRound, runner: Runner
) -> None:
    binh, where = as_(town.binh), f"/papers/cells/{town.cell.id}/rounds/{round_.id}"

    pile_page = bring(binh, where, b"%PDF-1.4 broken")
    runner.run_due()

    assert "The pile could not be read." in binh.visit(pile_page).text
    assert pile_page in [link.attrs.get("href") for link in binh.visit(where).all("a")]


def test_what_is_no_pdf_is_refused_at_once(town: World, as_: SignIn, round_: StudyRound) -> None:
    binh, where = as_(town.binh), f"/papers/cells/{town.cell.id}/rounds/{round_.id}"

    for data in (b"", b"MZ program"):
        assert bring(binh, where, data) == where

    assert town.db.scalars(select(Pile)).all() == []


def test_a_pile_is_of_its_cell_alone(town: World, as_: SignIn, round_: StudyRound) -> None:
    where = f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    pile_page = bring(as_(town.binh), where, b"%PDF-1.4 x")

    for person in (town.chi, town.an, town.dung, town.em):
        as_(person).visit(pile_page, status=404)
    as_(town.giang).visit(pile_page)


def test_a_large_pile_is_taken_where_nothing_else_so_large_is(
    town: World, as_: SignIn, round_: StudyRound, app: Flask
) -> None:
    where = f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    data = b"%PDF-1.4 " + b"x" * (app.config["MAX_CONTENT_LENGTH"] + 10)

    assert "/papers/piles/" in bring(as_(town.binh), where, data)


def test_a_page_that_lies_upside_down_is_turned_by_hand(
    town: World, as_: SignIn, round_: StudyRound, runner: Runner
) -> None:
    binh, where = as_(town.binh), f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    pile_page = bring(binh, where, piled.scanned([piled.page()]))
    runner.run_due()
    page = town.db.scalars(select(Pile)).one().pages[0]
    before = binh.client.get(f"{pile_page}/pages/{page.id}").data

    shown = binh.post(f"{pile_page}/sort", do="turn right", page=str(page.id))

    assert "1 page is turned." in shown.text
    turned = Image.open(io.BytesIO(binh.client.get(f"{pile_page}/pages/{page.id}").data))
    assert turned.size == Image.open(io.BytesIO(before)).size[::-1]
    assert "Choose at least one page." in binh.post(f"{pile_page}/sort", do="turn over").text


def test_a_pile_that_was_thrown_away_while_it_waits_is_read_no_more(
    town: World, as_: SignIn, round_: StudyRound, runner: Runner
) -> None:
    binh, where = as_(town.binh), f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    pile_page = bring(binh, where, piled.scanned([piled.page()]))
    assert "The same file can be sent again." in binh.visit(f"{pile_page}/throw-away").text

    said = binh.post(f"{pile_page}/throw-away")
    runner.run_due()

    assert "The pile is thrown away." in said.text
    assert town.db.scalars(select(Pile)).all() == []
    assert {(job.state, job.error) for job in town.db.scalars(select(Job))} == {(JobState.DONE, "")}
    binh.visit(pile_page, status=404)


def test_the_page_of_the_round_leads_to_the_papers_of_the_cell(
    town: World, as_: SignIn, round_: StudyRound
) -> None:
    where = f"/papers/cells/{town.cell.id}/rounds/{round_.id}"

    def leads(person: Browser) -> bool:
        links = person.visit(f"/rounds/{round_.id}").all("a")
        return where in [link.attrs.get("href") for link in links]

    assert leads(as_(town.binh))
    assert not leads(as_(town.an))
