"""The review desk."""

from studyhub.web.review import desk, out_of_hands
from studyhub.web.review.views import review

__all__ = ["desk", "out_of_hands", "review"]
