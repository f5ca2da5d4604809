"""The receipt of a decision on paper: every letter, by whom, and by what right."""

from datetime import timedelta

import pytest

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Version
from studyhub.printing.decided import Decided, InPlace, decision_pdf
from studyhub.rounds.grading import Grade
from tests.printing.test_printing import ALPHABET, HANOI, HOSTILE, said
from tests.world import NOW, TODAY, World


@pytest.fixture
def version(world: World) -> Version:
    """Of An's."""
    return world.essay(world.an, state=State.ACCEPTED).versions[0]


def decided(**changes: object) -> Decided:
    told: dict[str, object] = {
        "is_accepted": True, "grade": Grade.GOOD, "points": 825, "remark": "Liên hệ cụ thể.",
        "by": "Lê Quang Bình", "in_place": None, "at": NOW, "comments": 3,
        "code": "KQ-7K2M-9QXT", "seal": "ab" * 32, **changes,
    }  # fmt: skip
    return Decided(**told)  # type: ignore[arg-type]


def test_everything_that_was_decided_stands_on_it(version: Version) -> None:
    text = said(decision_pdf(version, decided(), zone=HANOI))

    for words in (
        "BIÊN NHẬN KẾT QUẢ BÀI THU HOẠCH", "KQ-7K2M-9QXT", "Nguyễn Văn An",
        "Chi bộ Văn phòng", "Đạt, 8,25 điểm, xếp loại Giỏi", "Lê Quang Bình",
        "09:00, ngày 25 tháng 11 năm 2026", "Liên hệ cụ thể.", version.receipt_code,
    ):  # fmt: skip
        assert words in text
    assert "Tư cách" not in text


def test_it_says_by_what_right_somebody_decided_in_place_of_another(version: Version) -> None:
    place = InPlace(
        absent="Lê Quang Bình", reason="Đi công tác.", since=TODAY, until=TODAY + timedelta(days=5)
    )

    text = said(decision_pdf(version, decided(by="Hoàng Tiến Dũng", in_place=place), zone=HANOI))

    assert "Quyết định thay bí thư Lê Quang Bình, từ 25/11/2026 đến 30/11/2026." in text
    assert "Lý do: Đi công tác." in text


def test_returned_is_worded_without_reproach(version: Version) -> None:
    made = decided(is_accepted=False, grade=None, points=None)

    assert "Cần bổ sung" in said(decision_pdf(version, made, zone=HANOI))


def test_all_letters_and_nobodys_markup(version: Version) -> None:
    text = said(decision_pdf(version, decided(remark="\n".join([ALPHABET, *HOSTILE])), zone=HANOI))

    assert all(letter in text for letter in ALPHABET)
    assert "#panic" in text
