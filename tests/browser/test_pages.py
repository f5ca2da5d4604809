"""axe-core finds nothing to object to, on any page, at 390 and 1366 px, light and dark."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, KeptDraft
from studyhub.essays.transcripts import Transcript
from studyhub.inquiries import asking
from studyhub.kernel.ids import new_uuid
from studyhub.org import petitioning
from studyhub.org import service as org
from studyhub.org.models import Appointment, Exemption, Membership, Standing
from studyhub.org.petitions import Petition, Wish
from studyhub.org.stays import Stay
from studyhub.papers.pile_models import Pile, PilePage, PileState
from studyhub.review import service as review
from studyhub.review.models import Outcome
from studyhub.rounds import extensions
from studyhub.rounds.models import StudyRound, Summons
from tests.browser.attended import attended
from tests.browser.every_page import PAGES
from tests.browser.on_the_shelf import shelved_and_calibrated
from tests.browser.people import DESK, PHONE, Person, violations
from tests.browser.taken import quizzed
from tests.fairness.decided import sample_of
from tests.recordings.films import recording
from tests.world import NOW, TODAY, World

AtWork = Callable[..., Person]


@pytest.fixture
def addresses(city: World) -> dict[str, str]:
    """The ids that stand in the addresses above."""
    round_ = city.round()
    fresh = city.round(title="Kết luận số 01-KL/TW")
    planned = city.round(is_open=False, title="Chỉ thị số 02-CT/TW")
    session = city.session(round_)
    draft = city.essay(city.an, round_=round_)
    waiting = city.essay(city.lan, round_=round_, state=State.SUBMITTED)
    returned = city.essay(city.hoa, round_=round_, state=State.SUBMITTED)
    _return(city, returned)
    compared = _compared(city, round_)
    others = {**_others(city, round_), **_more_time(city, round_), "compared": compared.id}
    others["kept"] = _kept(city, draft).id
    others |= attended(city, session)
    others |= {**quizzed(city, round_), **shelved_and_calibrated(city)}
    others |= _on_paper(city, round_, draft)
    sample = sample_of(city.db, city, round_)
    others |= {"sample": sample.id, "reread": sample.rereads[0].id}
    others["inquiry"] = asking.ask(
        city.db, session, "Đo thế nào?", identity=new_uuid(), by=city.actor(city.an), now=NOW
    ).id
    others["recording"] = recording(city, session).id
    city.db.commit()
    ids = {
        "round": round_.id, "fresh": fresh.id, "planned": planned.id, "session": session.id,
        "draft": draft.id, "waiting": waiting.id, "returned": returned.id, "cell": city.cell.id,
        "district": city.district.id, "document": round_.documents[0].document_id, **others,
    }  # fmt: skip
    return {name: str(value) for name, value in ids.items()}


def _on_paper(city: World, round_: StudyRound, essay: Essay) -> dict[str, object]:
    """A paper essay being typed; a pile with a page of nobody, and one that is sorted."""
    typed = Transcript(
        id=new_uuid(), essay=essay, draft=dict(essay.draft), begun_by=city.binh.id, begun_at=NOW,
        draft_saved_at=NOW, draft_revision=1, pages=[],
    )  # fmt: skip
    city.db.add(typed)
    piles: dict[str, object] = {}
    for name, owner in (("pile", None), ("sorted", city.giang.id)):
        pile = Pile(
            id=new_uuid(), round=round_, cell=city.cell, file_key=name, file_name=f"{name}.pdf",
            state=PileState.SORTING, page_count=1, brought_by=city.binh.id, brought_at=NOW,
        )  # fmt: skip
        pile.pages.append(PilePage(position=0, file_key=name, width=3, height=4, member_id=owner))
        city.db.add(pile)
        piles[name] = pile.id
    return {"transcript": typed.id, **piles}


def _others(city: World, round_: StudyRound) -> dict[str, object]:
    """People with something to change about them: An, an exempt, a probationer, an officer."""
    newcomer = city.person("Trần Văn Mới", city.cell, standing=Standing.PROBATIONARY)
    exemption = Exemption(id=new_uuid(), user=city.an, since=TODAY, reason="Tuổi cao", basis="")
    city.db.add(exemption)
    city.db.flush()
    mine = select(Membership.id).where(Membership.user_id == city.an.id)
    probation = select(Membership.id).where(Membership.user_id == newcomer.id)
    listed = select(Summons.id).where(Summons.round_id == round_.id, Summons.user_id == city.an.id)
    stay, petition = _asked_and_staying(city)
    post = select(Appointment.id).where(Appointment.user_id == city.dung.id)
    return {
        "membership": city.db.scalar(mine), "probation": city.db.scalar(probation),
        "summons": city.db.scalar(listed), "post": city.db.scalar(post),
        "stay": stay.id, "petition": petition.id, "exemption": exemption.id,
        "newcomer": newcomer.id, "lan": city.lan.id,
    }  # fmt: skip


def _asked_and_staying(city: World) -> tuple[Stay, Petition]:
    """Hoa is a guest of cell one, and its secretary has asked for a transfer of An."""
    stay = org.begin_stay(
        city.db, city.hoa, city.cell, since=TODAY, until=TODAY + timedelta(days=200), by=None,
        now=NOW,
    )  # fmt: skip
    mine = city.db.scalars(select(Membership).where(Membership.user_id == city.an.id)).one()
    petition = petitioning.ask(
        city.db, mine, wish=Wish.TRANSFER, since=TODAY, destination="Chi bộ Thanh tra",
        reason="Chuyển công tác", by=city.actor(city.binh), now=NOW,
    )  # fmt: skip
    return stay, petition


def _kept(city: World, essay: Essay) -> KeptDraft:
    """An earlier text of the draft."""
    text = dict.fromkeys(essay.draft, "Tôi đã xem qua.")
    kept = KeptDraft(id=new_uuid(), essay_id=essay.id, revision=0, draft=text, kept_at=NOW)
    city.db.add(kept)
    return kept


def _compared(city: World, round_: StudyRound) -> Essay:
    """Handed in twice."""
    essay = city.essay(city.giang, round_=round_, state=State.SUBMITTED)
    again = city._version(round_, "Tôi đã đọc rất kỹ.")
    again.number, essay.versions[0].reading_began_at = 2, NOW
    essay.versions.append(again)
    return essay


def _more_time(city: World, round_: StudyRound) -> dict[str, object]:
    until, dung = round_.closes_at + timedelta(days=3), city.actor(city.dung)
    given = extensions.extend_cell(
        city.db, round_, city.other_cell, until, reason="Bão số 9", by=dung, now=NOW
    )
    return {"extension": given.id}


def _return(city: World, essay: Essay) -> None:
    chi = city.actor(city.chi)
    review.comment(
        city.db, essay.versions[0], part=0, paragraph=0, text="Nêu rõ thời hạn.", by=chi, now=NOW
    )
    review.decide(
        city.db, essay, 1, outcome=Outcome.RETURN, grade=None, remark="Cần bổ sung.", by=chi,
        now=NOW + timedelta(minutes=1),
    )  # fmt: skip


@pytest.mark.parametrize("who", PAGES, ids=str)
def test_axe_objects_to_nothing(
    city: World, at_work: AtWork, addresses: dict[str, str], who: str | None
) -> None:
    person = at_work(getattr(city, who) if who else None)
    found: list[str] = []

    for path in PAGES[who]:
        person.opens(path.format(**addresses))
        for size in (DESK, PHONE):
            for scheme in ("light", "dark"):
                _show(person.page, size, scheme)
                found += [f"{size['width']} {scheme} {v}" for v in violations(person.page)]
        found += _too_wide(person.page)

    assert found == []


def _show(page: Page, size: object, scheme: str) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")


def _too_wide(page: Page) -> list[str]:
    """Whether the page scrolls sideways on a telephone."""
    wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    return [f"{page.url}: wider than the telephone"] if wide else []
