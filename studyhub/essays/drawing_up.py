"""A version as texts and pages would become it: to be looked at, or to be handed in."""

from collections.abc import Mapping, Sequence

from studyhub.essays.models import Essay, Version
from studyhub.essays.text import content_hash, length


def drawn_up(
    essay: Essay,
    texts: Mapping[str, str],
    pages: Sequence[Mapping[str, str]],
    *,
    revision: int,
) -> Version:
    """The next version of the essay, nothing stated about it yet."""
    parts = [
        {"title": question.title, "text": texts.get(str(question.id), "")}
        for question in essay.round.questions
    ]
    return Version(
        number=len(essay.versions) + 1,
        revision=revision,
        parts=parts,
        syllables=length(parts),
        content_hash=content_hash(parts, pages),
        pages=[dict(page) for page in pages],
        is_late=False,
        by_rule=False,
        own_work=False,
    )
