"""How documents are named: «Nghị quyết số 52-NQ/TW về …»."""

from studyhub.kernel.words import N_
from studyhub.library.front_matter import DocumentType
from studyhub.library.models import Document
from studyhub.web.language import gettext

TYPES = {
    DocumentType.RESOLUTION: N_("Resolution"),
    DocumentType.DIRECTIVE: N_("Directive"),
    DocumentType.CONCLUSION: N_("Conclusion"),
    DocumentType.REGULATION: N_("Regulation"),
    DocumentType.GUIDANCE: N_("Guidance"),
    DocumentType.PLAN: N_("Plan"),
    DocumentType.LETTER: N_("Official letter"),
    DocumentType.NOTICE: N_("Notice"),
    DocumentType.REPORT: N_("Report"),
    DocumentType.ACTION_PROGRAMME: N_("Action programme"),
    DocumentType.OTHER: N_("Document"),
}

_GOES_ON = ("Về ", "Ban hành ", "Sửa đổi", "Phê duyệt ", "Hướng dẫn ", "Quy định ", "Thực hiện ")
"""How subjects begin that continue the name as one sentence, without their capital."""


def document_type(type_: DocumentType) -> str:
    """«Nghị quyết»."""
    return gettext(TYPES[type_])


def document_name(document: Document) -> str:
    """«Nghị quyết số 52-NQ/TW»; without a number, by its day; without either, its type."""
    type_ = document_type(document.type)
    if document.number:
        return gettext(N_("%(type)s No. %(number)s"), type=type_, number=document.number)
    if document.issued_on:
        return gettext(N_("%(type)s of %(day)s"), type=type_, day=f"{document.issued_on:%d/%m/%Y}")
    return type_


def document_title(document: Document) -> str:
    """«Nghị quyết số 52-NQ/TW về chuyển đổi số»."""
    return _about(document_name(document), document.subject)


def document_full_name(document: Document) -> str:
    """«Nghị quyết số 52-NQ/TW, ngày 27/09/2019 của Bộ Chính trị về chuyển đổi số»."""
    name = document_name(document)
    if document.number and document.issued_on:
        name = gettext(N_("%(name)s, %(day)s"), name=name, day=f"{document.issued_on:%d/%m/%Y}")
    if document.issuer:
        name = gettext(N_("%(name)s of %(issuer)s"), name=name, issuer=document.issuer)
    return _about(name, document.subject)


def _about(name: str, subject: str) -> str:
    if not subject:
        return name
    if subject.startswith(_GOES_ON):
        subject = subject[0].lower() + subject[1:]
    return f"{name} {subject}" if subject[0].islower() else f"{name}: {subject}"
