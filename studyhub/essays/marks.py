"""What an essay means for the figures of its round: one telling, for deeds and for recounts."""

from studyhub.completion.rules import EssayMark
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.essays.text import has_words
from studyhub.rounds.grading import Grade


def marks_of(essay: Essay) -> dict[str, bool | EssayMark | Grade | None]:
    """The marks `essay`, `late` and `grade`; without a word in it, it counts as not begun.

    The band stands with the decision, which knows it better: here nobody has one.
    """
    if essay.state is not State.DRAFT:
        late = bool(essay.latest and essay.latest.is_late)
        return {"essay": EssayMark(essay.state.value), "late": late, "grade": None}
    begun = has_words(essay.draft)
    return {"essay": EssayMark.DRAFT if begun else EssayMark.NONE, "late": False, "grade": None}
