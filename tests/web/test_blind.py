"""A round judged blind, on every page, file and header that somebody who judges can reach."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from studyhub.accounts.models import User
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.notices.models import Kind, Notice
from studyhub.papers.kinds import Kind as FileKind
from studyhub.papers.models import Original
from studyhub.review import blind
from studyhub.rounds.grading import Grading
from studyhub.rounds.models import StudyRound
from studyhub.similarity import service as similarity
from tests.papers import photos
from tests.similarity.passages import passage
from tests.web.conftest import SignIn
from tests.web.crawled import addresses, crawl, everything_in
from tests.world import NOW, World

WORDS = "Câu này chỉ có trong bài ấy."
COPIED = passage("copied", 120)


@dataclass
class Blind:
    """An's essay in a round judged blind; Lan's beside it, with a passage both have."""

    essay: Essay
    other: Essay
    author: User

    @property
    def marks(self) -> tuple[str, ...]:
        """By these one knows that a page speaks of it."""
        version = self.essay.versions[-1]
        return (str(self.essay.id), str(version.id), blind.code(self.essay.id), WORDS)

    @property
    def names(self) -> tuple[str, ...]:
        """How its author may be called, in a text or in the name of a file."""
        return (self.author.full_name, "Nguyen Van An", "Nguyễn_Văn_An", "Nguyen_Van_An")


@pytest.fixture
def given(town: World) -> Blind:
    round_ = town.round(
        blind=True, grading=Grading.POINTS, markers=2, appeal_days=2, takes_handwriting=True
    )
    other = compared(town, town.lan, round_)
    essay = compared(town, town.an, round_)
    version = essay.versions[-1]
    version.on_behalf_by, version.received_on = town.binh.id, date(2026, 11, 24)
    version.kept_where = "Tủ của Nguyễn Văn An"
    town.db.add(
        Original(
            essay_id=essay.id,
            file_key="0" * 64,
            file_name="Nguyễn Văn An.docx",
            kind=FileKind.WORD,
            added_at=NOW,
        )
    )
    for judge in (town.binh, town.giang):
        for kind in (Kind.COMMENT_ANSWERED, Kind.ESSAY_APPEALED, Kind.ESSAY_CONTESTED):
            told(town, judge, kind, essay)
    town.db.commit()
    return Blind(essay, other, town.an)


def compared(town: World, author: User, round_: StudyRound) -> Essay:
    essay = town.essay(author, round_=round_, state=State.SUBMITTED)
    own = WORDS if author is town.an else "Câu của người khác."
    essay.versions[-1].parts = [{"title": "Nhận thức", "text": f"{own}\n\n{COPIED}"}]
    town.db.flush()
    similarity.compare(town.db, essay.versions[-1].id, now=NOW)
    return essay


def told(town: World, to: User, kind: Kind, essay: Essay) -> None:
    facts = {"person": str(essay.author_id), "cell": str(essay.cell_id)}
    town.db.add(Notice(user_id=to.id, kind=kind, subject_id=essay.id, facts=facts, at=NOW))


def tell_tales(given: Blind, seen: dict[str, TestResponse]) -> list[str]:
    """The answers that speak of the essay and name its author."""
    found = {url: everything_in(answer) for url, answer in seen.items()}
    return [
        url
        for url, text in found.items()
        if any(mark in f"{url} {text}" for mark in given.marks)
        and any(name in text for name in given.names)
    ]


@pytest.mark.parametrize("judge", ["binh", "giang"])
def test_no_page_that_a_judge_can_reach_tells_whose_it_is(
    app: Flask, town: World, as_: SignIn, given: Blind, judge: str
) -> None:
    essay, person = given.essay, as_(getattr(town, judge))
    start = ["/", "/review/", "/notices/", "/review/?show=late", f"/review/{given.other.id}"]
    cell = f"/completion/{essay.round_id}/{town.cell.id}"

    seen = crawl(person, [*start, cell, *addresses(app, essay)])

    spoken_of = [url for url, answer in seen.items() if WORDS in everything_in(answer)]
    assert COPIED[:60] in seen[f"/review/{essay.id}/similar"].get_data(as_text=True)
    assert f"/review/{essay.id}" in spoken_of
    assert f"/essays/{essay.id}/versions/1/pdf" in spoken_of
    assert f"/essays/{essay.id}/versions/1/docx" in spoken_of
    assert f"/essays/{essay.id}/versions/1/text" in spoken_of
    assert tell_tales(given, seen) == []
    named = [url for url in seen if given.author.full_name in everything_in(seen[url])]
    assert named, "the list of the cell names everybody: the crawl went so far"


def test_having_marked_first_tells_nothing_and_the_decision_tells_it(
    app: Flask, town: World, as_: SignIn, given: Blind
) -> None:
    essay, binh, giang = given.essay, as_(town.binh), as_(town.giang)
    start = ["/", "/review/", "/notices/", *addresses(app, essay)]
    code = f"Essay {blind.code(essay.id)}"
    assert binh.visit(f"/review/{essay.id}").one("h1").text == code
    binh.post(f"/review/{essay.id}/decision", version="1", points="8", status=200)
    assert tell_tales(given, crawl(binh, start)) == []

    page = giang.visit(f"/review/{essay.id}")
    page = giang.post(f"/review/{essay.id}/decision", version="1", points="7,5", status=200)

    assert "Nguyễn Văn An: The result has been sent" in page.source
    for person in (binh, giang):
        assert person.visit(f"/review/{essay.id}").one("h1").text == town.an.full_name
        assert town.an.full_name in person.visit(f"/essays/{essay.id}").text
        assert code not in person.visit("/review/").source
    file = giang.client.get(f"/essays/{essay.id}/versions/1/pdf")
    assert "Nguyen Van An" in file.headers["Content-Disposition"]
    cell = f"/completion/{essay.round_id}/{town.cell.id}"
    assert f"/essays/{essay.id}" in giang.visit(cell).source


def test_whoever_follows_without_judging_reads_as_before(
    town: World, as_: SignIn, given: Blind
) -> None:
    for person in (town.dung, town.phuc):
        page = as_(person).visit(f"/essays/{given.essay.id}")
        assert town.an.full_name in page.text
        assert WORDS in page.text


def test_a_judge_is_sent_to_the_desk(town: World, as_: SignIn, given: Blind) -> None:
    binh, essay = as_(town.binh), given.essay
    for place in ("", "/versions/1", "/versions/1/changes"):
        answer = binh.client.get(f"/essays/{essay.id}{place}")
        assert answer.location.endswith(f"/review/{essay.id}"), place
    original = town.db.scalars(select(Original.id)).one()
    binh.visit(f"/papers/{essay.id}/original/{original}", status=404)


def test_the_author_knows_that_it_is_judged_blind(town: World, as_: SignIn, given: Blind) -> None:
    page = as_(town.an).visit(f"/essays/{given.essay.id}")
    assert "This round is judged blind" in page.text


def test_somebody_else_reading_it_is_told_by_the_code(
    town: World, as_: SignIn, given: Blind
) -> None:
    as_(town.binh).visit(f"/review/{given.essay.id}")
    page = as_(town.giang).visit(f"/review/{given.essay.id}")
    assert "has been reading it since" in page.text
    assert town.an.full_name not in page.source
    assert blind.code(given.essay.id) in page.one("h1").text


def test_the_officer_sets_it_with_any_precedent(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    dung, address = as_(town.dung), f"/rounds/{round_.id}/marking"
    assert "cannot hide handwriting" in dung.visit(address).text

    dung.post(address, preset="bands", blind="y", status=200)

    town.see(round_)
    assert round_.blind
    assert "Judged blind" in dung.visit(f"/rounds/{round_.id}").text
    box = dung.visit(address).one("input", name="blind")
    assert "checked" in box.attrs
    dung.post(address, preset="bands", status=200)
    town.see(round_)
    assert not round_.blind


def test_it_is_refused_once_a_mark_stands(town: World, as_: SignIn, given: Blind) -> None:
    essay = given.essay
    as_(town.binh).post(f"/review/{essay.id}/decision", version="1", points="8", status=200)

    as_(town.dung).post(f"/rounds/{essay.round_id}/marking", preset="plain", status=422)

    town.db.rollback()
    round_ = town.db.get_one(StudyRound, essay.round_id)
    town.db.refresh(round_)
    assert round_.blind


def test_pages_written_by_hand_come_under_the_code(
    town: World, as_: SignIn, app: Flask, given: Blind
) -> None:
    version = given.essay.versions[-1]
    picture = photos.saved(photos.page(size=(600, 800)))
    key = app.extensions["studyhub"]["files"].keep(picture)
    version.pages = [{"key": key, "width": "600", "height": "800"}]
    town.db.commit()
    address = f"/papers/{given.essay.id}/versions/1/pages.pdf"

    hidden = as_(town.binh).client.get(address).headers["Content-Disposition"]
    named = as_(town.dung).client.get(address).headers["Content-Disposition"]

    assert blind.code(given.essay.id) in hidden
    assert not any(name in unquote(hidden) for name in given.names)
    assert town.an.full_name in unquote(named)
