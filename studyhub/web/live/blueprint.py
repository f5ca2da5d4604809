"""The pages of what a session is followed by."""

from flask import Blueprint

live = Blueprint("live", __name__)
