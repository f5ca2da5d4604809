"""StudyHub for the walks: its clock stands at the moment of the test world."""

import os

from studyhub.app import create_app
from studyhub.kernel.clock import StoppedClock
from studyhub.settings import Settings
from tests.world import NOW

app = create_app(
    Settings(
        secret_key="walks",  # the same in every worker
        database_url=os.environ["STUDYHUB_WALKS_DATABASE"],
        secure_cookies=False,
        development=True,
    ),
    clock=StoppedClock(NOW),
    instance_path=os.environ["STUDYHUB_WALKS_FOLDER"],
)
