"""A resolution to add, and how a person fills in the pages on which it is added."""

import io
from typing import Any

from tests.web.browser import Browser, Page

TEXT = """ĐẢNG CỘNG SẢN VIỆT NAM
BAN CHẤP HÀNH TRUNG ƯƠNG
Số 57-NQ/TW
Hà Nội, ngày 22 tháng 12 năm 2024
NGHỊ QUYẾT
CỦA BỘ CHÍNH TRỊ
VỀ ĐỘT PHÁ PHÁT TRIỂN KHOA HỌC VÀ CHUYỂN ĐỔI SỐ
I. TÌNH HÌNH
1. Kết quả đạt được
Nhiều việc đã làm được, nhân dân phấn khởi.
2. Hạn chế
Còn chậm ở một số nơi, nhất là vùng sâu, vùng xa.
II. QUAN ĐIỂM CHỈ ĐẠO
a) Phát triển khoa học là đột phá quan trọng hàng đầu.
b) Lấy người dân làm trung tâm."""

FIELDS = ("type", "number", "issuer", "place", "issued_on", "subject", "text", "original", "seen")


def upload(browser: Browser, data: bytes, name: str, status: int = 200) -> Page:
    return browser.post("/library/add", status=status, file=(io.BytesIO(data), name))


def filled(page: Page, **changes: str) -> dict[str, Any]:
    """The fields of the checking page as they stand, with these changes."""
    fields = {e["name"]: e.attrs.get("value", "") for e in page.all("input") if "name" in e.attrs}
    fields |= {e["name"]: e.text for e in page.all("textarea")}
    chosen = [e["value"] for e in page.all("option") if "selected" in e.attrs]
    fields["type"] = chosen[0] if chosen else ""
    return {name: fields.get(name, "") for name in FIELDS} | changes


def save(browser: Browser, page: Page, status: int = 200, **changes: str) -> Page:
    fields = filled(page, **changes)
    return browser.post("/library/add/checked", status=status, do="save", **fields)
