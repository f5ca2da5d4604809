"""The deeds of the org room, under one name."""

from studyhub.org.exemptions import end_exemption, exempt
from studyhub.org.handing_over import hand_over
from studyhub.org.leaving import leave
from studyhub.org.memberships import admit, end_membership, recognise_official, take_back_end
from studyhub.org.newcomers import Arrival, Newcomer, Particulars, add_member
from studyhub.org.posts import appoint, lay_down
from studyhub.org.staying import begin_stay, end_stay, extend_stay, take_back_stay
from studyhub.org.transfers import take_back_transfer, transfer
from studyhub.org.units import change_unit, found_unit

__all__ = [
    "Arrival",
    "Newcomer",
    "Particulars",
    "add_member",
    "admit",
    "appoint",
    "begin_stay",
    "change_unit",
    "end_exemption",
    "end_membership",
    "end_stay",
    "exempt",
    "extend_stay",
    "found_unit",
    "hand_over",
    "lay_down",
    "leave",
    "recognise_official",
    "take_back_end",
    "take_back_stay",
    "take_back_transfer",
    "transfer",
]
