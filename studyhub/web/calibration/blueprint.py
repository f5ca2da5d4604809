"""The blueprint of the room."""

from flask import Blueprint

calibration = Blueprint("calibration", __name__, url_prefix="/calibrations")
