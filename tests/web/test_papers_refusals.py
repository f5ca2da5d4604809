"""Files that are refused: with a sentence, and nothing of them kept or changed."""

import gc
from pathlib import Path

import pytest
from flask import Flask

from studyhub.essays.lifecycle import State
from tests.papers import makers
from tests.web.conftest import SignIn
from tests.web.test_papers import LINES, draft, send
from tests.world import World


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"MZ\x90\x00", "is a program"),
        (b"", "is empty"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (makers.word(LINES)[:-300], "damaged"),
        (b"a " * 160_000, "too long"),
    ],
    ids=["program", "empty", "picture", "torn", "long"],
)
def test_a_bad_file_is_refused_and_not_kept(
    town: World, as_: SignIn, app: Flask, data: bytes, says: str
) -> None:
    essay = town.essay(text="Đã viết.")
    town.db.commit()
    before = files_of(app)

    page = send(as_(town.an), essay, data, "bài.pdf", status=422)

    assert says in page.text
    assert files_of(app) == before
    assert draft(town, essay) == ["Đã viết."] * 2


def files_of(app: Flask) -> set[Path]:
    """Every file that is kept."""
    return set(app.extensions["studyhub"]["files"].root.rglob("*"))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_upload_cut_short_is_refused_and_changes_nothing(town: World, as_: SignIn) -> None:
    essay = town.essay(text="Đã viết.")
    town.db.commit()
    an = as_(town.an)
    whole = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\n\r\nPK\x03'

    status = an.client.post(
        f"/papers/{essay.id}/file",
        data=whole,
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRF-Token": an.token()},
    ).status_code

    gc.collect()  # the torn part is let go by the web framework, late and with a warning
    assert status in {400, 422}
    assert draft(town, essay) == ["Đã viết."] * 2


def test_more_than_a_request_may_hold_is_refused_with_a_sentence(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    an = as_(town.an)

    answer = an.client.post(
        f"/papers/{essay.id}/file",
        data=b"a" * (25 * 1024 * 1024 + 1),
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRF-Token": an.token()},
    )

    assert answer.status_code == 413
    assert "25 MB" in answer.text


def test_a_handed_in_essay_takes_no_file(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    town.db.commit()
    an = as_(town.an)

    page = an.visit(f"/papers/{essay.id}/file")

    assert page.all("textarea") == []
    send(an, essay, makers.word(LINES))
    assert draft(town, essay) == ["Tôi đã đọc kỹ nghị quyết."] * 2
