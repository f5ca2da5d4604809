"""Every address × every kind of person × things within and beside their branch.

The answers stand in `access.txt`. On SQLite only: what the doors ask of the database
is held to the law on both by `tests/access`; here it is some thousands of requests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from studyhub.web import assets, errors
from tests.databases import empty
from tests.web import elsewhere
from tests.web.access_table import COLUMNS, VISITOR, Line, lines
from tests.web.browser import Browser
from tests.web.province import Province
from tests.web.watched import Watched

PLACE = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")
QUESTIONS = {
    "/completion/of/<uuid:unit_id>": "?round={round}",
    "/essays/<uuid:essay_id>/here": "?window=a1",
    "/essays/typing/<uuid:transcript_id>/here": "?window=a1",
}
"""What must be asked with an address that says nothing by itself."""

REFUSED = {"401", "403", "-", "405"}
OVER_CELL_ONE = {"Kien", "Binh", "Giang", "Quyen", "Dung", "Phuc", "Em"}
OVER_CELL_TWO = {"Chi", "Dung", "Phuc", "Em"}
READ_IN_CELL_ONE = {"Binh", "Giang", "Quyen", "Dung", "Phuc"}

HEARD: dict[bytes, set[str]] = {
    word.encode(): hearers
    for word, hearers in {
        "«nháp An's draft»": {"An"},
        "«nháp An's»": {"An"},
        "«nháp Lan's, back»": {"Lan"},
        "«nháp Kien's, passed»": {"Kien"},
        "«nháp Binh's»": {"Binh"},
        "«nháp Hoa's, returned»": {"Hoa"},
        "«nháp Mai's»": {"Mai"},
        "«bài An's»": {"An", *READ_IN_CELL_ONE},
        "«bài Lan's, back»": {"Lan"},
        "«bài Kien's, passed»": {"Kien", *READ_IN_CELL_ONE},
        "«bài Binh's»": READ_IN_CELL_ONE,
        "«bài Hoa's, returned»": {"Hoa", "Chi", "Dung", "Phuc"},
        "«bài Mai's»": {"Mai", "Nam"},
        "«chép Nguyễn Văn An»": {"Binh", "Giang"},
        "«chép Đinh Thị Mai»": set(),
        "phone of An": {"An", *OVER_CELL_ONE},
        "phone of Binh": OVER_CELL_ONE,
        "phone of Hoa": {"Hoa", *OVER_CELL_TWO},
        "phone of Mai": {"Mai", "Nam"},
        "Nguyễn Văn An": {"An", "Lan", *OVER_CELL_ONE},
        "Vũ Thị Hoa": {"Hoa", *OVER_CELL_TWO},
        "Đinh Thị Mai": {"Mai", "Nam", *OVER_CELL_ONE},
        "ốm Ngoc": OVER_CELL_ONE,
        "ốm Mai": {"Mai", "Nam"},
        "xin vắng An's": {"An", "Binh", "Giang", "Dung"},
        "xin vắng Binh's": {"Binh", "Giang", "Dung"},
        "xin vắng Mai's": {"Mai", "Nam"},
        "dòng của Binh's": {"Binh", "Dung"},
        "dòng của Nam's": {"Nam"},
        "đề nghị Ngoc": {"Binh", "Giang", "Dung", "Em"},
        "đề nghị Mai": {"Nam"},
        "ghi riêng của An": {"An"},
        "ghi riêng của Mai": {"Mai"},
        "Lộ Bá Lộc": {"Mai", "Nam"},
        "Chi bộ Đối diện": {"Nam"},
        "Chi bộ số Một": {"An", "Lan", "Mai", "Nam", "Chi", *OVER_CELL_ONE},
        "Chi bộ số Hai": {"Hoa", *OVER_CELL_TWO, *OVER_CELL_ONE},
        "Chi bộ Bên cạnh": {"Mai", "Nam"},
        "Đợt đang soạn": {"Dung"},
        "Đợt bên cạnh": {"Mai", "Nam"},
    }.items()
}
"""Words that stand in one place only, and who may read them. Cell one knows Mai, and Mai it.

Ngoc, of cell one, is a guest of cell two: those over the one hear of the other.
"""

pytestmark = [
    pytest.mark.parametrize("address", ["sqlite"], indirect=True),
    pytest.mark.slow,  # every address as everybody: some thousands of requests
]


@dataclass
class Matrix:
    """The application with the province in it, and everybody signed in."""

    app: Flask
    province: Province
    file: Watched
    cookies: dict[str, str]
    tokens: dict[str, str]

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Every address there is."""
        return {
            f"{method} {rule.rule}": rule
            for rule in self.app.url_map.iter_rules()
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        }

    def url(self, line: Line) -> str:
        """Where the thing of the line stands."""
        named, things = iter(line.things), self.province.things

        def put(place: re.Match[str]) -> str:
            thing = next(named)
            return str(things.get(place[1], {}).get(thing, thing))

        open_round = things["round_id"]["open"]
        asked = QUESTIONS.get(line.rule, "").format(round=open_round)
        return PLACE.sub(put, line.rule) + asked

    def ask(self, person: str, method: str, url: str) -> TestResponse:
        """What the person is answered; a form is sent with its token and nothing else."""
        data = {"csrf_token": self.tokens[person]} if method == "POST" else None
        client = self.app.test_client(use_cookies=False)
        headers = {"Cookie": f"language=en; studyhub={self.cookies[person]}"}
        return client.open(url, method=method, data=data, headers=headers, buffered=True)


@pytest.fixture(scope="module")
def matrix(app: Flask, engine: Engine, address: str) -> Iterator[Matrix]:
    """One world for the whole table: what a request changes is put back after it.

    A refusal is only its sentence: the page around it would be drawn some thousands of times.
    """
    with Session(engine, expire_on_commit=False) as db:
        province = Province(db)
        db.commit()
        cookies, tokens = _signed_in(app, province)
        app.extensions["studyhub"]["files"].keep(elsewhere.PICTURE)
        province.things["name"] = {"the stylesheet": _stylesheet(app)}
        province.things["mark"] = {"this version": _mark_of_scripts(app)}
        with (
            Watched(address.removeprefix("sqlite:///")) as file,
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(errors, "render_template", lambda *_, message, **__: message)
            yield Matrix(app, province, file, cookies, tokens)
    empty(engine)


def _signed_in(app: Flask, province: Province) -> tuple[dict[str, str], dict[str, str]]:
    cookies, tokens = {}, {}
    for name in COLUMNS:
        browser = Browser(app.test_client())
        if name != VISITOR:
            browser.sign_in(province.known_as(name))
        tokens[name] = browser.token()
        cookie = browser.client.get_cookie("studyhub")
        cookies[name] = cookie.value if cookie else ""
    return cookies, tokens


def _stylesheet(app: Flask) -> str:
    link = Browser(app.test_client()).visit("/help").one("link", rel="stylesheet")
    return link["href"].rpartition("/")[2]


def _mark_of_scripts(app: Flask) -> str:
    with app.test_request_context():
        return assets.module("draft.js").split("/")[-2]


def answer_of(response: TestResponse) -> str:
    """The answer as the table has it: “-” is 404, “in” is the way to the sign-in page."""
    if response.status_code == 404:
        return "-"
    to_sign_in = response.headers.get("Location", "").startswith("/sign-in?next=")
    return "in" if to_sign_in else str(response.status_code)


def test_every_address_stands_in_the_table(matrix: Matrix) -> None:
    assert {line.address for line in lines()} == set(matrix.rules)


@pytest.mark.parametrize("room", sorted({line.room for line in lines()}))
def test_everybody_is_answered_as_it_is_written(matrix: Matrix, room: str) -> None:
    wrong, written, told = [], [], []

    for line in (line for line in lines() if line.room == room):
        found = []
        for person in COLUMNS:
            response = matrix.ask(person, line.method, matrix.url(line))
            found.append(answer_of(response))
            told += [f"{word} to {person}: {line.name}" for word in _overheard(person, response)]
            if matrix.file.is_written:
                matrix.file.restore()
                written += [f"{person}: {line.name}"] * (found[-1] in REFUSED)
        if tuple(found) != line.answers:
            wrong.append(f"{line.address}\n{replace(line, answers=tuple(found))}")

    assert not wrong, "it is not as access.txt has it, but:\n" + "\n".join(wrong)
    assert written == [], "a refusal has written something"
    assert told == [], "somebody is told what is not for them"


@pytest.mark.parametrize("person", [VISITOR, "An", "Dung"])
def test_an_address_takes_only_the_requests_it_is_made_for(matrix: Matrix, person: str) -> None:
    urls = {line.rule: matrix.url(line) for line in lines()}

    answered = {
        f"{method} {rule}": matrix.ask(person, method, url).status_code
        for rule, url in urls.items()
        for method in ("GET", "POST")
        if f"{method} {rule}" not in matrix.rules
    }

    assert {address for address, status in answered.items() if status != 405} == set()


def _overheard(person: str, response: TestResponse) -> list[str]:
    """The words in the answer that are for others only."""
    said = response.get_data()
    return [
        word.decode() for word, hearers in HEARD.items() if person not in hearers and word in said
    ]
