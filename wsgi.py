"""What the web server loads."""

from studyhub.app import create_app
from studyhub.settings import installed
from studyhub.web import logs

logs.to_stdout()
app = create_app(installed())
