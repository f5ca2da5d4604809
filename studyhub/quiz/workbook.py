"""The bank as a workbook, in the same columns in which it is taken over; and the empty template."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from studyhub.quiz.rules import LETTERS, Content, Kind
from studyhub.quiz.sheet import HEADER, KINDS

WIDTHS = (22, 16, 60, *(28 for _ in LETTERS), 12, 50)

EXAMPLES = (
    Content(
        kind=Kind.SINGLE,
        text="(Ví dụ, hãy thay bằng câu hỏi của đơn vị) Nghị quyết do cơ quan nào ban hành?",
        options=("Quốc hội", "Bộ Chính trị", "Chính phủ", "Ban Bí thư"),
        key=(1,),
        explanation="Ghi căn cứ: văn bản, mục, trang.",
        part="Quan điểm chỉ đạo",
    ),
    Content(
        kind=Kind.MULTIPLE,
        text="(Ví dụ) Những việc nào là nhiệm vụ của chi bộ?",
        options=("Phổ biến", "Kiểm tra", "Ban hành luật", "Báo cáo"),
        key=(0, 1, 3),
        part="Nhiệm vụ",
    ),
    Content(
        kind=Kind.TRUTH,
        text="(Ví dụ) Đảng viên dự bị cũng học tập nghị quyết.",
        options=("Đúng", "Sai"),
        key=(0,),
        part="Nhiệm vụ",
    ),
    Content(
        kind=Kind.ORDER,
        text="(Ví dụ) Xếp các bước theo đúng thứ tự (viết các bước theo thứ tự đúng).",
        options=("Nghiên cứu", "Thảo luận", "Viết thu hoạch"),
        key=(0, 1, 2),
        part="Nhiệm vụ",
    ),
)


def workbook(contents: Iterable[Content]) -> bytes:
    """These questions, one in each row; texts stay texts, also those that look like a formula."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    page = book.add_worksheet("Câu hỏi")
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    rows = [_row(content) for content in contents]
    header = _header(rows)
    for place, name in enumerate(header):
        page.write_string(0, place, str(name), bold)
        page.set_column(place, place, WIDTHS[place] if place < 3 else 28)
    for line, row in enumerate(rows, start=1):
        _write(page, line, header, row, wrapped)
    page.freeze_panes(1, 0)
    book.close()
    return kept.getvalue()


def template() -> bytes:
    """The columns with an example of each kind."""
    return workbook(EXAMPLES)


def _header(rows: Sequence[dict[str, str]]) -> list[str]:
    letters = [
        letter for letter in LETTERS if letter in LETTERS[:4] or any(letter in r for r in rows)
    ]
    return [*map(str, HEADER[:3]), *letters, *map(str, HEADER[-2:])]


def _row(content: Content) -> dict[str, str]:
    key = ", ".join(LETTERS[place] for place in content.key)
    part, kind, text = (str(name) for name in HEADER[:3])
    answer, why = (str(name) for name in HEADER[-2:])
    return {
        part: content.part,
        kind: KINDS[content.kind],
        text: content.text,
        **dict(zip(LETTERS, content.options, strict=False)),
        answer: key,
        why: content.explanation,
    }


def _write(
    page: Worksheet, line: int, header: Sequence[str], row: dict[str, str], look: object
) -> None:
    for place, name in enumerate(header):
        page.write_string(line, place, row.get(name, ""), look)
