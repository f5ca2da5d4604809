"""The blueprint of the room."""

from flask import Blueprint

booklet = Blueprint("booklet", __name__, url_prefix="/good-essays")
