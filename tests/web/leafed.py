"""What comes with a document, for the access matrix."""

from sqlalchemy.orm import Session

from studyhub.kernel.ids import DocumentId, UserId, new_uuid
from studyhub.library.attachments import Attachment, AttachmentPage, Drawn
from tests.things import NOW


def attached(db: Session, document_id: DocumentId, by: UserId) -> dict[str, object]:
    """An attachment of one page; its files are not in the store."""
    made = Attachment(
        id=new_uuid(), document_id=document_id, title="Trình chiếu", file_key="0" * 64,
        file_name="a.pdf", pdf_key="0" * 64, drawn=Drawn.READY, page_count=1, added_at=NOW,
        added_by=by,
    )  # fmt: skip
    made.pages.append(AttachmentPage(position=0, picture_key="0" * 64, width=9, height=16))
    db.add(made)
    db.flush()
    return {"an attachment": made.id}
