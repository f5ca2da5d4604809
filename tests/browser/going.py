"""StudyHub for the live walk: its clock is the machine's, as that of the media server is."""

import os

from studyhub.app import create_app
from studyhub.settings import Settings

app = create_app(
    Settings(
        secret_key="walks",  # the same in every worker
        database_url=os.environ["STUDYHUB_WALKS_DATABASE"],
        secure_cookies=False,
        development=True,
        live_publish_url=os.environ["STUDYHUB_WALKS_PUBLISH"],
        live_secret=os.environ["STUDYHUB_WALKS_SECRET"],
        live_recordings=os.environ["STUDYHUB_WALKS_RECORDINGS"],
    ),
    instance_path=os.environ["STUDYHUB_WALKS_FOLDER"],
)
