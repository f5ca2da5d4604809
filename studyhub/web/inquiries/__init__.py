"""Questions to the reporters: asking, the desk that answers them, and the round's document."""

from studyhub.web.inquiries import answering, asking, document
from studyhub.web.inquiries.blueprint import inquiries

__all__ = ["answering", "asking", "document", "inquiries"]
