"""What the script of the writing page is told."""

import base64
import re

import brotli
from flask.testing import FlaskClient

from studyhub.essays.lifecycle import State
from studyhub.kernel.clock import StoppedClock
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.test_drafts import fields
from tests.world import NOW, World

JSON = {"Accept": "application/json"}


def headers(person: Browser) -> dict[str, str]:
    """Of a script's request that writes."""
    return {**JSON, "X-CSRF-Token": person.token()}


def test_a_window_learns_how_things_stand(town: World, as_: SignIn) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)

    told = an.client.get(f"/essays/{essay.id}/here?window=a1", headers=JSON).get_json()

    assert told.pop("token").count(".") == 1
    assert told == {
        "revision": 1, "writable": True, "elsewhere": False, "now": NOW.timestamp() * 1000,
    }  # fmt: skip


def test_a_second_window_is_told_of_the_first_until_that_takes_its_leave(
    town: World, as_: SignIn
) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    here = f"/essays/{essay.id}/here"

    def says(window: str, **more: str) -> object:
        data = {"window": window, **more}
        return (an.client.post(here, data=data, headers=headers(an)).get_json() or {}).get(
            "elsewhere"
        )

    assert says("a1") is False
    assert says("b2") is True
    assert says("b2", gone="1") is None
    assert says("a1") is False


def test_a_stranger_learns_nothing_and_nobody_signed_in_is_asked_to(
    town: World, as_: SignIn, visitor: Browser
) -> None:
    essay = town.essay()
    town.db.commit()
    here = f"/essays/{essay.id}/here?window=a1"

    assert as_(town.hoa).client.get(here, headers=JSON).status_code == 404
    assert visitor.client.get(here, headers=JSON).status_code == 401
    assert as_(town.an).client.get(here + "'--", headers=JSON).status_code == 422


def test_the_two_ways_to_be_too_late_are_told_apart(town: World, as_: SignIn) -> None:
    changed, handed_in = town.essay(text="khác"), town.essay(town.hoa, state=State.SUBMITTED)
    town.db.commit()

    def reason(client: FlaskClient, essay_id: object, token: dict[str, str]) -> object:
        data = {"revision": "0", **fields(changed, "mới")}
        if essay_id == handed_in.id:
            data = {"revision": "0", **fields(handed_in, "mới")}
        answer = client.post(f"/essays/{essay_id}/draft", data=data, headers=token)
        assert answer.status_code == 409
        return answer.get_json()["reason"]

    an, hoa = as_(town.an), as_(town.hoa)
    assert reason(an.client, changed.id, headers(an)) == "changed"
    assert reason(hoa.client, handed_in.id, headers(hoa)) == "handed in"


def test_the_worker_may_look_after_essays_only_and_is_asked_for_anew(visitor: Browser) -> None:
    answer = visitor.client.get("/essays/worker.js", buffered=True)

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Service-Worker-Allowed" not in answer.headers


def test_scripts_that_import_others_have_one_mark_that_is_right(visitor: Browser) -> None:
    assert visitor.client.get("/assets/js/0123456789/draft.js").status_code == 404


def test_the_key_to_the_copies_is_one_for_a_person_and_never_looks_the_same(
    town: World, as_: SignIn
) -> None:
    def lock(person: Browser) -> str:
        return str(person.visit("/essays/").one("div", data_unsent="")["data-lock"])

    first, again, other = lock(as_(town.an)), lock(as_(town.an)), lock(as_(town.lan))
    assert first != again
    assert unmasked(first) == unmasked(again) != unmasked(other)


def unmasked(lock: str) -> bytes:
    """As copies.js does it."""
    told = base64.b64decode(lock)
    return bytes(a ^ b for a, b in zip(told[:32], told[32:], strict=True))


def test_large_letters_are_remembered_and_nothing_typed_is_lost_on_the_way(
    town: World, as_: SignIn, clock: StoppedClock
) -> None:
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)

    page = an.post(
        f"/essays/{essay.id}/draft", revision="1", do="view-one", **fields(essay, "mới"), status=200
    )

    assert "one" in page.one("form", id="essay")["class"]
    assert page.all("textarea")[0].text == "mới"
    assert "one" in an.visit(f"/essays/{essay.id}/edit").one("form", id="essay")["class"]


def test_the_scripts_of_the_writing_page_are_light(town: World, as_: SignIn) -> None:
    """At most 20 KB as they are sent, with all they import and the worker."""
    essay = town.essay()
    town.db.commit()
    an = as_(town.an)
    page = an.visit(f"/essays/{essay.id}/edit")
    waiting = [script["src"] for script in page.all("script")] + ["/essays/worker.js"]
    sizes: dict[str, int] = {}

    while waiting:
        url = waiting.pop()
        if url in sizes:
            continue
        answer = an.client.get(url, headers={"Accept-Encoding": "br"}, buffered=True)
        packed = answer.headers.get("Content-Encoding") == "br"  # a few words are not
        sizes[url] = len(answer.data)
        text = (brotli.decompress(answer.data) if packed else answer.data).decode()
        folder = url.rpartition("/")[0]
        imported = re.findall(r'from "\./(\w+\.js)"', text)
        waiting += [f"{folder}/{name}" for name in imported]

    assert len(sizes) > 10
    assert sum(sizes.values()) <= 20_000, sizes


def test_lines_that_begin_like_a_list_are_shown_as_one_where_the_essay_is_read(
    town: World, as_: SignIn
) -> None:
    words = "Tôi sẽ:\n- học số;\n2) làm trước.\n2026 là năm đầu."
    essay = town.essay(text=words, state=State.SUBMITTED)
    town.db.commit()

    page = as_(town.an).visit(f"/essays/{essay.id}/versions/1")

    assert {item.text for item in page.all("p", class_="item")} == {"- học số;", "2) làm trước."}
