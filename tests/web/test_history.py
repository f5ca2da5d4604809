"""The history of a draft on its pages: looked through and restored by its author alone."""

from datetime import timedelta

import pytest

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, KeptDraft
from studyhub.kernel.ids import new_uuid
from studyhub.rounds.lifecycle import RoundState
from tests.statements import counted_in
from tests.web.conftest import SignIn
from tests.world import NOW, World


def kept(town: World, essay: Essay, text: str, *, age: timedelta = timedelta(minutes=5)) -> str:
    """A text the draft had; its address."""
    parts = [str(question.id) for question in essay.round.questions]
    old = KeptDraft(id=new_uuid(), essay_id=essay.id, revision=0, draft=dict.fromkeys(parts, text))
    old.kept_at, old.in_passing = NOW - age, True
    town.db.add(old)
    town.db.commit()
    return f"/essays/{essay.id}/history/{old.id}"


def test_the_list_says_when_how_long_and_what_changed_then(town: World, as_: SignIn) -> None:
    essay = town.essay(text="Tôi đã đọc kỹ")
    kept(town, essay, "Tôi đã", age=timedelta(minutes=9))
    kept(town, essay, "Tôi đã xem qua", age=timedelta(minutes=4))

    page = as_(town.an).visit(f"/essays/{essay.id}/history")

    rows = [row.text for row in page.all("li") if "Then:" in row.text]
    assert len(rows) == 2
    assert rows[0].startswith("08:56, 25/11/2026 8 words Then: +4 −4")
    assert rows[1].startswith("08:51, 25/11/2026 4 words Then: +4 Added: xem qua … xem qua")


def test_the_writing_page_leads_there(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/edit")

    assert page.one("button", value="history").text == "Earlier texts"


def test_a_draft_without_a_history_says_so(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()

    assert "No earlier text yet" in as_(town.an).visit(f"/essays/{essay.id}/history").text


def test_a_long_history_is_paged_and_asks_few_questions(town: World, as_: SignIn) -> None:
    essay = town.essay()
    for number in range(70):
        kept(town, essay, f"bản {number}", age=timedelta(minutes=number + 1))
    an = as_(town.an)

    with counted_in(an.client.application) as asked:
        page = an.visit(f"/essays/{essay.id}/history")
    older = next(link for link in page.all("a") if link.text == "Older ones")
    rest = an.visit(older["href"])

    assert len(asked) <= 12, "\n".join(asked)
    assert sum("Then:" in row.text for row in page.all("li")) == 60
    assert sum("Then:" in row.text for row in rest.all("li")) == 10
    assert "Now" not in rest.text
    an.visit(f"/essays/{essay.id}/history?before={10**30}")


def test_an_older_text_is_shown_with_what_will_happen_and_restored(
    town: World, as_: SignIn
) -> None:
    essay = town.essay(text="Tôi đã đọc kỹ")
    address = kept(town, essay, "Tôi đã xem <b>qua</b>")
    an = as_(town.an)

    page = an.visit(address)
    assert "goes into this history first" in page.text
    assert [one.text for one in page.all("del")] == ["Removed: xem <b>qua</b>"] * 2
    page = an.post(f"{address}/restore", revision="1")

    assert page.all("textarea")[0].text == "Tôi đã xem <b>qua</b>"
    assert "The text of 08:55 Wednesday, 25/11/2026 is your draft again." in page.text
    latest = an.visit(f"/essays/{essay.id}/history")
    assert "09:00, 25/11/2026 8 words replaced" in latest.text


def test_a_text_is_not_restored_over_a_newer_one(town: World, as_: SignIn) -> None:
    essay = town.essay(text="mới")
    address = kept(town, essay, "cũ")
    essay.draft_revision = 7
    town.db.commit()

    page = as_(town.an).post(f"{address}/restore", revision="6", status=422)

    assert "changed in another window" in page.text
    assert page.one("input", name="revision")["value"] == "7"
    town.see(essay)
    assert set(essay.draft.values()) == {"mới"}


def test_what_is_handed_in_is_read_but_not_restored(town: World, as_: SignIn) -> None:
    essay = town.essay(state=State.SUBMITTED)
    address = kept(town, essay, "cũ")
    an = as_(town.an)

    page = an.visit(address)
    assert not page.all("input", name="revision")
    an.post(f"{address}/restore", revision="1", status=422)

    town.see(essay)
    assert "cũ" not in essay.draft.values()


def test_a_closed_round_says_until_when_the_history_is_there(town: World, as_: SignIn) -> None:
    essay = town.essay()
    essay.round.state, essay.round.closed_at = RoundState.CLOSED, NOW - timedelta(days=1)
    town.db.commit()

    assert "deleted on 24/12/2026" in as_(town.an).visit(f"/essays/{essay.id}/history").text


@pytest.mark.parametrize("name", ["lan", "binh", "giang", "chi", "dung", "em", "phuc"])
def test_to_everybody_else_there_is_no_history(town: World, as_: SignIn, name: str) -> None:
    essay = town.essay(state=State.SUBMITTED)
    address = kept(town, essay, "cũ")
    person = as_(getattr(town, name))

    person.visit(f"/essays/{essay.id}/history", status=404)
    person.visit(address, status=404)
    person.post(f"{address}/restore", revision="1", status=404)


def test_a_text_is_found_under_its_own_essay_only(town: World, as_: SignIn) -> None:
    essay, others = town.essay(town.an), town.essay(town.lan)
    stolen = kept(town, others, "của Lan").rpartition("/")[2]

    as_(town.an).visit(f"/essays/{essay.id}/history/{stolen}", status=404)
