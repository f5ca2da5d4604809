"""Piles of paper essays: read in a fenced process, split by cover sheets, sorted, handed in."""

import base64
import io
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.essays import sealing
from studyhub.essays.lifecycle import State
from studyhub.essays.on_behalf import Paper
from studyhub.kernel.errors import Unfit, Untimely
from studyhub.kernel.ids import UserId
from studyhub.library.errors import Unreadable
from studyhub.papers import pile_pages, pile_reading, piles
from studyhub.papers.pile_models import Find, Pile, PilePage, PileState
from studyhub.papers.piles import Fate
from studyhub.reconciliation import service as reconciliation
from studyhub.rounds.models import Call, StudyRound, Summons
from studyhub.storage.files import FileStore
from tests.papers import piled
from tests.world import NOW, TODAY, World

KEY = "a key of the tests"
PAPER = Paper(received_on=TODAY, kept_where="Tủ hồ sơ", zone=ZoneInfo("Asia/Ho_Chi_Minh"))


def brought(db: Session, world: World, round_: StudyRound, key: str = "0" * 64) -> Pile:
    by = world.actor(world.binh)
    pile, _ = piles.bring(db, round_, world.cell, key, "chồng.pdf", by=by, now=NOW)
    return pile


def sorting(
    db: Session, world: World, round_: StudyRound, *owners: User | None
) -> tuple[Pile, list[PilePage]]:
    """A pile whose pages have been read, one of each owner."""
    pile = brought(db, world, round_)
    pile.state = PileState.SORTING
    for place, owner in enumerate(owners):
        page = PilePage(position=place, file_key=f"{place}" * 64, width=10, height=14)
        page.member_id = UserId(owner.id) if owner else None
        page.find, page.is_left_out = Find.PAGE, False
        pile.pages.append(page)
    db.flush()
    return pile, pile.pages


def read(db: Session, pile: Pile, data: bytes, tmp_path: Path) -> None:
    """As the job does it, in the transaction of the test."""
    files = FileStore(tmp_path)
    count = pile_reading.ask("count", data)["count"]
    done = 0
    while done < count:
        done, turn = pile_reading._so_far(pile)
        made = pile_reading.ask(f"pages-{done}-{done + 2}-{turn}", data)["pages"]
        told = [(page, files.keep(base64.b64decode(page["jpeg"]))) for page in made]
        pile_reading._add(db, pile, told, KEY)
        done += len(made)
    pile.state = PileState.SORTING
    db.flush()


def test_a_pile_is_split_by_its_sheets_whatever_the_scanner_did(
    db: Session, world: World, round_: StudyRound, tmp_path: Path
) -> None:
    elsewhere = world.round(title="Đợt khác", takes_handwriting=True)
    pile = brought(db, world, round_)
    data = piled.scanned(
        [
            piled.page(),
            piled.noisy(piled.cover(KEY, round_, world.an)),
            piled.blank(),
            piled.page(),
            *piled.turned([piled.cover(KEY, round_, world.lan), piled.page(), piled.page()]),
            piled.crooked(piled.cover(KEY, round_, world.giang)),
            piled.page(),
            piled.cover(KEY, round_, world.hoa),
            piled.page(),
            piled.cover(KEY, elsewhere, world.an),
            piled.cover("another key", round_, world.an),
        ]
    )

    read(db, pile, data, tmp_path)

    told = [(page.find, page.member_id) for page in pile.pages]
    an, lan, giang = world.an.id, world.lan.id, world.giang.id
    assert told == [
        (Find.PAGE, None),
        (Find.COVER, an),
        (Find.BLANK, an),
        (Find.PAGE, an),
        (Find.COVER, lan),
        (Find.PAGE, lan),
        (Find.PAGE, lan),
        (Find.COVER, giang),
        (Find.PAGE, giang),
        (Find.OTHER_CELL, None),
        (Find.PAGE, None),
        (Find.OTHER_ROUND, None),
        (Find.UNKNOWN, None),
    ]
    assert [page.position for page in pile.pages if page.waits] == [0, 10]
    assert {page.position: page.turn for page in pile.pages if page.turn} == {
        4: 180,
        5: 180,
        6: 180,
    }


def test_an_upside_down_page_comes_out_upright() -> None:
    marked = piled.page()
    marked.paste(0, (100, 40, 1100, 80))

    made = pile_pages._page(marked.rotate(180), 180)
    picture = Image.open(io.BytesIO(base64.b64decode(str(made["jpeg"]))))
    high, low = picture.crop((200, 40, 1000, 100)), picture.crop((200, 1654, 1000, 1714))
    assert sum(high.tobytes()) < sum(low.tobytes())


@pytest.mark.parametrize("data", [b"", b"MZ not a pdf", b"%PDF-1.4 broken"])
def test_what_is_not_a_pile_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        pile_reading.ask("count", data)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pile_pages, "MOST_PAGES", 1)

    with pytest.raises(Unreadable, match="2 pages"):
        pile_pages.count(piled.scanned([piled.blank(), piled.blank()]))


def test_the_same_file_is_the_same_pile(db: Session, world: World, round_: StudyRound) -> None:
    by = world.actor(world.giang)
    first = brought(db, world, round_)

    again, is_new = piles.bring(db, round_, world.cell, "0" * 64, "khác.pdf", by=by, now=NOW)

    assert (again, is_new) == (first, False)


def test_a_round_without_handwriting_takes_no_piles(db: Session, world: World) -> None:
    with pytest.raises(Unfit):
        brought(db, world, world.round())


def test_all_are_handed_in_by_one_deed_and_the_figures_agree(
    db: Session, world: World, round_: StudyRound
) -> None:
    pile, pages = sorting(db, world, round_, world.an, world.lan, world.an, None)
    piles.leave_out(pile, [pages[3].id])
    by = world.actor(world.binh)

    made = piles.hand_in(db, pile, PAPER, by=by, now=NOW)
    db.flush()

    assert [len(version.pages) for version in made] == [2, 1]
    assert {version.on_behalf_by for version in made} == {world.binh.id}
    assert {version.essay.state for version in made} == {State.SUBMITTED}
    assert pile.state is PileState.HANDED_IN
    assert piles.hand_in(db, pile, PAPER, by=by, now=NOW) == []
    assert not list(reconciliation.differences(db, round_))
    assert not list(sealing.faults(db))


def test_a_page_of_nobody_stops_the_deed(db: Session, world: World, round_: StudyRound) -> None:
    pile, pages = sorting(db, world, round_, world.an, None)
    by = world.actor(world.binh)

    with pytest.raises(Untimely):
        piles.hand_in(db, pile, PAPER, by=by, now=NOW)

    piles.assign(pile, [pages[1].id], world.lan.id, among={world.lan.id})
    assert len(piles.hand_in(db, pile, PAPER, by=by, now=NOW)) == 2


def test_who_has_handed_in_is_skipped_and_who_is_exempt_is_not(
    db: Session, world: World, round_: StudyRound
) -> None:
    world.essay(world.an, round_=round_, state=State.SUBMITTED)
    pile, _ = sorting(db, world, round_, world.an, world.lan, world.binh)
    summons = db.query(Summons).filter_by(round_id=round_.id, user_id=world.lan.id).one()
    summons.call, summons.reason = Call.EXEMPT, "Tuổi cao"
    db.flush()
    by = world.actor(world.binh)

    found = piles.fates(piles.bundles(db, pile), by)
    made = piles.hand_in(db, pile, PAPER, by=by, now=NOW)

    assert [(one.summons.user, one.fate, one.is_exempt) for one in found] == [
        (world.an, Fate.HAS_ESSAY, False),
        (world.binh, Fate.OWN, False),
        (world.lan, Fate.HAND_IN, True),
    ]
    assert [version.essay.author for version in made] == [world.lan]
