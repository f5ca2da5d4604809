"""How far apart, and what is taken out of a text: pure."""

import pytest

from studyhub.calibration.agreement import Agreement, Said, spread
from studyhub.calibration.anonymity import GAP, stripped
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade

YES, NO = Outcome.ACCEPT, Outcome.RETURN


def said(outcome: Outcome, grade: Grade | None = None, points: int | None = None) -> Said:
    return Said(outcome=outcome, grade=grade, points=points)


@pytest.mark.parametrize(
    ("judged", "agreement"),
    [
        ([said(YES)], None),
        ([said(YES), said(YES)], Agreement.ALIKE),
        ([said(YES), said(NO)], Agreement.APART),
        ([said(YES, Grade.GOOD), said(YES, Grade.GOOD)], Agreement.ALIKE),
        ([said(YES, Grade.GOOD), said(YES, Grade.FAIR)], Agreement.NEAR),
        ([said(NO), said(YES, Grade.AVERAGE)], Agreement.NEAR),
        ([said(YES, Grade.EXCELLENT), said(YES, Grade.FAIR)], Agreement.APART),
        ([said(YES, points=700), said(YES, points=700)], Agreement.ALIKE),
        ([said(YES, points=700), said(YES, points=875)], Agreement.NEAR),
        ([said(YES, points=700), said(YES, points=900)], Agreement.APART),
    ],
)
def test_how_far_apart(judged: list[Said], agreement: Agreement | None) -> None:
    assert spread(judged, apart=200).agreement is agreement


def test_it_is_counted_as_fractions() -> None:
    found = spread(
        [said(YES, Grade.GOOD), said(YES, Grade.GOOD), said(YES, Grade.FAIR), said(NO)], apart=200
    )

    assert (found.accepted, found.returned, found.of) == (3, 1, 4)
    assert found.grades == ((Grade.GOOD, 2), (Grade.FAIR, 1))


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Tôi là Nguyễn Văn An.", f"Tôi là {GAP}."),
        ("Đồng chí NGUYEN VAN AN viết", f"Đồng chí {GAP} viết"),
        ("anh Văn An ở đây", f"anh {GAP} ở đây"),
        ("văn bản an toàn", "văn bản an toàn"),
        ("Chi bộ văn phòng đã họp", f"{GAP} đã họp"),
        ("Tôi tên là Lê Thị Hồng Gấm ở Huế", f"Tôi tên là {GAP} ở Huế"),
        ("tôi là Bí thư chi bộ", "tôi là Bí thư chi bộ"),
        ("Gọi 0912 345 678 hoặc +84912345678", f"Gọi {GAP} hoặc {GAP}"),
        ("Thư: an.nguyen@example.vn nhé", f"Thư: {GAP} nhé"),
        ("Số thẻ 012345678901.", f"Số thẻ {GAP}."),
        ("Họ và tên: Ai Đó Khác\nHết", f"Họ và tên: {GAP}\nHết"),
        ("sinh năm 1980, sinh ngày 01/02/1980", f"sinh năm {GAP}, sinh ngày {GAP}"),
        ("Nghị quyết số 52-NQ/TW ngày 27/9/2019", "Nghị quyết số 52-NQ/TW ngày 27/9/2019"),
        ("năm 2025 đạt 12.345.678 đồng", "năm 2025 đạt 12.345.678 đồng"),
    ],
)
def test_what_tells_whose_it_is_is_taken_out(text: str, left: str) -> None:
    parts = [{"title": "Nhận thức", "text": text}]

    told = stripped(parts, author="Nguyễn Văn An", units=["Chi bộ Văn phòng"])

    assert told == [{"title": "Nhận thức", "text": left}]
