"""Who is how far: the cell, the tree, the year."""

from studyhub.web.completion import matrix, views
from studyhub.web.completion.blueprint import completion

__all__ = ["completion", "matrix", "views"]
