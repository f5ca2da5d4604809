"""`./dev bench --library`: looking into the texts of 500 documents at once."""

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from benchmarks.deeds import Deed, look
from benchmarks.scene import NAME, Sight
from benchmarks.town.rows import Rows
from benchmarks.town.words import essay
from studyhub.accounts.models import User
from studyhub.kernel.clock import SystemClock
from studyhub.kernel.sqlite import WRITES
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document, DocumentPart

DOCUMENTS = 500
PARTS = 60
FIRST_DAY = date(2016, 1, 5)
SOUGHT = (
    ("common", "words of every text", "nghi quyet"),
    ("phrase", "a phrase", "chuyen doi so"),
    ("rare", "words of one text", "so hieu 417"),
    ("nothing", "words of no text", "khong co chu nay"),
)


def fill(engine: Engine) -> str:
    """So many documents of so many parts; who looks into them."""
    rows, added = Rows(), SystemClock().now()
    with Session(engine) as db:
        db.connection(execution_options={WRITES: True})
        by, who = db.execute(select(User.id, NAME).order_by(NAME).limit(1)).one()
        for n in range(DOCUMENTS):
            document_id = rows.new_id()
            rows.add(
                Document,
                id=document_id, type=DocumentType.RESOLUTION, number=f"{n + 1}-NQ/ĐU",
                subject="về một số chủ trương, chính sách", added_at=added, added_by=by,
                issued_on=FIRST_DAY + timedelta(days=7 * n),
            )  # fmt: skip
            for position, text in zip(range(PARTS), _texts(rows, n), strict=False):
                rows.add(
                    DocumentPart,
                    id=rows.new_id(), document_id=document_id, position=position,
                    level=1 if position % 6 == 0 else 2, number=f"{position + 1}.",
                    title="Nhiệm vụ" if position % 6 == 0 else "", anchor=f"p{position}",
                    paragraphs=[text],
                )  # fmt: skip
        rows.insert(db)
        db.commit()
    return str(who)


def _texts(rows: Rows, n: int) -> Iterator[str]:
    """Paragraphs of some hundred words, drawn; one of each document names its number."""
    yield f"Văn bản này mang số hiệu {n}."
    while True:
        for part in essay(rows.dice):
            yield from part.split("\n")


def deeds(who: str) -> Iterator[Deed]:
    """Each search, and beside it the list without any words."""
    yield _deed("list", "the list of documents", Sight(who, "/library/"))
    for key, label, words in SOUGHT:
        sight = Sight(who, f"/library/?q={words.replace(' ', '+')}")
        yield _deed(key, f"{label}: {words}", sight)


def _deed(key: str, label: str, sight: Sight) -> Deed:
    return Deed(key, label, lambda _scene, visitors, clients: look([sight], visitors, clients))
