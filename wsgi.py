"""What the web server loads."""

from studyhub.app import create_app
from studyhub.settings import INSTANCE, installed
from studyhub.web import logs

settings = installed()
logs.begin(INSTANCE / settings.log_file if settings.log_file else None)
app = create_app(settings)
