"""The tree, the cells, the members."""

from studyhub.web.org import (
    belonging,
    exemptions,
    law,
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
    "law",
    "members",
    "org",
    "particulars",
    "passwords",
    "posts",
    "tree",
    "units",
]
