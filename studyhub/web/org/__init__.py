"""The tree, the cells, the members."""

from studyhub.web.org.views import org

__all__ = ["org"]
