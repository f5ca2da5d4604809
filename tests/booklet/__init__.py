"""Good essays and their booklet."""
