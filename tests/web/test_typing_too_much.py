"""Typing on behalf: what is too long is refused beside its field, and nothing of it is lost."""

from typing import Any

from sqlalchemy import select

from studyhub.essays.transcripts import Transcript
from tests.web.conftest import SignIn
from tests.world import World

TOO_LONG = "Tôi nhận thức rõ " * 25_000


def test_100_000_words_come_back_whole_and_the_script_is_told_of_the_field(
    town: World, as_: SignIn
) -> None:
    round_ = town.round()
    town.db.commit()
    binh = as_(town.binh)
    cell = f"/papers/cells/{town.cell.id}/rounds/{round_.id}"
    binh.post(f"{cell}/type", member=str(town.an.id))
    town.db.rollback()
    transcript = town.db.scalars(select(Transcript)).one()
    where = f"/essays/typing/{transcript.id}/draft"
    first, second = transcript.draft
    sent: dict[str, Any] = {"revision": "0", f"text-{first}": "ngắn", f"text-{second}": TOO_LONG}

    page = binh.post(where, status=422, **sent)
    told = binh.client.post(
        where, json=sent, headers={"Accept": "application/json", "X-CSRF-Token": binh.token()}
    )

    box = page.one("textarea", id=f"text-{second}")
    assert box.text == TOO_LONG
    assert "Nothing is cut" in page.one("p", id=box["aria-describedby"]).text
    assert all("maxlength" not in area.attrs for area in page.all("textarea"))
    assert told.status_code == 422
    assert told.get_json()["about"] == f"text-{second}"
