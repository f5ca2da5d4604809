"""The tree, the cells, the members."""

from studyhub.web.org import (
    belonging,
    cards,
    exemptions,
    law,
    members,
    particulars,
    passwords,
    posts,
    transfers,
    tree,
    units,
)
from studyhub.web.org.blueprint import org

__all__ = [
    "belonging",
    "cards",
    "exemptions",
    "law",
    "members",
    "org",
    "particulars",
    "passwords",
    "posts",
    "transfers",
    "tree",
    "units",
]
