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
        public_url=os.environ["STUDYHUB_WALKS_ADDRESS"],
        smtp_host="127.0.0.1",
        smtp_port=int(os.environ["STUDYHUB_WALKS_MAIL"]),
        smtp_security="none",
        mail_from="hoctap@example.vn",
    ),
    clock=StoppedClock(NOW),
    instance_path=os.environ["STUDYHUB_WALKS_FOLDER"],
)
