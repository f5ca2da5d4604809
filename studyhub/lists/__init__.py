"""Lists of attendance from outside: a paper list typed, or what Zoom says of who was there."""
