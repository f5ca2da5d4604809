"""The bank of a unit: kept by its officers, filled from files, nothing written before confirmed."""

import io
from typing import Any

from sqlalchemy import func, select

from studyhub.quiz.models import BankQuestion, QuestionEdition
from studyhub.quiz.workbook import workbook
from tests.quiz.questions import content, fill
from tests.quiz.test_wording import docx
from tests.web.conftest import SignIn
from tests.world import World

FORM: dict[str, Any] = {
    "part": "Nhiệm vụ",
    "kind": "multiple",
    "text": "Những việc nào?",
    "options-0": "Một",
    "options-1": "Hai",
    "options-2": "Ba",
    "key": "A, c",
    "explanation": "Vì thế.",
}


def count(town: World) -> int:
    """How many questions there are."""
    town.db.rollback()
    return town.db.scalar(select(func.count()).select_from(BankQuestion)) or 0


def test_an_officer_types_a_question_and_changes_it(town: World, as_: SignIn) -> None:
    dung, here = as_(town.dung), f"/quizzes/bank/{town.district.id}"
    dung.visit(f"{here}/new")
    page = dung.post(f"{here}/new", **FORM)
    assert "Những việc nào?" in page.text
    question = town.db.scalars(select(BankQuestion)).one()

    page = dung.visit(f"/quizzes/questions/{question.id}")
    assert page.one("input", name="key")["value"] == "A, C"
    dung.post(f"/quizzes/questions/{question.id}", **{**FORM, "key": "B", "kind": "single"})

    town.db.rollback()
    editions = town.db.scalars(select(QuestionEdition).order_by(QuestionEdition.number)).all()
    assert [(one.number, one.key, one.kind.value) for one in editions] == [
        (1, "0,2", "multiple"),
        (2, "1", "single"),
    ]


def test_a_question_without_an_answer_is_refused_with_its_words(town: World, as_: SignIn) -> None:
    dung, here = as_(town.dung), f"/quizzes/bank/{town.district.id}/new"
    dung.visit(here)

    page = dung.post(here, **{**FORM, "key": ""})

    assert page.status == 422
    assert "No right answer is marked" in page.text
    assert page.one("textarea", name="text").text == "Những việc nào?"


def test_what_is_out_of_use_can_be_used_again(town: World, as_: SignIn) -> None:
    fill(town, count=1)
    town.db.commit()
    question = town.db.scalars(select(BankQuestion)).one()
    dung, here = as_(town.dung), f"/quizzes/bank/{town.district.id}"
    dung.visit(here)

    dung.post(f"/quizzes/questions/{question.id}/retire")
    assert "The bank is empty" in dung.visit(here).text
    assert "Câu hỏi số 1" in dung.visit(f"{here}?retired=1").text
    dung.post(f"/quizzes/questions/{question.id}/restore")

    assert "Câu hỏi số 1" in dung.visit(f"{here}?q=cau hoi so").text


def test_a_word_file_is_looked_at_first_and_taken_over_then(town: World, as_: SignIn) -> None:
    data = docx(
        "Phần I. Quan điểm", "Câu 1. Một?", "A. x", [("B. y", "b")],
        "Câu 2. Hai?", "A. x", "B. y",
        "Câu 3. Ba?", "A. x", "B. y", "Đáp án: A",
    )  # fmt: skip
    dung, here = as_(town.dung), f"/quizzes/bank/{town.district.id}/import"
    dung.visit(here)

    page = dung.post(here, file=(io.BytesIO(data), "de.docx"))
    assert "No right answer is marked" in page.text
    assert count(town) == 0
    source = page.one("input", name="source")["value"]
    page = dung.post(f"{here}/apply", source=source, take=["0", "1", "2"])

    assert "2 questions are in the bank" in page.text
    assert count(town) == 2
    page = dung.post(here, file=(io.BytesIO(data), "de.docx"))
    assert page.text.count("The bank has the same question already.") == 2
    assert not any("checked" in box.attrs for box in page.all("input", name="take"))


def test_a_seal_that_was_tampered_with_takes_over_nothing(town: World, as_: SignIn) -> None:
    dung, here = as_(town.dung), f"/quizzes/bank/{town.district.id}/import"
    dung.visit(here)

    page = dung.post(f"{here}/apply", source="x.y", take=["0"])

    assert page.status == 422
    assert count(town) == 0


def test_a_bank_goes_out_and_comes_into_another(town: World, as_: SignIn) -> None:
    data = workbook([content(1), content(2)])
    dung, here = as_(town.dung), f"/quizzes/bank/{town.other_cell.id}/import"
    dung.visit(here)

    page = dung.post(here, file=(io.BytesIO(data), "ngan-hang.xlsx"))
    source = page.one("input", name="source")["value"]
    dung.post(f"{here}/apply", source=source, take=["0", "1"])

    kept = town.db.scalars(select(BankQuestion)).all()
    assert {question.unit_id for question in kept} == {town.other_cell.id}
    assert "2 questions in use" in dung.visit(f"/quizzes/bank/{town.other_cell.id}").text


def test_nobody_else_sees_a_question_with_its_answer(town: World, as_: SignIn) -> None:
    fill(town, count=1)
    town.db.commit()
    question = town.db.scalars(select(BankQuestion)).one()

    for person in (town.an, town.binh, town.phuc, town.em):
        client = as_(person).client
        assert client.get(f"/quizzes/questions/{question.id}").status_code == 404
        assert client.get(f"/quizzes/bank/{town.district.id}").status_code in {403, 404}
