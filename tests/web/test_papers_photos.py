"""Photos in pieces: they go on after a break, are checked when whole, and develop behind it."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select

from studyhub.background import runner
from studyhub.essays.models import Essay
from studyhub.essays.page import Develops, Page
from studyhub.papers import darkroom
from studyhub.papers.models import Arrival
from tests.web.browser import Browser
from tests.web.conftest import SignIn
from tests.web.test_papers_pages import PHOTO, essay, sizes
from tests.world import World

__all__ = ["essay"]


class Sender:
    """The script of a browser."""

    def __init__(self, person: Browser, essay: Essay) -> None:
        self.client, self.address = person.client, f"/papers/{essay.id}/photos"
        self.head = {"Accept": "application/json", "X-CSRF-Token": person.token()}

    def begin(self, data: bytes, *, mark: str | None = None, **more: Any) -> tuple[int, Any]:
        """Announce it."""
        told = {
            "name": "trang 1.jpg",
            "size": len(data),
            "mark": hashlib.sha256(data).hexdigest() if mark is None else mark,
            **more,
        }
        answer = self.client.post(self.address, json=told, headers=self.head)
        return answer.status_code, answer.get_json()

    def piece(self, which: str, at: int, piece: bytes) -> tuple[int, Any]:
        """Send a piece."""
        answer = self.client.post(
            f"{self.address}/{which}?at={at}", data=piece, headers=self.head,
            content_type="application/octet-stream",
        )  # fmt: skip
        return answer.status_code, answer.get_json()

    def send(self, data: bytes, size: int = 4000, **more: Any) -> tuple[int, Any]:
        """All of it, from where the server stands."""
        status, told = self.begin(data, **more)
        which = told.get("id")
        while status == 200 and told["at"] < len(data):
            status, told = self.piece(which, told["at"], data[told["at"] : told["at"] + size])
        return status, told


def states(town: World, essay: Essay) -> list[Develops]:
    town.db.rollback()
    found = select(Page).where(Page.essay_id == essay.id, Page.removed_at.is_(None))
    return [page.state for page in town.db.scalars(found.order_by(Page.position))]


def test_pieces_become_the_photo_and_the_photo_a_page(
    town: World, as_: SignIn, essay: Essay
) -> None:
    an = as_(town.an)

    assert Sender(an, essay).send(PHOTO) == (200, {"at": len(PHOTO), "size": len(PHOTO)})

    assert states(town, essay) == [Develops.IN_WORK]
    arrival = town.db.scalars(select(Arrival)).one()
    arrival_id = arrival.id
    arriving = an.client.application.extensions["studyhub"]["files"].arriving
    assert arriving.read(arrival.id) == PHOTO
    assert "being made readable" in an.visit(f"/papers/{essay.id}/pages").text
    runner(an.client.application).run_due()
    assert states(town, essay) == [Develops.DONE]
    assert sizes(town, essay) == [600]
    assert town.db.scalars(select(Arrival)).all() == []
    kept = [path.name for path in arriving.root.iterdir()]
    assert str(arrival_id) not in kept  # nothing of what the camera wrote is kept


def test_after_a_break_the_server_says_where_to_go_on(
    town: World, as_: SignIn, essay: Essay
) -> None:
    sender = Sender(as_(town.an), essay)
    _, told = sender.begin(PHOTO)
    sender.piece(told["id"], 0, PHOTO[:3000])

    again = Sender(as_(town.an), essay)
    status, where = again.begin(PHOTO)

    assert (status, where["id"], where["at"]) == (200, told["id"], 3000)
    assert again.send(PHOTO)[0] == 200
    assert states(town, essay) == [Develops.IN_WORK]


@pytest.mark.parametrize(
    ("at", "length", "status"), [(0, 10, 409), (5000, 10, 409), (3000, 0, 422)]
)
def test_pieces_out_of_turn_are_not_taken(
    town: World, as_: SignIn, essay: Essay, at: int, length: int, status: int
) -> None:
    sender = Sender(as_(town.an), essay)
    _, told = sender.begin(PHOTO)
    sender.piece(told["id"], 0, PHOTO[:3000])

    found, said = sender.piece(told["id"], at, b"x" * length)

    assert found == status
    assert status != 409 or said["at"] == 3000
    assert sender.send(PHOTO)[0] == 200


def test_more_than_was_announced_is_not_taken(town: World, as_: SignIn, essay: Essay) -> None:
    sender = Sender(as_(town.an), essay)
    _, told = sender.begin(PHOTO)

    assert sender.piece(told["id"], 0, PHOTO + b"x")[0] == 422
    assert states(town, essay) == []


def test_what_was_damaged_on_its_way_begins_again(town: World, as_: SignIn, essay: Essay) -> None:
    sender = Sender(as_(town.an), essay)
    _, told = sender.begin(PHOTO)
    damaged = PHOTO[:2000] + b"?" + PHOTO[2001:]

    assert sender.piece(told["id"], 0, damaged) == (200, {"at": 0, "size": len(PHOTO)})
    assert states(town, essay) == []
    assert sender.send(PHOTO)[0] == 200
    assert states(town, essay) == [Develops.IN_WORK]


def test_an_arrival_is_its_owners_alone(town: World, as_: SignIn, essay: Essay) -> None:
    hers = town.essay(town.lan, round_=essay.round, text="")
    town.db.commit()
    _, told = Sender(as_(town.an), essay).begin(PHOTO)

    assert Sender(as_(town.lan), hers).piece(told["id"], 0, PHOTO)[0] == 404
    assert Sender(as_(town.lan), essay).piece(told["id"], 0, PHOTO)[0] == 404


@pytest.mark.parametrize(
    ("size", "mark", "says"),
    [
        (darkroom.LARGEST + 1, "", "20 MB"),
        (0, "", "is empty"),
        (-1, "", "is empty"),
        ("9", "", "incomplete"),
        (9, "../../x", "incomplete"),
    ],
)
def test_what_cannot_be_a_photo_is_not_begun(
    town: World, as_: SignIn, essay: Essay, size: Any, mark: str, says: str
) -> None:
    status, told = Sender(as_(town.an), essay).begin(b"", size=size, mark=mark)

    assert status == 422
    assert says in told["error"]


def test_a_program_is_refused_at_its_first_piece(town: World, as_: SignIn, essay: Essay) -> None:
    status, told = Sender(as_(town.an), essay).send(b"MZ\x90\x00" * 2000, name="trang 1.jpg")

    assert status == 422
    assert "is a program" in told["error"]


def test_too_many_at_once_are_not_begun(town: World, as_: SignIn, essay: Essay) -> None:
    sender = Sender(as_(town.an), essay)

    begun = [sender.begin(bytes([65 + n]) * 9)[0] for n in range(31)]

    assert begun == [200] * 30 + [422]
