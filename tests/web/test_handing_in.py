"""Preview, statement, receipt; two versions side by side; the version as text."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays import at_deadline, service
from studyhub.essays.models import Essay, Version
from studyhub.essays.text import content_hash
from studyhub.kernel.clock import StoppedClock
from studyhub.rounds import extensions
from studyhub.rounds.models import LatePolicy, Summons
from tests.web.conftest import SignIn
from tests.world import NOW, World


def typed(essay: Essay, *texts: str) -> dict[str, str]:
    return {
        f"text-{question.id}": text
        for question, text in zip(essay.round.questions, texts, strict=False)
    }


def versions(town: World) -> list[Version]:
    town.db.rollback()
    with Session(town.db.get_bind()) as db:
        return list(db.scalars(select(Version).order_by(Version.number)))


def test_the_preview_shows_it_as_it_will_be_read_and_hands_nothing_in(
    town: World, as_: SignIn
) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/submit", revision="1", **typed(essay, "Một\nHai", "Ba"), status=200
    )

    assert [p.text for p in page.all("p") if p.text in {"Một", "Hai", "Ba"}] == ["Một", "Hai", "Ba"]
    assert versions(town) == []
    town.see(essay)
    assert "Ba" in essay.draft.values()


def test_without_the_tick_the_preview_says_what_is_missing(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).post(f"/essays/{essay.id}/submit", revision="1", status=422)

    assert "Tick that the essay is your own work" in page.text
    assert versions(town) == []


def test_a_text_that_was_not_previewed_is_not_handed_in(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    an.visit(f"/essays/{essay.id}/preview")
    an.post(f"/essays/{essay.id}/draft", revision="1", **typed(essay, "Khác hẳn"), status=200)

    page = an.post(f"/essays/{essay.id}/submit", revision="1", own_work="y", status=422)

    assert "changed in another window" in page.text
    assert "Khác hẳn" in page.text
    assert versions(town) == []


def test_a_repeat_from_the_preview_leads_to_the_same_receipt(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)

    pages = [
        an.post(f"/essays/{essay.id}/submit", revision="1", own_work="y", status=200)
        for _ in range(2)
    ]

    code = versions(town)[0].receipt_code
    assert all(code in page.text for page in pages)
    assert len(versions(town)) == 1


def test_the_receipt_says_how_early_and_has_the_seal(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    essay = town.essay(round_=town.round(closes_in=timedelta(hours=5)))
    town.db.commit()
    clock.advance(minutes=90)

    page = as_(town.an).post(f"/essays/{essay.id}/submit", revision="1", own_work="y", status=200)

    assert "3 hours 30 minutes before the deadline" in page.text
    assert "Seal" in page.text


def test_whoever_has_more_time_sees_their_own_deadline(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(late_policy=LatePolicy.REFUSE))
    listed = select(Summons).where(Summons.user_id == town.an.id)
    until = NOW + timedelta(days=20)
    summons = town.db.scalars(listed).one()
    dung = town.actor(town.dung)
    extensions.extend_person(town.db, summons, until, reason="Ốm", by=dung, now=NOW)
    town.db.commit()
    an = as_(town.an)

    places = ("/", "/essays/", f"/essays/{essay.id}", f"/essays/{essay.id}/edit")
    for place in (*places, f"/rounds/{essay.round_id}"):
        assert "15/12/2026" in an.visit(place).text, place


def test_a_draft_handed_in_by_rule_is_marked_for_author_and_reader(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    essay = town.essay(round_=town.round(hands_in_drafts=True))
    clock.advance(days=4, seconds=30)
    assert at_deadline.apply_rule(town.db, essay, now=clock.moment)
    town.db.commit()

    told = as_(town.an).visit(f"/essays/{essay.id}/receipt/1").text

    assert "Handed in for you by the system" in told
    for place in (f"/essays/{essay.id}", f"/review/{essay.id}"):
        assert "Handed in by the system for its author" in as_(town.binh).visit(place).text


def twice(town: World) -> Essay:
    essay = town.essay(text="Tôi đã đọc.\nCâu này sẽ mất.")
    an = town.actor(town.an)
    service.submit(town.db, essay, revision=1, own_work=True, by=an, now=NOW)
    essay.versions[0].reading_began_at = NOW
    essay.state, essay.submitted_at = essay.state.RETURNED, None
    words = dict.fromkeys(essay.draft, "Tôi đã đọc kỹ.\nCâu này mới đến.")
    service.hand_in(town.db, essay, words, revision=1, own_work=True, by=an, now=NOW)
    town.db.commit()
    return essay


def test_two_versions_stand_side_by_side_for_author_and_reader(town: World, as_: SignIn) -> None:
    essay = twice(town)

    for person in (town.an, town.binh):
        page = as_(person).visit(f"/essays/{essay.id}/versions/2/changes")
        assert page.all("ins")
        assert page.all("del")
        assert "Câu này" in page.text
    as_(town.hoa).visit(f"/essays/{essay.id}/versions/2/changes", status=404)
    as_(town.an).visit(f"/essays/{essay.id}/versions/1/changes", status=404)


def test_the_text_that_is_taken_along_has_the_hash_of_the_receipt(town: World, as_: SignIn) -> None:
    essay = twice(town)
    an = as_(town.an)

    answer = an.client.get(f"/essays/{essay.id}/versions/2/text")

    version = versions(town)[1]
    assert content_hash(version.parts) == version.content_hash
    assert answer.mimetype == "text/plain"
    assert f"{version.receipt_code}.txt" in answer.headers["Content-Disposition"]
    visitor = an.post(
        "/check", code=version.receipt_code, text=answer.get_data(as_text=True), status=200
    )
    assert "Text and code agree." in visitor.text
