"""What the measured server loads: StudyHub on an instance folder of its own."""

import os
from pathlib import Path

from studyhub import background
from studyhub.app import create_app
from studyhub.settings import installed
from studyhub.web import logs

_folder = Path(os.environ["STUDYHUB_BENCH_FOLDER"])

settings = installed(_folder)
logs.begin(_folder / settings.log_file if settings.log_file else None)
app = create_app(settings, instance_path=str(_folder))
if os.environ.get("BENCH_JOBS"):
    background.begin(app)  # only where the background work is what is measured
