"""Essays that come from elsewhere."""

from studyhub.web.papers import (
    checking,
    handed_in,
    originals,
    pages,
    paper_essays,
    photos,
    piles,
    uploading,
)
from studyhub.web.papers.blueprint import papers

__all__ = [
    "checking",
    "handed_in",
    "originals",
    "pages",
    "paper_essays",
    "papers",
    "photos",
    "piles",
    "uploading",
]
