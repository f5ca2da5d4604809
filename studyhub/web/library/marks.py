"""Found words are marked in the text."""

from markupsafe import Markup, escape

from studyhub.library import finding


def marked(text: str, words: str) -> Markup:
    """The text, escaped, with every place where `words` stand in a <mark>."""
    if not words:
        return escape(text)
    pieces, at = [], 0
    for start, end in finding.spans(text, words):
        pieces += [escape(text[at:start]), Markup("<mark>%s</mark>") % text[start:end]]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])
