"""What the web server loads."""

import os

from studyhub import background
from studyhub.app import create_app
from studyhub.settings import INSTANCE, installed
from studyhub.web import logs

settings = installed()
logs.begin(INSTANCE / settings.log_file if settings.log_file else None)
app = create_app(settings)
if settings.jobs_in_web and "FLASK_RUN_FROM_CLI" not in os.environ:  # a command, not the server
    background.begin(app)
