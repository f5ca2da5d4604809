"""What the measured server loads: StudyHub on an instance folder of its own."""

import os
from pathlib import Path

from studyhub.app import create_app
from studyhub.settings import installed
from studyhub.web import logs

_folder = Path(os.environ["STUDYHUB_BENCH_FOLDER"])

logs.to_stdout()
app = create_app(installed(_folder), instance_path=str(_folder))
