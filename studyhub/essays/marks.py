"""What an essay means for the figures of its round: one telling, for deeds and for recounts."""

from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.text import has_words


def marks_of(essay: Essay) -> dict[str, bool | EssayMark]:
    """The marks `essay` and `late`; an essay without a word in it counts as not begun."""
    if essay.state is not State.DRAFT:
        late = bool(essay.latest and essay.latest.is_late)
        return {"essay": EssayMark(essay.state.value), "late": late}
    begun = has_words(essay.draft)
    return {"essay": EssayMark.DRAFT if begun else EssayMark.NONE, "late": False}
