"""The text that is compared, of a version and of a document; all offsets are into it. Pure."""

from collections.abc import Iterable, Mapping

from studyhub.library.models import DocumentPart
from studyhub.rounds.models import Question


def of_version(parts: Iterable[Mapping[str, str]]) -> str:
    """What the author wrote, part after part; the questions are not the author's."""
    return "\n\n".join(part["text"] for part in parts)


def of_document(parts: Iterable[DocumentPart]) -> str:
    """A document as it reads: numbers, titles, paragraphs."""
    return "\n".join(
        line
        for part in parts
        for line in (f"{part.number} {part.title}".strip(), *part.paragraphs)
        if line
    )


def of_template(questions: Iterable[Question]) -> str:
    """What everybody got: the questions of the round and their hints."""
    return "\n".join(line for q in questions for line in (q.title, q.hint) if line)
