"""The tree, the cells, the members."""

from studyhub.web.org import (
    belonging,
    exemptions,
    members,
    particulars,
    passwords,
    posts,
    tree,
    units,
)
from studyhub.web.org.blueprint import org

__all__ = [
    "belonging",
    "exemptions",
    "members",
    "org",
    "particulars",
    "passwords",
    "posts",
    "tree",
    "units",
]
