"""The paragraphs of a text, counted from 0: how a comment finds its place. Pure.

Every line with something on it is a paragraph: that is how people type in a
plain text field. A handed-in version never changes, so neither do the counts.
"""


def paragraphs(text: str) -> list[str]:
    """The lines that have words on them, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]
