"""The review desk."""

from studyhub.web.review import desk
from studyhub.web.review.views import review

__all__ = ["desk", "review"]
