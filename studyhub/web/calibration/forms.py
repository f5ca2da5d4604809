"""What is typed in a calibration: the parts of a text, a judgement, the note of the discussion."""

from werkzeug.datastructures import MultiDict
from wtforms import Form, TextAreaField

from studyhub.kernel.words import N_
from studyhub.web.decision_fields import DecisionFields

PART = "text-"
"""The name of the text of a part is this and its place, from 0."""


class TextForm(Form):
    """The text under each question of the round."""

    def __init__(self, titles: list[str], typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        self.titles = titles
        self.texts = [(typed or MultiDict()).get(f"{PART}{at}", "") for at in range(len(titles))]

    @property
    def parts(self) -> list[dict[str, str]]:
        """Titles with what was typed under them."""
        pairs = zip(self.titles, self.texts, strict=True)
        return [{"title": title, "text": text} for title, text in pairs]


class JudgeForm(DecisionFields):
    """One judgement, by the rule of the round."""

    def __init__(self, typed: MultiDict[str, str] | None = None) -> None:
        super().__init__(typed)
        self.take_decision(typed or MultiDict())


class NoteForm(Form):
    """What was said about the differences."""

    note = TextAreaField(N_("Note of the discussion"), render_kw={"rows": 6})
