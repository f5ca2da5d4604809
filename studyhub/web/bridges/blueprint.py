"""Bridge points stand under one address, which the service worker looks after."""

from flask import Blueprint

bridges = Blueprint("bridges", __name__, url_prefix="/bridges")
