"""The law of documents, and of notes on them."""

from studyhub.kernel.actor import Actor, Post
from studyhub.library.attachments import Attachment
from studyhub.library.models import Document
from studyhub.notes.models import Note


def read_document(actor: Actor, document: Document) -> bool:
    """Everybody who is signed in: secret documents must not be loaded at all."""
    return bool(actor and document)


def change_document(actor: Actor, document: Document) -> bool:
    """Officers, whoever of them added it."""
    return actor.holds(Post.OFFICER) and read_document(actor, document)


def keep_note(actor: Actor, note: Note) -> bool:
    """Nobody but the reader who made it, whatever office others hold."""
    return note.user_id == actor.user_id


def read_attachment(actor: Actor, attachment: Attachment) -> bool:
    """Whoever reads the document reads what comes with it."""
    return read_document(actor, attachment.document)


def take_attachment_away(actor: Actor, attachment: Attachment) -> bool:
    """Whoever corrects the document."""
    return change_document(actor, attachment.document)
