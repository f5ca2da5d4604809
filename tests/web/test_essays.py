"""Writing and handing in, as people do it."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, KeptDraft, Version
from studyhub.kernel.clock import StoppedClock
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import NOW, World


def fields(essay: Essay, *texts: str) -> dict[str, str]:
    """What the form sends for these texts."""
    keys = [str(question.id) for question in essay.round.questions]
    return {f"text-{key}": text for key, text in zip(keys, texts, strict=False)}


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


def test_a_member_begins_writes_and_hands_in(town: World, as_: SignIn) -> None:
    round_ = town.round()
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/essays/new/{round_.id}")
    assert "Liên hệ thực tiễn" in page.text
    page = an.post(f"/essays/new/{round_.id}", status=200)
    essay = fresh(town).scalars(select(Essay)).one()
    assert len(page.all("textarea")) == 2

    page = an.post(
        f"/essays/{essay.id}/draft",
        revision="0",
        do="save",
        **fields(essay, "Tôi đã đọc kỹ.", ""),
        status=200,
    )
    assert "Saved at 09:00" in page.text
    assert page.one("input", name="revision")["value"] == "1"

    page = an.post(
        f"/essays/{essay.id}/submit",
        revision="1",
        **fields(essay, "Tôi đã đọc kỹ.", "Tôi sẽ làm theo."),
        status=200,
    )
    version = fresh(town).scalars(select(Version)).one()
    assert version.receipt_code in page.text
    assert version.syllables == 8
    assert "before the deadline" in page.text


def test_what_is_asked_is_told_before_one_begins(town: World, as_: SignIn) -> None:
    round_ = town.round(min_syllables=500, max_syllables=1500)
    town.db.commit()

    page = as_(town.an).visit(f"/essays/new/{round_.id}")

    assert "From 500 to 1,500 words." in page.text
    assert fresh(town).scalars(select(Essay)).all() == []


def test_whoever_has_begun_goes_on(town: World, as_: SignIn) -> None:
    essay = town.essay(text="Đã viết một đoạn.")
    town.db.commit()

    page = as_(town.an).visit(f"/essays/new/{essay.round_id}")

    assert [area.text for area in page.all("textarea")] == ["Đã viết một đoạn."] * 2


def test_my_essays_stand_together(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.round(title="Kết luận 01")
    town.db.commit()

    page = as_(town.an).visit("/essays/")

    assert "Nghị quyết số 52-NQ/TW Awaiting review" in page.text
    assert "Kết luận 01 Not started" in page.text
    assert page.one("a", href=f"/essays/{essay.id}/versions/1").text == "Version 1"


def test_nobody_summoned_has_nothing_to_write(town: World, as_: SignIn) -> None:
    page = as_(town.dung).visit("/essays/")

    assert "No essay to write" in page.text


def test_every_word_comes_back_from_the_server_as_typed(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    odd = '\nDòng đầu trống\n\n  <b>thẻ</b> & "nháy" 🙂\n'
    an = as_(town.an)

    an.post(f"/essays/{essay.id}/draft", revision="1", **fields(essay, odd), status=200)

    page = an.visit(f"/essays/{essay.id}/edit")
    assert page.all("textarea")[0].text == odd


def test_the_script_gets_the_new_revision(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)

    answer = an.client.post(
        f"/essays/{essay.id}/draft",
        data={"revision": "1", **fields(essay, "mới")},
        headers={"Accept": "application/json", "X-CSRF-Token": an.token()},
    )

    assert answer.get_json() == {"revision": 2, "saved": "Saved at 09:00"}
    town.see(essay)
    assert essay.draft[str(essay.round.questions[0].id)] == "mới"


def test_the_script_is_told_of_a_conflict_and_nothing_changes(town: World, as_: SignIn) -> None:
    essay = town.essay(text="from the phone")
    essay.draft_revision = 5
    town.db.commit()
    an = as_(town.an)

    answer = an.client.post(
        f"/essays/{essay.id}/draft",
        data={"revision": "4", **fields(essay, "from the desk")},
        headers={"Accept": "application/json", "X-CSRF-Token": an.token()},
    )

    assert answer.status_code == 409
    assert "another window" in answer.get_json()["error"]
    town.see(essay)
    assert essay.draft_revision == 5


def test_the_script_is_told_when_the_visit_has_ended(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    person = Browser(an.client.application.test_client())

    answer = person.client.post(
        f"/essays/{essay.id}/draft",
        data={"revision": "1", **fields(essay, "mới")},
        headers={"Accept": "application/json", "X-CSRF-Token": person.token()},
    )

    assert answer.status_code == 401
    assert answer.get_json()["error"] == "Sign in to continue."


def test_autosave_stays_cheap(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    headers = {"Accept": "application/json", "X-CSRF-Token": an.token()}
    data = {"revision": "1", **fields(essay, "mới", "mới nữa")}

    with counted_in(an.client.application) as asked:
        an.client.post(f"/essays/{essay.id}/draft", data=data, headers=headers)

    assert sum(one.startswith("UPDATE") for one in asked) == 1
    assert len(asked) <= 7, "\n".join(asked)


def test_a_stale_window_sees_both_texts_and_loses_neither(town: World, as_: SignIn) -> None:
    essay = town.essay(text="from the phone")
    essay.draft_revision = 5
    town.db.commit()
    an = as_(town.an)

    page = an.post(
        f"/essays/{essay.id}/draft",
        revision="4",
        **fields(essay, "from the desk", "from the phone"),
        status=409,
    )

    assert [area.text for area in page.all("textarea")] == ["from the desk", "from the phone"]
    assert page.text.count("Which text for") == 1
    assert page.one("div", class_="doc other").text == "from the phone"
    assert page.one("input", name="revision")["value"] == "5"

    key = str(essay.round.questions[0].id)
    page = an.post(
        f"/essays/{essay.id}/settle",
        revision="5",
        **fields(essay, "from the desk", "from the phone"),
        **{f"take-{key}": "mine"},
        status=200,
    )

    town.see(essay)
    kept = fresh(town).scalars(select(KeptDraft)).one()
    assert essay.draft[key] == "from the desk"
    assert kept.draft[key] == "from the phone"
    assert "put aside" in page.text


def test_the_other_text_can_be_taken(town: World, as_: SignIn) -> None:
    essay = town.essay(text="from the phone")
    town.db.commit()
    key = str(essay.round.questions[0].id)

    as_(town.an).post(
        f"/essays/{essay.id}/settle",
        revision="1",
        **fields(essay, "from the desk"),
        **{f"take-{key}": "theirs"},
        status=200,
    )

    town.see(essay)
    assert essay.draft[key] == "from the phone"
    assert fresh(town).scalars(select(KeptDraft)).one().draft[key] == "from the desk"


def test_a_refused_essay_comes_back_with_every_word(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(min_syllables=100), text="from the phone")
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/submit",
        revision="1",
        **fields(essay, "from the desk", "two"),
        status=422,
    )

    assert [area.text for area in page.all("textarea")] == ["from the desk", "two"]
    assert "96 more are needed" in page.text
    assert page.one("title").text.startswith("Error:")
    assert page.one("input", name="revision")["value"] == "2"
    town.see(essay)
    assert essay.state is State.DRAFT
    assert essay.draft[str(essay.round.questions[1].id)] == "two"


def test_an_essay_handed_in_elsewhere_gives_the_words_back(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/submit", revision="1", **fields(essay, "other"), status=422
    )

    assert page.all("textarea")[0].text == "other"
    assert "already been handed in" in page.text


def test_a_double_click_leads_to_one_receipt(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    words = fields(essay, "một hai ba", "bốn")

    first = an.post(f"/essays/{essay.id}/submit", revision="1", **words, status=200)
    second = an.post(f"/essays/{essay.id}/submit", revision="1", **words, status=200)

    assert first.one("p", class_="big code-out").text == second.one("p", class_="big code-out").text
    assert fresh(town).scalars(select(Version.number)).all() == [1]


def test_without_script_the_search_saves_first(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/draft",
        revision="1",
        do="find",
        q="cach tiep can",
        **fields(essay, "đang viết"),
        status=200,
    )

    assert page.all("textarea")[0].text == "đang viết"
    assert [mark.text for mark in page.all("mark")] == ["cách tiếp cận", "cách tiếp cận"]
    assert page.one("input", name="q")["value"] == "cach tiep can"


def test_the_receipt_has_a_code_to_be_photographed(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/essays/{essay.id}/receipt/1")
    picture = an.client.get(page.one("img", class_="qr")["src"])

    assert "0000 0000 0000" in page.text
    assert (picture.status_code, picture.mimetype) == (200, "image/svg+xml")
    assert b"style" not in picture.data


def test_an_essay_is_taken_back_until_somebody_reads_it(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    an = as_(town.an)

    assert "stay on record" in an.visit(f"/essays/{essay.id}/withdraw").text
    an.post(f"/essays/{essay.id}/withdraw", status=200)

    town.see(essay)
    assert essay.state is State.DRAFT
    as_(town.binh).visit(f"/essays/{essay.id}", status=404)
    as_(town.binh).visit(f"/review/{essay.id}", status=404)


def test_what_is_being_read_stays_with_the_cell(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    as_(town.binh).visit(f"/review/{essay.id}")
    an = as_(town.an)

    assert "can no longer be taken back" in an.visit(f"/essays/{essay.id}").text
    page = an.post(f"/essays/{essay.id}/withdraw", status=200)

    assert "being read already" in page.text
    town.see(essay)
    assert essay.state is State.SUBMITTED


def test_what_is_handed_in_is_not_edited(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert "What comes next" in page.text
    assert "Secretary Lê Quang Bình" in page.text


def test_a_reading_by_another_is_on_record_and_changes_nothing(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED, text="Chỉ một đoạn.")
    town.db.commit()

    page = as_(town.phuc).visit(f"/essays/{essay.id}")
    as_(town.phuc).visit(f"/essays/{essay.id}/versions/1")

    assert "Chỉ một đoạn." in page.text
    read = fresh(town).scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)).all()
    assert [(one.actor_id, one.subject_id) for one in read] == [(town.phuc.id, essay.id)] * 2
    town.see(essay.versions[0])
    assert essay.versions[0].reading_began_at is None


def test_the_authors_own_reading_is_nobodys_business(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.an).visit(f"/essays/{essay.id}")
    as_(town.an).visit(f"/essays/{essay.id}/versions/1")

    read = select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)
    assert fresh(town).scalars(read).all() == []


@pytest.mark.parametrize("path", ["", "/edit", "/versions/1", "/receipt/1", "/withdraw"])
def test_a_stranger_does_not_learn_that_the_essay_exists(
    town: World, as_: SignIn, path: str
) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.chi).visit(f"/essays/{essay.id}{path}", status=404)


@pytest.mark.parametrize("path", ["/edit", "/receipt/1", "/withdraw"])
def test_a_reader_does_not_write(town: World, as_: SignIn, path: str) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()

    as_(town.phuc).visit(f"/essays/{essay.id}{path}", status=403)


def test_a_draft_is_seen_by_nobody_else(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    for person in (town.binh, town.giang, town.dung, town.phuc, town.em):
        as_(person).visit(f"/essays/{essay.id}", status=404)


def test_after_the_last_moment_the_draft_can_be_saved_but_not_handed_in(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    essay = town.essay()
    town.db.commit()
    clock.advance(days=9)
    an = as_(town.an)

    page = an.visit(f"/essays/{essay.id}/edit")
    assert "takes no more essays" in page.text
    assert not page.all("button", value="submit")
    an.post(f"/essays/{essay.id}/draft", revision="1", **fields(essay, "còn nữa"), status=200)

    town.see(essay)
    assert essay.draft_revision == 2


def test_the_marks_follow(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    as_(town.an).post(f"/essays/{essay.id}/submit", revision="1", **fields(essay, "a"), status=200)

    mark = fresh(town).scalars(select(Progress.essay).where(Progress.essay != "none")).one()
    assert mark == "submitted"
    town.see(essay)
    assert essay.submitted_at == NOW
