"""Taking the text of an essay from a file: read, checked, taken over, and the file given back."""

import io
from urllib.parse import unquote
from uuid import UUID

import pytest
from sqlalchemy import select

from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.essays import service
from studyhub.essays.models import Essay, KeptDraft
from studyhub.papers.models import Original
from tests.papers import makers
from tests.papers.old import TEXT, tcvn3
from tests.web.browser import Browser, Page
from tests.web.conftest import SignIn
from tests.world import NOW, World

LINES = ["I. Nhận thức", "Tôi nhận thức rõ.", "II. Liên hệ thực tiễn", "Ở cơ quan tôi <b>&</b>."]
NAME = "Bài thu hoạch của Đặng Thị Ửng.docx"


def send(person: Browser, essay: Essay, data: bytes, name: str = NAME, status: int = 200) -> Page:
    """Choose the file and send it."""
    file = (io.BytesIO(data), name)
    return person.post(f"/papers/{essay.id}/file", status=status, file=file)


def fields(page: Page) -> dict[str, str]:
    """What the page of checking would send, untouched."""
    form = {e["name"]: e.attrs.get("value", "") for e in page.all("input", type="hidden")}
    form |= {e["name"]: e.text for e in page.all("textarea")}
    chosen = [e for e in page.all("input", type="radio") if "checked" in e.attrs]
    form |= {e["name"]: e["value"] for e in chosen}
    form.pop("csrf_token")
    return form


def take(person: Browser, essay: Essay, form: dict[str, str], status: int = 200) -> Page:
    """Send the page of checking."""
    return person.post(f"/papers/{essay.id}/check", status=status, **form)


def hand_in(town: World, essay: Essay) -> None:
    """Hand the draft in."""
    town.see(essay)
    an, revision = town.actor(town.an), essay.draft_revision
    service.submit(town.db, essay, revision=revision, own_work=True, by=an, now=NOW)
    town.db.commit()


def draft(town: World, essay: Essay) -> list[str]:
    town.see(essay)
    return [essay.draft[str(question.id)] for question in essay.round.questions]


def test_a_file_is_laid_into_the_parts_and_taken_over(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    an = as_(town.an)

    page = send(an, essay, makers.word(LINES))

    assert [area.text for area in page.all("textarea")] == [LINES[1], LINES[3]]
    assert draft(town, essay) == ["", ""]  # shown, not kept
    take(an, essay, fields(page))
    assert draft(town, essay) == [LINES[1], LINES[3]]


def test_what_is_there_stays_unless_it_is_to_be_replaced(town: World, as_: SignIn) -> None:
    essay = town.essay(text="Đã viết.")
    town.db.commit()
    an = as_(town.an)
    form = fields(send(an, essay, makers.word(LINES)))
    first, second = (f"how-{question.id}" for question in essay.round.questions)
    assert (form[first], form[second]) == ("append", "append")

    take(an, essay, {**form, second: "replace"})

    assert draft(town, essay) == [f"Đã viết.\n\n{LINES[1]}", LINES[3]]
    kept = town.db.scalars(select(KeptDraft)).all()
    assert [set(one.draft.values()) for one in kept] == [{"Đã viết."}]


def test_what_was_corrected_is_what_is_kept(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    an = as_(town.an)
    form = fields(send(an, essay, makers.word(LINES)))
    key = f"text-{essay.round.questions[0].id}"

    take(an, essay, {**form, key: "Đã sửa\x00 tay."})

    assert draft(town, essay)[0] == "Đã sửa tay."


def test_a_draft_that_changed_meanwhile_is_shown_and_no_word_is_lost(
    town: World, as_: SignIn
) -> None:
    essay = town.essay(text="Cũ.")
    town.db.commit()
    an = as_(town.an)
    form = fields(send(an, essay, makers.word(LINES)))
    town.see(essay)
    service.keep_draft(
        town.db, essay, dict.fromkeys(essay.draft, "Mới ở máy khác."), revision=1, now=NOW
    )
    town.db.commit()
    key = f"text-{essay.round.questions[0].id}"

    page = take(an, essay, {**form, key: "Chữ tôi vừa sửa."}, status=422)

    assert page.all("textarea")[0].text == "Chữ tôi vừa sửa."
    assert "Mới ở máy khác." in page.text
    take(an, essay, fields(page))
    assert draft(town, essay)[0] == "Mới ở máy khác.\n\nChữ tôi vừa sửa."


def test_old_letters_are_said_to_have_been_converted(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    typed = [tcvn3(line) for line in TEXT.split("\n")]

    page = send(as_(town.an), essay, makers.word(typed, ".VnTime"))

    assert ".VnTime, TCVN3" in page.text
    assert page.all("textarea")[0].text == TEXT.replace("\n", "\n\n")


def test_pasted_text_is_read_too_and_has_no_file(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    an = as_(town.an)

    page = an.post(f"/papers/{essay.id}/file", status=200, pasted=tcvn3(TEXT))
    take(an, essay, fields(page))

    assert draft(town, essay)[0] == TEXT.replace("\n", "\n\n")
    assert town.db.scalars(select(Original)).all() == []


def original(town: World, an: Browser, essay: Essay, data: bytes, name: str = NAME) -> str:
    """Take a file over; the address of the file."""
    take(an, essay, fields(send(an, essay, data, name)))
    town.db.rollback()
    return f"/papers/{essay.id}/original/{town.db.scalars(select(Original)).one().id}"


def test_the_original_comes_back_byte_for_byte_under_its_name(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    data, an = makers.word(LINES), as_(town.an)
    address = original(town, an, essay, data)

    answer = an.client.get(address)

    assert answer.data == data
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    told = answer.headers["Content-Disposition"]
    assert told.startswith('attachment; filename="Bai thu hoach cua Dang Thi Ung.docx"')
    assert NAME in unquote(told)


@pytest.mark.parametrize(
    ("data", "name", "given", "type_"),
    [
        (makers.html(LINES), "a.html", "a.html.doc", "application/msword"),
        (b"T\xc3\xb4i", "..\\..\\a/\u202ex%y.exe", "x%y.exe.txt", "application/octet-stream"),
        (makers.pdf(LINES), "bài.PDF", "bài.PDF", "application/pdf"),
    ],
)
def test_a_name_that_lies_gets_an_ending_that_does_not(
    town: World, as_: SignIn, data: bytes, name: str, given: str, type_: str
) -> None:
    essay = town.essay(text="")
    town.db.commit()
    an = as_(town.an)

    answer = an.client.get(original(town, an, essay, data, name))

    assert unquote(answer.headers["Content-Disposition"]).endswith(f"''{given}")
    assert answer.headers["Content-Type"] == type_


def readings(town: World) -> list[UUID | None]:
    """Who is on record as having read it."""
    town.db.rollback()
    found = select(AuditEntry.actor_id).where(AuditEntry.deed == Deed.ESSAY_READ)
    return list(town.db.scalars(found))


def test_readers_get_the_original_once_it_is_handed_in(town: World, as_: SignIn) -> None:
    essay = town.essay(text="")
    town.db.commit()
    address = original(town, as_(town.an), essay, makers.word(LINES))
    binh = as_(town.binh)
    assert binh.client.get(address).status_code == 404
    hand_in(town, essay)

    assert binh.client.get(address).status_code == 200
    assert readings(town) == [town.binh.id]
    assert as_(town.an).client.get(address).status_code == 200
    assert as_(town.chi).client.get(address).status_code == 404
    assert readings(town) == [town.binh.id]
    assert NAME in binh.visit(f"/essays/{essay.id}").text


def test_a_file_of_another_essay_does_not_get_in(town: World, as_: SignIn) -> None:
    mine, hers = town.essay(text=""), town.essay(town.lan, text="")
    town.db.commit()
    seal = fields(send(as_(town.lan), hers, makers.word(LINES)))["original"]
    an = as_(town.an)
    form = fields(send(an, mine, makers.word(LINES)))

    page = take(an, mine, {**form, "original": seal}, status=422)

    assert "gone missing" in page.text
    assert page.all("textarea")[0].text == LINES[1]
    assert draft(town, mine) == ["", ""]
