"""The tree, the cells, the members."""

from studyhub.web.org import (
    approving,
    approving_transfer,
    belonging,
    cards,
    exemptions,
    handing_over,
    inviting,
    law,
    members,
    particulars,
    passwords,
    petitions,
    posts,
    stays,
    transfers,
    tree,
    units,
)
from studyhub.web.org.blueprint import org

__all__ = [
    "approving",
    "approving_transfer",
    "belonging",
    "cards",
    "exemptions",
    "handing_over",
    "inviting",
    "law",
    "members",
    "org",
    "particulars",
    "passwords",
    "petitions",
    "posts",
    "stays",
    "transfers",
    "tree",
    "units",
]
