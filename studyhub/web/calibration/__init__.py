"""Judging alike: setting it up, judging, comparing."""

from studyhub.web.calibration import judging, listing, setting_up, texts
from studyhub.web.calibration.blueprint import calibration

__all__ = ["calibration", "judging", "listing", "setting_up", "texts"]
