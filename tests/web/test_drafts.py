"""Saving while one writes: by script, by hand, and from two windows."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.models import Essay, KeptDraft
from tests.statements import counted_in
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.world import World


def fields(essay: Essay, *texts: str) -> dict[str, str]:
    """What the form sends for these texts."""
    keys = [str(question.id) for question in essay.round.questions]
    return {f"text-{key}": text for key, text in zip(keys, texts, strict=False)}


def fresh(town: World) -> Session:
    """The database as it is now: what the test looked at before is forgotten."""
    town.db.rollback()
    return town.db


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

    key = str(essay.round.questions[0].id)
    assert page.one("input", name=f"text-{key}")["value"] == "from the desk"
    assert [choice["value"] for choice in page.all("input", type="radio")] == [
        "mine", "theirs", "both",
    ]  # fmt: skip
    assert "from the phone" in page.text
    assert page.one("input", name="revision")["value"] == "5"

    page = an.post(
        f"/essays/{essay.id}/settle",
        revision="5",
        **fields(essay, "from the desk", "from the phone"),
        **{f"pick-{key}.0": "mine"},
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
        **{f"pick-{key}.0": "theirs"},
        status=200,
    )

    town.see(essay)
    assert essay.draft[key] == "from the phone"
    assert fresh(town).scalars(select(KeptDraft)).one().draft[key] == "from the desk"


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


@pytest.mark.parametrize(
    ("button", "leads_to"), [("file", "/file"), ("pages", "/pages"), ("history", "/history")]
)
def test_what_was_typed_is_saved_on_the_way_elsewhere(
    town: World, as_: SignIn, button: str, leads_to: str
) -> None:
    essay = town.essay(round_=town.round(takes_handwriting=True))
    town.db.commit()

    page = as_(town.an).post(
        f"/essays/{essay.id}/draft",
        revision="1",
        do=button,
        **fields(essay, "đang viết"),
        status=200,
    )

    town.see(essay)
    assert page.answer.request.path.endswith(f"/{essay.id}{leads_to}")
    assert essay.draft[str(essay.round.questions[0].id)] == "đang viết"


def test_without_script_enter_in_the_search_searches(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    first = next(one for one in page.all("button") if one.attrs.get("name") == "do")
    assert (first["name"], first["value"]) == ("do", "find")


def test_what_was_refused_but_saved_is_called_saved(town: World, as_: SignIn) -> None:
    essay = town.essay(round_=town.round(min_syllables=100))
    town.db.commit()
    an = as_(town.an)

    page = an.post(
        f"/essays/{essay.id}/submit", revision="1", **fields(essay, "a", "b"), status=422
    )
    assert "data-unsaved" not in page.one("form", id="essay").attrs
    page = an.post(
        f"/essays/{essay.id}/draft", revision="2", **fields(essay, "x" * 300_001, "b"), status=422
    )

    assert "data-unsaved" in page.one("form", id="essay").attrs
    assert len(page.all("textarea")[0].text) == 300_001
