"""The deeds of the org room, under one name."""

from studyhub.org.exemptions import end_exemption, exempt
from studyhub.org.leaving import leave
from studyhub.org.memberships import admit, end_membership, recognise_official, take_back_end
from studyhub.org.newcomers import Newcomer, Particulars, add_member
from studyhub.org.posts import appoint, lay_down, succeed
from studyhub.org.transfers import take_back_transfer, transfer
from studyhub.org.units import change_unit, found_unit

__all__ = [
    "Newcomer",
    "Particulars",
    "add_member",
    "admit",
    "appoint",
    "change_unit",
    "end_exemption",
    "end_membership",
    "exempt",
    "found_unit",
    "lay_down",
    "leave",
    "recognise_official",
    "succeed",
    "take_back_end",
    "take_back_transfer",
    "transfer",
]
