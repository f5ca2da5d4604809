"""The blueprint of the room."""

from flask import Blueprint

inquiries = Blueprint("inquiries", __name__)
