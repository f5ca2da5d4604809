"""What the rows of a paper list or a Zoom report say."""

from datetime import datetime
from typing import Any

import pytest

from studyhub.lists.matching import Matcher, Person
from studyhub.lists.reading import Said, said_by
from studyhub.roster.errors import Unreadable
from studyhub.roster.sandbox import read_safely

ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants
812 3456,Học nghị quyết,11/25/2026 08:00:00 AM,11/25/2026 11:00:00 AM,vp@tinh.vn,180,4

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest
Nguyễn Văn An,an@x.vn,11/25/2026 08:00:00 AM,11/25/2026 09:00:00 AM,60,No
CB Van phong - Tran Thi Lan,,11/25/2026 08:05:00 AM,11/25/2026 08:10:00 AM,5,Yes
Nguyễn Văn An,an@x.vn,11/25/2026 08:30:00 AM,11/25/2026 10:00:00 AM,90,No
iPhone,,11/25/2026 08:00:00 AM,11/25/2026 11:00:00 AM,180,Yes
"""


def test_a_zoom_report_has_a_head_of_its_own_and_people_who_come_back() -> None:
    said = said_by(read_safely(ZOOM.encode("utf-8-sig")))

    assert [(one.name, one.email, one.minutes) for one in said] == [
        ("Nguyễn Văn An", "an@x.vn", 120),
        ("CB Van phong - Tran Thi Lan", "", 5),
        ("iPhone", "", 180),
    ], "two devices at the same time do not count twice"
    assert said[0].stretches[0][0] == datetime(2026, 11, 25, 8)  # noqa: DTZ001


def test_without_a_clock_the_minutes_are_added_up() -> None:
    data = "Tên (Tên gốc);Thời lượng (Phút)\nVũ Thị Hoa;20\nVũ Thị Hoa;30\n"

    said = said_by(read_safely(data.encode("utf-8-sig")))

    assert [(one.name, one.minutes) for one in said] == [("Vũ Thị Hoa", 50)]


def test_a_paper_list_is_known_by_its_headings() -> None:
    data = "DANH SÁCH\nTT,Họ và tên,Số thẻ đảng,Chi bộ\n1,Vũ  Thị Hoa,012.345,Chi bộ Thanh tra\n"

    (said,) = said_by(read_safely(data.encode()))

    assert (said.name, said.card, said.cell) == ("Vũ Thị Hoa", "012345", "Chi bộ Thanh tra")
    assert said.minutes is None


def test_a_list_without_names_is_refused_with_what_to_do() -> None:
    with pytest.raises(Unreadable, match="No column of names"):
        said_by(read_safely(b"a,b\n1,2\n"))


def _person(number: int, name: str, cell: str) -> Person:
    who: Any = number
    return Person(user_id=who, name=name, card=f"{number:012}", email=f"p{number}@x.vn", cell=cell)


PEOPLE = [
    _person(1, "nguyen van an", "chi bo van phong"),
    _person(2, "nguyen van an", "chi bo thanh tra"),
    _person(3, "vu thi hoa", "chi bo thanh tra"),
    _person(4, "vu dinh hoa", "chi bo thanh tra"),
]


@pytest.mark.parametrize(
    ("said", "found", "sure", "candidates"),
    [
        (Said(number=1, name="Ai Đó", card="000000000002"), 2, True, []),
        (Said(number=1, name="iPhone", email="p3@x.vn"), 3, True, []),
        (Said(number=1, name="VŨ THỊ HOA"), 3, True, []),
        (Said(number=1, name="Đ/c Vũ Thị Hòa"), 3, True, []),
        (Said(number=1, name="Nguyễn Văn An"), None, False, [1, 2]),
        (Said(number=1, name="Nguyen Van An", cell="Thanh tra"), 2, True, [2]),
        (Said(number=1, name="CB Văn phòng_Nguyễn Văn An"), 1, True, [1]),
        (Said(number=1, name="Vu Thi Hoa (dien thoai)"), 3, False, [3]),
        (Said(number=1, name="Vũ Thị Hoa", cell="Chi bộ Văn phòng"), 3, False, [3]),
        (Said(number=1, name="Vũ Văn Hoa"), None, False, [3, 4]),
        (Said(number=1, name="iPhone"), None, False, []),
    ],
    ids=lambda value: value.name if isinstance(value, Said) else None,
)
def test_a_line_means_somebody_surely_doubtfully_or_nobody(
    said: Said,
    found: int | None,
    sure: bool,  # noqa: FBT001 - a column of the table
    candidates: list[int],
) -> None:
    match = Matcher(PEOPLE).match(said)

    assert (match.user_id, match.is_sure) == (found, sure)
    if not sure or candidates:
        assert sorted(match.candidates) == candidates or sure
