"""An essay and its receipt as PDF."""

import io
from dataclasses import asdict
from datetime import tzinfo

import segno

from studyhub.essays.models import Version
from studyhub.essays.receipts import in_fours
from studyhub.printing.facts import UNPRINTABLE, Sheet, breakable, sheet
from studyhub.printing.lists import is_item
from studyhub.printing.typesetting import typeset


def essay_pdf(version: Version, *, zone: tzinfo, blind: str = "") -> bytes:
    """The version as a party document: head, title, author (or a code), parts, receipt."""
    facts = sheet(version, zone=zone, blind=blind)
    parts = [
        {
            "title": breakable(part.title),
            "lines": [{"text": breakable(line), "item": is_item(line)} for line in part.lines],
        }
        for part in facts.parts
    ]
    data = {**_words(facts), "cell_name": facts.cell_name, "parts": parts}
    return typeset("essay", data, unprintable=UNPRINTABLE)


def receipt_pdf(version: Version, *, zone: tzinfo, check: str, seal: str = "") -> bytes:
    """The receipt, with the address where anybody checks it, also as a QR code."""
    facts = sheet(version, zone=zone)
    rows = [
        ("Người viết", facts.author),
        ("Chi bộ", facts.cell_name),
        ("Đợt học tập", facts.round),
        ("Bản nộp", f"lần thứ {facts.number}"),
        ("Thời điểm nộp", facts.handed_in),
        ("Hạn nộp", facts.due),
        ("Kết quả", facts.in_time),
        ("Độ dài", facts.length),
        ("Viết tay", facts.written_by_hand),
        ("Nhập hộ", facts.on_behalf),
        ("Giá trị kiểm tra (SHA-256)", facts.hash),
        ("Niêm phong", in_fours(seal) if seal else ""),
    ]
    told = [(name, breakable(said)) for name, said in rows if said]
    words = {**_words(facts), "title": f"Biên nhận {facts.code}"}
    data = {**words, "rows": told, "check": breakable(check), "qr": _qr(check)}
    return typeset("receipt", data, unprintable=UNPRINTABLE)


def _words(facts: Sheet) -> dict[str, object]:
    told = {
        name: breakable(said) if isinstance(said, str) else said
        for name, said in asdict(facts).items()
        if name != "parts"
    }
    return {**told, "title": facts.title}


def _qr(address: str) -> str:
    picture = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(picture, kind="svg", scale=4, border=2, dark="#000", light="#fff", xmldecl=False)
    return picture.getvalue().decode()
