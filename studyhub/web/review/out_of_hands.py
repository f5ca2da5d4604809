"""Words for an essay that is no longer one's to judge: the post was handed over meanwhile.

To a stranger the essay does not exist (404), and nothing here says otherwise; but whoever
typed for a while gets every word back, to be copied.
"""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from studyhub.kernel.errors import Forbidden, Missing, StudyHubError
from studyhub.web.errors import STATUS, answer, wants_json
from studyhub.web.language import say
from studyhub.web.review.forms import DeskForm
from studyhub.web.review.views import review


@review.errorhandler(Missing)
@review.errorhandler(Forbidden)
def give_back(error: StudyHubError) -> ResponseReturnValue:
    """The answer as everywhere, and with it what was typed."""
    status = STATUS[type(error)]
    words = _words() if request.method == "POST" else []
    if wants_json() or not words:
        return answer(say(error), status)
    return render_template("review/out_of_hands.html", words=words), status


def _words() -> list[str]:
    form = DeskForm(request.form)
    typed = [*form.new.values(), *form.changed.values(), form.remark.data or ""]
    return [text for text in typed if text.strip()]
